import { resolve } from "node:path"
import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"

const root = resolve(import.meta.dirname, "web")
const server = process.env["HILO_DEV_SERVER"] ?? "http://127.0.0.1:4000"
// Nobody but the boards of incidents and of agreements needs these, or who opens the bell or their profile: they come in pieces of
// their own.
const ofFewScreens =
  /\/web\/(ui\/(filter-group|link-rows|section-tabs)|notifications\/(alert-sound|desktop-notification-switch|load-\S+))\.tsx?$/
const isCode = (id: string) => !id.includes("/src/texts/") && !ofFewScreens.test(id)

export default defineConfig({
  root,
  plugins: [react(), tailwindcss()],
  build: {
    outDir: resolve(import.meta.dirname, "dist/web"),
    emptyOutDir: true,
    // The content policy forbids data: fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { app: resolve(root, "index.html") },
      output: {
        // What screens share comes in two pieces, not in one per icon: what nearly all need, and the rest. The texts of
        // each language stay apart.
        codeSplitting: {
          groups: [
            { name: "common", test: isCode, minShareCount: 4, priority: 2 },
            { name: "shared", test: isCode, minShareCount: 2, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: {
      "/api": server,
      "/chat": server,
      "/my/enter": server,
      "/s/": server,
      "/track": server,
      "/socket": { target: server, ws: true },
    },
  },
})
