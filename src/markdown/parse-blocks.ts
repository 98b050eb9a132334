// The closed set of marks in which staff write (decision 0040): bold, italic, strike, lists, quotes, code, links, pictures
// of our own and three headings. Whatever is none of them is text and arrives as it was typed. Costs what the text is long.
import { type Inline, parseInline } from "./parse-inline.ts"

export type Block =
  | { type: "paragraph"; inner: Inline[] }
  | { type: "heading"; level: number; inner: Inline[] }
  | { type: "code"; text: string }
  | { type: "quote"; blocks: Block[] }
  | { type: "list"; ordered: boolean; items: Item[] }
  | { type: "blank"; text: string }

/** `lead` is the indentation and the sign as typed, `blanks` the empty lines before it. */
export type Item = { lead: string; blanks: string[]; inner: Inline[]; lists: List[] }
export type List = Extract<Block, { type: "list" }>

const deepest = 5

export function parse(source: string): Block[] {
  return blocksOf(source.replaceAll(/\r\n?/g, "\n").split("\n"), 0)
}

function blocksOf(lines: readonly string[], depth: number): Block[] {
  const blocks: Block[] = []
  const fences = fenceEnds(lines)
  let plain: string[] = []
  const flush = () => {
    if (plain.length > 0) blocks.push(asTyped(plain))
    plain = []
  }
  for (let at = 0; at < lines.length;) {
    const taken = blockAt(lines, at, depth, fences)
    if (taken) {
      flush()
      blocks.push(taken.block)
    } else plain.push(lines[at]!)
    at = taken?.next ?? at + 1
  }
  flush()
  return blocks
}

const asTyped = (lines: readonly string[]): Block => ({
  type: "paragraph",
  inner: parseInline(lines.join("\n"), "staff"),
})

type ParsedBlock = { block: Block; next: number } | null
type FenceEnds = (after: number) => number | null

function blockAt(lines: readonly string[], at: number, depth: number, fences: FenceEnds): ParsedBlock {
  const line = lines[at]!
  if (line.trim() === "") return { block: { type: "blank", text: line }, next: at + 1 }
  const heading = /^(#{1,3}) +(?=\S)/.exec(line)
  if (heading) {
    const inner = parseInline(line.slice(heading[0].length), "staff")
    return { block: { type: "heading", level: heading[1]!.length, inner }, next: at + 1 }
  }
  if (line.startsWith("```")) return codeAt(lines, at, fences)
  if (line.startsWith("> ")) return depth < deepest ? quoteAt(lines, at, depth) : null
  return listAt(lines, at)
}

/** From the last line to the first, each asked once: where the next fence that closes stands. */
function fenceEnds(lines: readonly string[]): FenceEnds {
  const ends = lines.flatMap((line, at) => (/^```[ \t]*$/.test(line) ? [at] : [])).toReversed()
  return (after) => {
    while ((ends.at(-1) ?? after + 1) <= after) ends.pop()
    return ends.at(-1) ?? null
  }
}

function codeAt(lines: readonly string[], at: number, fences: FenceEnds): ParsedBlock {
  if (!/^```[\w+#.-]{0,30}[ \t]*$/.test(lines[at]!)) return null
  const end = fences(at)
  const text = end === null ? "" : lines.slice(at + 1, end).join("\n")
  return end === null || text.trim() === "" ? null : { block: { type: "code", text }, next: end + 1 }
}

function quoteAt(lines: readonly string[], at: number, depth: number): ParsedBlock {
  const isQuoted = (line: string | undefined) => line === ">" || line?.startsWith("> ")
  let next = at
  while (isQuoted(lines[next])) next++
  const inner = lines.slice(at, next).map((line) => line.slice(2))
  if (inner.every((line) => line.trim() === "")) return { block: asTyped(lines.slice(at, next)), next }
  return { block: { type: "quote", blocks: blocksOf(inner, depth + 1) }, next }
}

type Row = { indent: number; lead: string; number: number | null; text: string; blanks: string[] }

const item = /^( {0,20})(-|\d{1,9}\.) +(?=\S)/

function rowOf(line: string, blanks: string[]): Row | null {
  const found = item.exec(line)
  if (!found) return null
  const [lead, space, sign] = found as unknown as [string, string, string]
  const number = sign === "-" ? null : Number.parseInt(sign, 10)
  return { indent: space.length, lead, number, text: line.slice(lead.length), blanks }
}

/** Items in a row, with what is indented below them; one empty line may stand between two. */
function listAt(lines: readonly string[], at: number): ParsedBlock {
  const first = rowOf(lines[at]!, [])
  if (!first) return null
  const rows = [first]
  let next = at + 1
  for (;;) {
    const blanks = lines[next]?.trim() === "" ? [lines[next]!] : []
    const line = lines[next + blanks.length] ?? ""
    const row = rowOf(line, blanks)
    if (row && (row.indent > first.indent || isSame(row, first))) rows.push(row)
    else if (!row && blanks.length === 0 && /^ {2,}\S/.test(line)) rows.at(-1)!.text += `\n${line}`
    else break
    next += blanks.length + 1
  }
  const list = { rows, at: 0 }
  const block = take(list, 0)
  // All of it, so that none of its lines is looked at as the beginning of a list again.
  return { block: block && list.at === rows.length ? block : asTyped(lines.slice(at, next)), next }
}

const isSame = (row: Row, first: Row) =>
  row.indent === first.indent && (row.number === null) === (first.number === null)

/** One list of rows of the same indentation. Null when its numbers are not 1, 2, 3 …: then it stays as it was typed. */
function take(from: { rows: Row[]; at: number }, depth: number): List | null {
  const first = from.rows[from.at]!
  const items: Item[] = []
  for (let row = first; row && row.indent >= first.indent; row = from.rows[from.at]!) {
    if (row.indent > first.indent) {
      const inner = depth < deepest ? take(from, depth + 1) : null
      if (!inner) return null
      items.at(-1)!.lists.push(inner)
      continue
    }
    if (!isSame(row, first)) break
    if (row.number !== null && row.number !== items.length + 1) return null
    const { lead, blanks, text } = row
    items.push({ lead, blanks, inner: parseInline(text, "staff"), lists: [] })
    from.at++
  }
  return { type: "list", ordered: first.number !== null, items }
}
