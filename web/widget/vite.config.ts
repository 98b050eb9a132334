// The widget is one self-contained script, apart from the staff's app: vite build --config web/widget/vite.config.ts
import { fileURLToPath } from "node:url"
import { defineConfig } from "vite"

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here("."),
  publicDir: false,
  build: {
    outDir: here("../../dist/web"),
    emptyOutDir: false,
    target: "es2022",
    lib: { entry: here("./main.ts"), formats: ["iife"], name: "hiloChat", fileName: () => "widget.js" },
  },
})
