export { htmlOf } from "./html.ts"
export { type ChannelMarks, type Inline, literal, parseInline, wordsOf } from "./inline.ts"
export { type Block, type List, parse } from "./parse.ts"
export { plainTextOf, textWithMarks } from "./text.ts"
