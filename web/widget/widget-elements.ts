// Draws the widget, element by element: a page with Trusted Types refuses markup in strings.
import { contrastColour } from "./contrast-colour.ts"
import { widgetStylesheet } from "./stylesheet.ts"

export type WidgetLook = {
  tag: string
  page: URL
  colour: string | null
  /** Of what stands on the colour; else black or white. */
  ink: string | null
  onLeft: boolean
  texts: { open: string; close: string; chat: string; unread: string }
}

const speech = "M5 5h14a1 1 0 011 1v9a1 1 0 01-1 1h-8l-4 4v-4H5a1 1 0 01-1-1V6a1 1 0 011-1z"
const cross = "M6 6l12 12M18 6L6 18"

export function createWidgetElements({ tag, page, colour, ink, onLeft, texts }: WidgetLook) {
  // Turbo leaves alone what says so, when it makes one page out of another.
  const host = make(tag, { id: tag, "data-turbo-permanent": "" })
  const root = host.attachShadow({ mode: "open" })
  const badge = make("span", { class: "badge", hidden: "" })
  const launch = make("button", { type: "button", class: "launch", "aria-expanded": "false", "aria-controls": "panel" })
  const close = make("button", { type: "button", class: "close", "aria-label": texts.close })
  const panel = make("div", { id: "panel", role: "dialog", "aria-label": texts.chat, hidden: "" })
  const frame = make("iframe", { title: texts.chat, allow: "clipboard-write" }) as HTMLIFrameElement
  launch.append(icon(speech), badge)
  close.append(icon(cross))
  panel.append(frame, close)
  root.adoptedStyleSheets = [widgetStylesheet()]
  root.append(panel, launch)
  if (onLeft) host.classList.add("left")
  shield(host, page.searchParams.get("theme"))
  if (colour) {
    host.style.setProperty("--hilo-colour", colour)
    host.style.setProperty("--hilo-ink", ink ?? contrastColour(colour))
  }
  return { host, root, panel, launch, close, badge, frame }
}

// Inline and important, and through the object model: neither a page's rules nor its style policy can undo it.
function shield(host: HTMLElement, theme: string | null) {
  const scheme = theme === "light" || theme === "dark" ? theme : "light dark"
  const rules = { all: "initial", display: "block", position: "fixed", "z-index": "2147483000", "color-scheme": scheme }
  for (const [name, value] of Object.entries(rules)) host.style.setProperty(name, value, "important")
}

function make(tag: string, attributes: Record<string, string>): HTMLElement {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  return node
}

function icon(line: string): SVGElement {
  const space = "http://www.w3.org/2000/svg"
  const svg = document.createElementNS(space, "svg")
  svg.setAttribute("viewBox", "0 0 24 24")
  svg.setAttribute("aria-hidden", "true")
  const path = document.createElementNS(space, "path")
  path.setAttribute("d", line)
  svg.append(path)
  return svg
}
