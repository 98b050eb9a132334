export { htmlOf } from "./blocks-to-unsanitised-html.ts"
export { type ChannelMarks, type Inline, literal, parseInline, wordsOf } from "./parse-inline.ts"
export { type Block, type List, parse } from "./parse-blocks.ts"
export { plainTextOf, textWithMarks } from "./to-plain-text.ts"
