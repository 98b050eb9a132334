// Sanitised HTML as the lines that its reader sees, each with the node that begins it: what is judged by lines can be folded in the
// HTML.
import { DomUtils, parseDocument } from "htmlparser2"
import { addressBehind } from "#kernel/parsing/html-to-text.ts"
import type { MailLine } from "./fold-lines.ts"
import { hintAttribute } from "./quote-marks.ts"

export type HtmlDocument = ReturnType<typeof parseDocument>
export type HtmlNode = HtmlDocument["children"][number]
/** `first`: the node that begins the line; null of a blank line that only stands between paragraphs. */
export type HtmlLine = MailLine & { first: HtmlNode | null }

type HtmlText = Extract<HtmlNode, { data: string }>
type HtmlElement = Extract<HtmlNode, { attribs: object }>

// Sanitised HTML has elements and texts alone.
export const isText = (node: HtmlNode): node is HtmlText => "data" in node
export const isElement = (node: HtmlNode["parent"] | HtmlNode): node is HtmlElement =>
  node !== null && "attribs" in node

export const parseMailHtml = (sanitized: string): HtmlDocument => parseDocument(sanitized)
export const htmlOfDocument = (document: HtmlDocument): string =>
  DomUtils.getOuterHTML(document.children, { encodeEntities: "utf8" })

const paragraphs = new Set("blockquote dl h1 h2 h3 h4 h5 h6 ol p pre table ul".split(" "))
const blocks = new Set(
  "address article aside caption center dd div dt figcaption figure footer header li main nav section tr".split(" "),
)
const longestHref = 2_000
const drawnRule = "________________________________"

/** The document's depth is bounded by the sanitiser, so that it can be walked by recursion. */
export function linesOf(document: HtmlDocument): HtmlLine[] {
  const writer = createLineWriter()
  for (const node of document.children)
    walk(node, { isQuoted: false, isSignature: false, isPreformatted: false }, writer)
  return writer.lines()
}

type Part = { isQuoted: boolean; isSignature: boolean; isPreformatted: boolean }
type LineWriter = ReturnType<typeof createLineWriter>

function walk(node: HtmlNode, part: Part, writer: LineWriter) {
  if (isText(node)) return writer.add(node.data, node, part)
  if (!isElement(node)) return
  const { name } = node
  if (name === "br") return writer.breakLine(node, part)
  const isParagraph = paragraphs.has(name)
  const isBlock = isParagraph || blocks.has(name) || name === "hr"
  if (isBlock) writer.endLine(isParagraph)
  if (name === "hr") writer.add(drawnRule, node, part)
  if (name === "li") writer.add("- ", node, part)
  if (name === "td" || name === "th") writer.add(" ", node, part)
  const inside = partOf(node.attribs[hintAttribute], name, part)
  const from = writer.mark()
  for (const child of node.children) walk(child, inside, writer)
  if (name === "a") writer.add(behind(node.attribs["href"] ?? "", writer.since(from)), node, part)
  if (isBlock) writer.endLine(isParagraph)
}

function partOf(hint: string | undefined, name: string, part: Part): Part {
  return {
    isQuoted: part.isQuoted || hint === "quote",
    isSignature: part.isSignature || hint === "signature",
    isPreformatted: part.isPreformatted || name === "pre",
  }
}

const behind = (href: string, words: string) => (href.length > longestHref ? "" : addressBehind(href, words))

function createLineWriter() {
  const lines: HtmlLine[] = []
  let pieces: string[] = []
  let first: HtmlNode | null = null
  let linePart: Part | null = null
  let isMarginDue = false

  const endLine = (hasMargin: boolean) => {
    const text = pieces
      .join("")
      .replaceAll(/[ \u00A0]+/g, " ")
      .trim()
    if (first !== null && (text !== "" || linePart?.isPreformatted)) push(text, first, linePart!)
    pieces = []
    first = null
    isMarginDue ||= hasMargin && lines.length > 0
  }
  const push = (text: string, node: HtmlNode, { isQuoted, isSignature }: Part) => {
    const isAfterBlank = lines.at(-1)?.text === ""
    if (isMarginDue && text !== "" && !isAfterBlank) lines.push({ text: "", isQuoted, isSignature, first: null })
    isMarginDue = false
    lines.push({ text, isQuoted, isSignature, first: node })
  }
  const add = (text: string, node: HtmlNode, part: Part) => {
    if (part.isPreformatted && text.includes("\n")) return addLines(text.split("\n"), node, part)
    const words = part.isPreformatted ? text : text.replaceAll(/[\t\n\r ]+/g, " ")
    if (first === null && words.trim() === "") return
    if (first === null) [first, linePart] = [node, part]
    pieces.push(words)
  }
  const addLines = (texts: string[], node: HtmlNode, part: Part) => {
    for (const [at, text] of texts.entries()) {
      if (at > 0) breakLine(node, part)
      if (text !== "") add(text, node, part)
    }
  }
  const breakLine = (node: HtmlNode, part: Part) => {
    if (first === null) push("", node, part)
    else endLine(false)
  }
  return {
    add,
    breakLine,
    endLine,
    mark: () => pieces.length,
    since: (from: number) => pieces.slice(from).join(""),
    lines: () => {
      endLine(false)
      return lines
    },
  }
}
