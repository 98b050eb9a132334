// The chat on somebody else's page: one button and one frame, in a shadow of their own. Promises that page: nothing is
// written to its storage but one mark, no style of its own is touched, and no style or policy of its reaches in here.
//   <script async src="https://desk.example/chat/con_…/widget.js" data-lang="es" data-color="#0a6"
//     data-position="left" data-theme="auto"></script>
// What the tag does not say the settings of the chat do.
import type { WidgetLook } from "../../src/channels/webchat/look/api-contract.ts"
import { languageOrDefault } from "../../src/texts/languages-and-text-ids.ts"
import { widget as en } from "../../src/texts/en/public-pages/widget.ts"
import { widget as es } from "../../src/texts/es/public-pages/widget.ts"
import { startChatPanel } from "./chat-panel.ts"

/** The server puts it around this script. */
declare const hiloLook: WidgetLook

const script = document.currentScript
const tag = "hilo-chat"

// A page that replaces its body may run this again: one widget outlives them all.
const mark = Symbol.for("hilo.chat")
const isHere = mark in window || document.querySelector(tag) !== null

if (script instanceof HTMLScriptElement && !isHere && isAllowed(hiloLook.sites)) {
  Object.defineProperty(window, mark, { value: true })
  const { lang, color = hiloLook.color, position = hiloLook.position, theme } = script.dataset
  const language = languageOrDefault(lang ?? (document.documentElement.lang || navigator.language))
  const page = new URL(".", script.src)
  const colour = color && CSS.supports("color", color) ? color : null
  const ink = colour === hiloLook.color ? hiloLook.textColor : null
  page.pathname = page.pathname.replace(/\/$/, "")
  const place = () => {
    const wishes = {
      embed: "1",
      lang: language,
      theme: theme ?? pageTheme(),
      ...(colour && { color: colour }),
      ...(ink && { ink }),
    }
    page.search = String(new URLSearchParams(wishes))
    startChatPanel({ tag, page, colour, ink, onLeft: position === "left", texts: language === "en" ? en : es })
  }
  if (document.body) place()
  else addEventListener("DOMContentLoaded", place)
}

/** Elsewhere browsers refuse to show the page in the frame: then there is no button either. */
function isAllowed(sites: string[]): boolean {
  const { origin, protocol, host } = location
  const isHere = (site: string) =>
    site === origin || (site.startsWith(`${protocol}//*.`) && host.endsWith(site.slice(protocol.length + 3)))
  return sites.length === 0 || sites.some(isHere)
}

/** What the page wears now, by its own declaration: a dark chat on a page that is always light would look broken. */
function pageTheme(): "light" | "dark" {
  const probe = document.createElement("i")
  probe.style.setProperty("all", "initial", "important")
  probe.style.setProperty("color", "CanvasText", "important")
  document.body.append(probe)
  const isDark = getComputedStyle(probe).color === "rgb(255, 255, 255)"
  probe.remove()
  return isDark ? "dark" : "light"
}
