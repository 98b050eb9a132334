import type { Inline } from "./parse-inline.ts"
import { literal } from "./parse-inline.ts"
import type { Block, List } from "./parse-blocks.ts"

/** Nobody presses more of one text; a text of nothing but addresses would keep the sanitiser for 100 ms. */
const mostLinks = 1_000

/** HTML of parsed Markdown, before the sanitiser. Beyond the thousandth, addresses are words. */
export function htmlOf(blocks: readonly Block[]): string {
  let links = 0
  const anchor = (href: string, inner: string) =>
    ++links > mostLinks ? inner : `<a href="${escapeHtml(href)}">${inner}</a>`
  const spans = (nodes: readonly Inline[]): string => nodes.map(span).join("")
  const tagged = (tag: string, inner: string) => `<${tag}>${inner}</${tag}>`
  const tags = { bold: "strong", italic: "em", struck: "del" }
  const span = (node: Inline): string => {
    switch (node.type) {
      case "text":
        return escapeHtml(node.text).replaceAll("\n", "<br>")
      case "code":
        return tagged("code", escapeHtml(node.text))
      case "link":
        return anchor(node.href, spans(node.inner))
      case "url":
        return anchor(node.href, escapeHtml(node.text))
      case "picture":
        return `<img src="/api/v1/attachments/${node.fileId}" alt="${escapeHtml(node.alt)}">`
      default:
        return tagged(tags[node.type], spans(node.inner))
    }
  }
  const list = ({ ordered, items }: List): string => {
    const rows = items.map(({ inner, lists }) => `<li>${spans(inner)}${lists.map(list).join("")}</li>\n`)
    return tagged(ordered ? "ol" : "ul", `\n${rows.join("")}`)
  }
  const block = (one: Block): string => {
    switch (one.type) {
      case "blank":
        return ""
      case "paragraph":
        return `${tagged("p", spans(one.inner))}\n`
      case "heading":
        return `${tagged(`h${one.level}`, spans(one.inner))}\n`
      case "code":
        return `<pre><code>${escapeHtml(one.text)}\n</code></pre>\n`
      case "quote":
        return `<blockquote>\n${one.blocks.map(block).join("")}</blockquote>\n`
      case "list":
        return `${list(one)}\n`
    }
  }
  return blocks.map(block).join("")
}

function escapeHtml(text: string): string {
  return text
    .replaceAll(literal, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
}
