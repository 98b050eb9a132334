// The fixed parts of the page: its elements, its language and its colour.
import { chat as en } from "../../src/texts/en/public-pages/chat.ts"
import { chat as es } from "../../src/texts/es/public-pages/chat.ts"
import { languageOrDefault, locales } from "../../src/texts/languages-and-text-ids.ts"
import { contrastColour } from "../widget/contrast-colour.ts"

const asked = new URLSearchParams(location.search)
export const language = languageOrDefault(asked.get("lang") ?? navigator.language)
const texts = language === "en" ? en : es

/** /chat/{connectionId} */
export const connectionId = decodeURIComponent(location.pathname.split("/")[2] ?? "")
export const isEmbedded = asked.has("embed") && parent !== window
/** The settings show the page as it would be, before they are saved. */
export const isPreview = asked.has("preview") && parent !== window
export const locale = locales[language]

export type ChatText = keyof typeof en
export const t = (id: ChatText) => texts[id]

export function element<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no #${id}`)
  return found as T
}

export function setUpPage() {
  document.documentElement.lang = locale
  applyColour(null)
  applyTheme(asked.get("theme"))
  element("log").setAttribute("aria-label", t("chat.log"))
  element("composer").setAttribute("aria-label", t("chat.placeholder"))
  element("newer").textContent = t("chat.newer")
  element("name-label").textContent = t("chat.name")
  element("email-label").textContent = t("chat.email")
  element("who").querySelector("summary")!.textContent = t("chat.who")
  element("text").setAttribute("aria-label", t("chat.message"))
  element("text").setAttribute("placeholder", t("chat.placeholder"))
  label(element("send"), t("chat.send"))
  label(element("attach"), t("chat.attach"))
  element("file").setAttribute("aria-label", t("chat.attach"))
  label(element("camera"), t("chat.camera"))
  element("photo").setAttribute("aria-label", t("chat.camera"))
  element("limits").textContent = t("chat.limits")
  element("attach").title = `${t("chat.attach")}: ${t("chat.limits")}`
  label(element("close"), t("chat.close"))
  element("get-transcript").textContent = t("chat.transcriptGet")
}

function label(button: HTMLElement, text: string) {
  button.setAttribute("aria-label", text)
  button.title = text
}

/** The widget's colour goes before the connection's own. `ink`: of the text on it; null: black or white. */
export function applyColour(colour: string | null, ink: string | null = null) {
  const own = asked.get("color")
  const [shown, on] = own && CSS.supports("color", own) ? [own, asked.get("ink")] : [colour, ink]
  if (!shown || !CSS.supports("color", shown)) return
  const { style } = document.documentElement
  style.setProperty("--brand", shown)
  style.setProperty("--on-brand", on && CSS.supports("color", on) ? on : contrastColour(shown))
  style.setProperty("--soft", `color-mix(in oklab, ${shown} 16%, var(--raised))`)
}

/** The desk's picture in place of the mark. */
export function showLogo(address: string | null) {
  const picture = element<HTMLImageElement>("logo")
  picture.hidden = address === null
  document.querySelector<HTMLElement>(".mark")!.hidden = address !== null
  if (address !== null && picture.getAttribute("src") !== address) picture.src = address
}

/** The page around a widget may be light or dark whatever the system says: then our dark rules hold always, or never. */
function applyTheme(theme: string | null) {
  if (theme !== "light" && theme !== "dark") return
  document.documentElement.style.colorScheme = theme
  for (const sheet of document.styleSheets)
    for (const rule of sheet.cssRules)
      if (rule instanceof CSSMediaRule && rule.media.mediaText.includes("prefers-color-scheme"))
        rule.media.mediaText = theme === "dark" ? "all" : "not all"
}
