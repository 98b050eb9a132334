// Draws the thread. Elements are kept by key, so that a screen reader announces only what is new and nothing jumps.
import { type FetchFile, messageFiles } from "./message-files.ts"
import type { ThreadItem } from "./thread-items.ts"
import { element, locale, t } from "./page-setup.ts"

type Said = Extract<ThreadItem, { is: "said" }>
type Deeds = { retry: (clientId: string) => void; discard: (clientId: string) => void; fetchFile: FetchFile }

const drawn = new Map<string, { node: HTMLElement; as: string }>()
const timeOf = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
const dayOf = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" })
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" })

export function drawThread(items: ThreadItem[], now: Date, deeds: Deeds) {
  const list = element("items")
  const keys = new Set(items.map((item) => item.key))
  for (const [key, { node }] of drawn) {
    if (keys.has(key)) continue
    node.remove()
    drawn.delete(key)
  }
  items.forEach((item, place) => {
    const node = nodeOf(item, now, deeds)
    if (list.children[place] !== node) list.insertBefore(node, list.children[place] ?? null)
  })
}

function nodeOf(item: ThreadItem, now: Date, deeds: Deeds): HTMLElement {
  // That it was seen changes one word, which is not worth that the whole is read out again.
  const shown = item.is === "said" && item.state === "seen" ? { ...item, state: "sent" } : item
  const as = JSON.stringify(shown) + (item.is === "day" ? now.toDateString() : "")
  const old = drawn.get(item.key)
  if (old?.as === as) return markSeen(old.node, item)
  const node = old?.node ?? document.createElement("li")
  node.replaceChildren(...(item.is === "day" ? [text("span", dayName(item.at, now))] : saidParts(item, deeds)))
  node.className = item.is === "day" ? "day" : `said ${item.mine ? "mine" : "theirs"}${item.opens ? " opens" : ""}`
  if (item.is === "said" && item.state) node.dataset["state"] = item.state
  drawn.set(item.key, { node, as })
  return node
}

function markSeen(node: HTMLElement, item: ThreadItem): HTMLElement {
  const word = node.querySelector(".foot > span")
  if (item.is === "said" && item.state && word && word.textContent !== stateWord(item))
    word.textContent = stateWord(item)
  return node
}

function saidParts(item: Said, deeds: Deeds): HTMLElement[] {
  const author = text("span", item.mine ? t("chat.you") : (item.author ?? ""))
  author.className = item.mine ? "unseen" : "author"
  author.dir = "auto"
  const words = item.text === "" ? null : bubble(item)
  const files = messageFiles(item.files, deeds.fetchFile)
  const parts = [item.opens ? author : null, words, ...files, item.at ? foot(item, item.at, deeds) : null]
  return parts.filter((part) => part !== null)
}

function bubble(item: Said): HTMLElement {
  const node = document.createElement("div")
  node.className = "bubble"
  node.dir = "auto"
  if (item.html === null) node.textContent = item.text
  // Made by the server's sanitiser from what staff wrote; a visitor's words never take this way.
  else node.innerHTML = item.html
  for (const link of node.querySelectorAll("a")) link.target = "_blank"
  return node
}

function foot(item: Said, at: Date, deeds: Deeds): HTMLElement {
  const node = document.createElement("div")
  node.className = "foot"
  const time = text("time", timeOf.format(at))
  time.setAttribute("datetime", at.toISOString())
  node.append(time)
  if (item.state) node.append(" · ", text("span", stateWord(item)))
  const { clientId } = item
  if (item.state !== "failed" || !clientId) return node
  const again = button(t("chat.retry"), () => deeds.retry(clientId))
  const away = button(t("chat.discard"), () => deeds.discard(clientId))
  node.append(" ", again, " ", away)
  return node
}

function stateWord(item: Said): string {
  if (item.state === "failed") return item.code === "connection_disabled" ? t("chat.failed") : t("chat.refused")
  return t(`chat.${item.state ?? "sent"}`)
}

function dayName(at: Date, now: Date): string {
  const ago = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000)
  const words = ago === 0 || ago === 1 ? relative.format(-ago, "day") : dayOf.format(at)
  return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1)
}

function button(label: string, deed: () => void): HTMLElement {
  const node = text("button", label)
  node.setAttribute("type", "button")
  node.addEventListener("click", deed)
  return node
}

function text(tag: string, words: string): HTMLElement {
  const node = document.createElement(tag)
  node.textContent = words
  return node
}
