export { htmlOf } from "./html.ts"
export { type Inline, literal, parseInline, wordsOf } from "./inline.ts"
export { type Block, type List, parse } from "./parse.ts"
export { plainTextOf, whatsappTextOf } from "./text.ts"
