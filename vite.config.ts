import { resolve } from "node:path"
import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"

const root = resolve(import.meta.dirname, "web")
const server = process.env["HILO_DEV_SERVER"] ?? "http://127.0.0.1:4000"
// What no first page needs, though several later screens share it: it comes with the first of them.
const ofFewScreens = new RegExp(
  `/web/(${[
    "ui/(filter-group|section-tabs|back-link|more-button|rows/(link|paged)-rows)",
    "settings/(settings-page-layout|desk-settings|calendars/calendar-queries)",
    "inbox/bulk/(bulk-result-dialog|bulk-assignees)",
    "notifications/(alert-sound|desktop-notification-\\w+|load-\\S+)",
    "session/(revoke-keys-prompt|new-password-field)",
    "shell/single-keys-switch",
    "lib/(use-form-draft|formats/(instant-in-zone-text|country-names\\S+))",
    "files/sound/\\S+",
    "contacts/addresses/phone-preview",
  ].join("|")})\\.tsx?$`,
)
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
