import { existsSync } from "node:fs"
import { resolve } from "node:path"
import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"

const root = resolve(import.meta.dirname, "web")
const chat = resolve(root, "chat/index.html")
const server = process.env["HILO_DEV_SERVER"] ?? "http://127.0.0.1:4000"

export default defineConfig({
  root,
  plugins: [react(), tailwindcss()],
  build: {
    outDir: resolve(import.meta.dirname, "dist/web"),
    emptyOutDir: true,
    // The content policy forbids data: fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { app: resolve(root, "index.html"), ...(existsSync(chat) && { chat }) },
    },
  },
  server: {
    port: 5173,
    proxy: {
      "/api": server,
      "/chat": server,
      "/socket": { target: server, ws: true },
    },
  },
})
