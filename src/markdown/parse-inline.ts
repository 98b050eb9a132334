// What stands in a line: marks, code, links, addresses. One scan from left to right; whatever is never closed is text.
import { type FoundLink, linksIn } from "./find-links.ts"

export type Inline =
  | { type: "text" | "code"; text: string }
  | { type: "bold" | "italic" | "struck"; inner: Inline[] }
  | { type: "link"; href: string; inner: Inline[] }
  | { type: "url"; href: string; text: string }
  | { type: "picture"; fileId: string; alt: string; source: string }

type Kind = "bold" | "italic" | "struck"

/** How a channel marks text. `single`: *bold*, _italic_, ~struck~, `code`, each within one line. `none`: not at all. */
export type ChannelMarks = "single" | "none"

/** `staff`: the marks that staff write. With none, only addresses are found. */
type Marks = "staff" | ChannelMarks

const signs: Record<Marks, Record<string, Kind>> = {
  staff: { "**": "bold", _: "italic", "~~": "struck" },
  single: { "*": "bold", _: "italic", "~": "struck" },
  none: {},
}

/** A sign with this behind it is no mark. It is not seen, and never leaves. */
export const literal = "\u2060"

export function parseInline(text: string, marks: Marks): Inline[] {
  if (marks !== "single") return scan(text, marks)
  return text.split("\n").flatMap((line, i) => [...(i > 0 ? [textOf("\n")] : []), ...scan(line, marks)])
}

/** The words alone. */
export const wordsOf = (nodes: readonly Inline[]): string =>
  nodes.map((node) => ("inner" in node ? wordsOf(node.inner) : node.type === "picture" ? node.alt : node.text)).join("")

/** What was opened and is not closed yet: at most one of each kind, so there are never more than four. */
type Frame = { kind: Kind | "link" | null; sign: string; nodes: Inline[] }
type Scan = { text: string; marks: Marks; links: FoundLink[]; nextCode: CodeEnds; frames: Frame[] }

// Most lines hold neither marks nor addresses.
const worthScanning = /[*_~`[]|:\/\/|www\./i
const special = /\*+|_+|~+|`+|!?\[|\]\(/g

function scan(text: string, marks: Marks): Inline[] {
  if (!worthScanning.test(text)) return text === "" ? [] : [textOf(text)]
  const links = linksIn(text).toReversed()
  const state: Scan = { text, marks, links, nextCode: codeEnds(text), frames: [{ kind: null, sign: "", nodes: [] }] }
  const isMarked = marks !== "none"
  let found = isMarked ? signFrom(text, 0) : null
  let at = 0
  while (at < text.length) {
    if (found && found.index < at) found = signFrom(text, at)
    while ((links.at(-1)?.start ?? at) < at) links.pop()
    const link = links.at(-1)
    const next = Math.min(found?.index ?? text.length, link?.start ?? text.length)
    add(state, textOf(text.slice(at, next)))
    if (next === text.length) break
    at = link?.start === next ? takeUrl(state, link) : takeSign(state, found![0], next)
  }
  while (state.frames.length > 1) dissolve(state, state.frames.length - 1)
  return state.frames[0]!.nodes
}

function signFrom(text: string, at: number) {
  special.lastIndex = at
  return special.exec(text)
}

const textOf = (text: string): Inline => ({ type: "text", text })

function add({ frames }: Pick<Scan, "frames">, ...nodes: Inline[]) {
  append(frames.at(-1)!.nodes, nodes)
}

function append(to: Inline[], nodes: readonly Inline[]) {
  for (const node of nodes) {
    const last = to.at(-1)
    if (node.type === "text" && node.text === "") continue
    if (node.type === "text" && last?.type === "text") to[to.length - 1] = textOf(last.text + node.text)
    else to.push(node)
  }
}

/** What was opened there was none: its sign is text. */
function dissolve({ frames }: Scan, nth: number) {
  const [frame] = frames.splice(nth, 1)
  append(frames[nth - 1]!.nodes, [textOf(frame!.sign), ...frame!.nodes])
}

function takeUrl(state: Scan, { start, end, href }: FoundLink): number {
  add(state, { type: "url", href, text: state.text.slice(start, end) })
  return end
}

/** Returns where the scan goes on. */
function takeSign(state: Scan, sign: string, at: number): number {
  const end = at + sign.length
  if (sign.startsWith("`")) return takeCode(state, sign, at)
  if (state.marks === "staff" && sign.endsWith("[")) return openLink(state, sign, end)
  if (state.marks === "staff" && sign === "](") return closeLink(state, end)
  const kind = signs[state.marks][sign]
  if (kind === undefined || state.text[end] === literal) add(state, textOf(sign))
  else takeMark(state, kind, sign, at)
  return end
}

function takeMark(state: Scan, kind: Kind, sign: string, at: number) {
  const { text, frames } = state
  const [before, after] = [charBefore(text, at), charAt(text, at + sign.length)]
  const open = frames.findIndex((frame) => frame.kind === kind)
  if (open >= 0 && closes(before, after)) {
    while (frames.length > open + 1) dissolve(state, frames.length - 1)
    const { nodes } = frames.pop()!
    add(state, { type: kind, inner: nodes })
  } else if (open < 0 && opens(before, after)) frames.push({ kind, sign, nodes: [] })
  else add(state, textOf(sign))
}

// A mark touches what it marks, and no letter or digit stands on its other side: 2*3*4 is a sum, ¯\_(ツ)_/¯ a shrug.
const inWord = /[\p{L}\p{N}\p{M}\\]/u
const opens = (before: string, after: string) => !inWord.test(before) && after.trim() !== ""
const closes = (before: string, after: string) => !inWord.test(after) && before.trim() !== ""
const charAt = (text: string, at: number) => (at < text.length ? String.fromCodePoint(text.codePointAt(at)!) : "")
const charBefore = (text: string, at: number) =>
  /[\uDC00-\uDFFF]/.test(text[at - 1] ?? "") ? text.slice(Math.max(0, at - 2), at) : (text[at - 1] ?? "")

function takeCode(state: Scan, sign: string, at: number): number {
  const { text } = state
  const start = at + sign.length
  const end = inWord.test(charBefore(text, at)) || text[start] === literal ? null : state.nextCode(sign.length, start)
  if (end === null || text.slice(start, end).trim() === "") {
    add(state, textOf(sign))
    return start
  }
  add(state, { type: "code", text: text.slice(start, end) })
  return end + sign.length
}

type CodeEnds = (length: number, from: number) => number | null

/** Where code that begins behind a sign of one or three backticks ends. Asked from left to right. */
function codeEnds(text: string): CodeEnds {
  const ends: Record<number, number[]> = { 1: [], 3: [] }
  for (const { 0: sign, index } of text.matchAll(/`+/g)) {
    const after = index + sign.length
    if (text[after] !== literal && !inWord.test(charAt(text, after))) ends[sign.length]?.push(index)
  }
  for (const all of Object.values(ends)) all.reverse()
  return (length, from) => {
    const all = ends[length] ?? []
    while ((all.at(-1) ?? from) < from) all.pop()
    return all.at(-1) ?? null
  }
}

function openLink(state: Scan, sign: string, end: number): number {
  const before = state.frames.findIndex(({ kind }) => kind === "link")
  if (before >= 0) dissolve(state, before)
  state.frames.push({ kind: "link", sign, nodes: [] })
  return end
}

const ownFile = /^\/api\/v1\/attachments\/(att_\w{1,60})$/
const target = /(?:https?:\/\/[^\s<>"()]|mailto:[^\s<>"()]|\/api\/v1\/attachments\/att_\w)/iy
const longestHref = 2_000

function closeLink(state: Scan, start: number): number {
  const { text, frames } = state
  const open = frames.findIndex(({ kind }) => kind === "link")
  const href = open < 0 ? null : hrefAt(text, start)
  const file = ownFile.exec(href ?? "")?.[1]
  const isPicture = file !== undefined && frames[open]?.sign === "!["
  if (href === null || (file !== undefined && !isPicture)) return notALink(state, start)
  while (frames.length > open + 1) dissolve(state, frames.length - 1)
  const words = wordsOf(frames[open]!.nodes)
  if (!isPicture && words.trim() === "") return notALink(state, start)
  const { nodes, sign } = frames.pop()!
  if (isPicture) add(state, { type: "picture", fileId: file, alt: words, source: `![${words}](${href})` })
  else add(state, textOf(sign.slice(0, -1)), { type: "link", href, inner: withoutLinks(nodes) })
  return start + href.length + 1
}

function notALink(state: Scan, start: number): number {
  add(state, textOf("]("))
  return start
}

const piece = /[^\s<>"()\u2060]{0,2000}/y

/** The address before the closing bracket; its own brackets come in pairs. */
function hrefAt(text: string, start: number): string | null {
  target.lastIndex = start
  if (!target.test(text)) return null
  let depth = 0
  for (let at = start; at < start + longestHref; at++) {
    piece.lastIndex = at
    at += piece.exec(text)![0].length
    if (text[at] === ")" && depth-- === 0) return text.slice(start, at)
    if (text[at] === "(") depth++
    else if (text[at] !== ")") return null
  }
  return null
}

function withoutLinks(nodes: Inline[]): Inline[] {
  return nodes.map((node) => {
    if (node.type === "url") return textOf(node.text)
    return "inner" in node ? { ...node, inner: withoutLinks(node.inner) } : node
  })
}
