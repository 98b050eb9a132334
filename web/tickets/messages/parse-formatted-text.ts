// What customers write is plain text. It may hold addresses, and in some channels its own marks:
// *bold*, _italic_, ~struck~, `code`. Pure: text in, spans out; nothing is ever read as HTML.
import { type ChannelMarks, type Inline, parseInline } from "../../../src/markdown/index.ts"

export { type Inline as Span, wordsOf } from "../../../src/markdown/index.ts"

export const parseFormattedText = (text: string, marks: ChannelMarks): Inline[] => parseInline(text, marks)

/** A link that shows a place rather than an address. */
export const isMapLink = (link: string) => /^https:\/\/maps\.google\.com\/\?q=-?[\d.]+,-?[\d.]+$/.test(link)
