// The same text for channels that show none of our marks: line by line as it was typed, with links spelled out.
import { type ChannelMarks, type Inline, literal } from "./parse-inline.ts"
import { type Block, type List, parse } from "./parse-blocks.ts"

type Signs = { bold: string; italic: string; struck: string; code: string; fence: string }

const signsOf: Record<ChannelMarks, Signs> = {
  none: { bold: "", italic: "", struck: "", code: "", fence: "" },
  single: { bold: "*", italic: "_", struck: "~", code: "`", fence: "```" },
}

/** Without marks: for mails and for API sources. */
export const plainTextOf = (markdown: string): string => textWithMarks(markdown, "none")

/** With the marks of a channel. */
export const textWithMarks = (markdown: string, marks: ChannelMarks): string => written(markdown, signsOf[marks])

const written = (markdown: string, signs: Signs) =>
  linesOf(parse(markdown), signs).join("\n").replaceAll(literal, "").trim()

const linesOf = (blocks: readonly Block[], signs: Signs): string[] =>
  blocks.flatMap((block) => blockLines(block, signs))

function blockLines(block: Block, signs: Signs): string[] {
  switch (block.type) {
    case "blank":
      return [block.text]
    case "paragraph":
      return [spans(block.inner, signs)]
    case "heading":
      return [around(signs.bold, spans(block.inner, { ...signs, bold: "" }))]
    case "code":
      return [signs.fence + block.text + signs.fence]
    case "quote":
      return linesOf(block.blocks, signs)
        .join("\n")
        .split("\n")
        .map((line) => `> ${line}`.trimEnd())
    case "list":
      return listLines(block, signs)
  }
}

function listLines({ items }: List, signs: Signs): string[] {
  return items.flatMap(({ lead, blanks, inner, lists }) => [
    ...blanks,
    lead + spans(inner, signs),
    ...lists.flatMap((list) => listLines(list, signs)),
  ])
}

const spans = (nodes: readonly Inline[], signs: Signs): string => nodes.map((node) => span(node, signs)).join("")

function span(node: Inline, signs: Signs): string {
  switch (node.type) {
    case "text":
    case "url":
      return node.text
    case "code":
      return around(signs.code, node.text)
    case "picture":
      return node.alt.trim() || node.source
    case "link":
      return link(spans(node.inner, signs), node.href)
    default:
      return around(signs[node.type], spans(node.inner, { ...signs, [node.type]: "" }))
  }
}

// In messengers a mark ends with its line, and counts only where it touches what it marks.
function around(mark: string, text: string): string {
  if (mark === "") return text
  return text
    .split("\n")
    .map((line) => {
      const [start, end] = [line.length - line.trimStart().length, line.trimEnd().length]
      return start >= end ? line : line.slice(0, start) + mark + line.slice(start, end) + mark + line.slice(end)
    })
    .join("\n")
}

const bare = (address: string) => address.replace(/^mailto:/i, "")
const link = (text: string, href: string) => (bare(href) === bare(text) ? bare(href) : `${text} (${bare(href)})`)
