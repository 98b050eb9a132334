// The part of a mail's HTML that its reader knows already carries one attribute, which a style sheet folds. Nothing is cut.
import { DomUtils } from "htmlparser2"
import { foldLines } from "./fold-lines.ts"
import { foldAttribute } from "./quote-marks.ts"
import {
  htmlOfDocument,
  type HtmlLine,
  type HtmlNode,
  isElement,
  isText,
  linesOf,
  parseMailHtml,
} from "./html-lines.ts"

/** `text`: as plain text would have it, with `> ` before what is quoted and `-- ` before a signature. */
export type FoldedHtml = { html: string; text: string; isFolded: boolean }

export function foldHtml(sanitized: string, reply: { isReply: boolean; isForward: boolean }): FoldedHtml {
  const document = parseMailHtml(sanitized)
  const lines = linesOf(document)
  const text = textOf(lines)
  const { signatureFrom } = foldLines(lines, reply)
  const first = lines.slice(signatureFrom).find((line) => line.first !== null)?.first
  if (!first) return { html: htmlOfDocument(document), text, isFolded: false }
  foldFrom(outermostBegunBy(first))
  return { html: htmlOfDocument(document), text, isFolded: true }
}

function textOf(lines: readonly HtmlLine[]): string {
  const signature = lines.findIndex(({ text, isSignature }) => isSignature && text !== "")
  return lines
    .map(({ text, isQuoted }) => (isQuoted ? `> ${text}` : text))
    .toSpliced(signature < 0 ? lines.length : signature, 0, ...(signature < 0 ? [] : ["-- "]))
    .join("\n")
    .trim()
}

/** The outermost element that begins with this node: its border and its margins are folded along with it. */
function outermostBegunBy(node: HtmlNode): HtmlNode {
  let outermost = node
  while (isElement(outermost.parent) && precedingAreBlank(outermost)) outermost = outermost.parent
  return outermost
}

function precedingAreBlank(node: HtmlNode): boolean {
  for (let before = node.prev; before; before = before.prev) if (!isBlank(before)) return false
  return true
}

const isBlank = (node: HtmlNode): boolean =>
  isText(node) ? node.data.trim() === "" : isElement(node) && node.name !== "img" && node.children.every(isBlank)

/** What stands behind the node in the document, at every level above it. */
function foldFrom(node: HtmlNode) {
  for (let at: HtmlNode = node; ; at = at.parent) {
    const behind: HtmlNode[] = at === node ? [at] : []
    for (let next = at.next; next; next = next.next) behind.push(next)
    for (const one of behind) fold(one)
    if (!isElement(at.parent)) return
  }
}

function fold(node: HtmlNode) {
  if (isElement(node)) node.attribs[foldAttribute] = ""
  else if (isText(node) && node.data.trim() !== "") wrap(node)
}

function wrap(node: HtmlNode) {
  const [span] = parseMailHtml(`<span ${foldAttribute}></span>`).children
  DomUtils.replaceElement(node, span!)
  DomUtils.appendChild(span as never, node)
}
