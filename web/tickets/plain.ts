// What customers write is plain text. It may hold addresses, and on WhatsApp the channel's own marks:
// *bold*, _italic_, ~struck~, `code`. Pure: text in, spans out; nothing is ever read as HTML.
export type Span =
  | { type: "text" | "code" | "link"; text: string }
  | { type: "bold" | "italic" | "struck"; spans: Span[] }

const address = /\bhttps?:\/\/[^\s<>"]+/g
const endings = /[).,;:!?'"\]}»]+$/
const kinds = { "*": "bold", _: "italic", "~": "struck" } as const

// A mark counts where it touches what it marks, and nothing but blanks or signs stand around it: 2*3*4 is a sum.
const mark =
  /(?<![\p{L}\p{N}*_~`])(?:(?<sign>[*_~])(?=\S)(?<inner>[^\n]*?[^\s])\k<sign>|`(?<code>[^`\n]+)`)(?![\p{L}\p{N}*_~`])/u

export function spansOf(text: string, options: { marks: boolean }): Span[] {
  const spans: Span[] = []
  let from = 0
  for (const { 0: found, index } of text.matchAll(address)) {
    const link = found.replace(endings, "")
    spans.push(...marked(text.slice(from, index), options.marks), { type: "link", text: link })
    from = index + link.length
  }
  return [...spans, ...marked(text.slice(from), options.marks)]
}

function marked(text: string, marks: boolean): Span[] {
  if (text === "") return []
  const found = marks ? mark.exec(text) : null
  if (!found) return [{ type: "text", text }]
  const { sign, inner = "", code } = found.groups ?? {}
  const span: Span =
    code === undefined
      ? { type: kinds[sign as keyof typeof kinds], spans: marked(inner, marks) }
      : { type: "code", text: code }
  const end = found.index + found[0].length
  return [...marked(text.slice(0, found.index), false), span, ...marked(text.slice(end), marks)]
}

/** The words alone. */
export const wordsOf = (spans: Span[]): string =>
  spans.map((span) => ("spans" in span ? wordsOf(span.spans) : span.text)).join("")

/** A link that shows a place rather than an address. */
export const isMap = (link: string) => /^https:\/\/maps\.google\.com\/\?q=-?[\d.]+,-?[\d.]+$/.test(link)
