// Pages that strangers open: each carries what it needs itself, and no chunk is shared with the app of those who signed in.
import { fileURLToPath } from "node:url"
import tailwindcss from "@tailwindcss/vite"
import { defineConfig } from "vite"

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here("."),
  publicDir: false,
  plugins: [tailwindcss()],
  build: {
    outDir: here("../dist/web"),
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        chat: here("./chat/index.html"),
        "sign-in": here("./customer-portal/sign-in/sign-in.html"),
        survey: here("./surveys/page/survey.html"),
        track: here("./tracking/track.html"),
      },
    },
  },
})
