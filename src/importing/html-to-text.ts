// HTML of other tools as text: what a reader of the page saw, without styles, scripts and what is hidden in comments. Linear.
const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " }
const silent = new Set(["script", "style", "head", "title", "template"])
const breaks = new Set([
  "br",
  "p",
  "div",
  "tr",
  "li",
  "ul",
  "ol",
  "table",
  "blockquote",
  "pre",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "hr",
])

export function htmlToText(html: string): string {
  if (!/[<&]/.test(html)) return html.trim()
  const pieces: string[] = []
  let at = 0
  while (at < html.length) {
    const open = html.indexOf("<", at)
    const end = open < 0 ? html.length : open
    if (end > at) pieces.push(withoutBreaks(html.slice(at, end)))
    if (open < 0) break
    at = afterTag(html, open, pieces)
  }
  return trimmedLines(pieces.join(""))
}

/** Where reading goes on behind what begins at `open`. */
function afterTag(html: string, open: number, pieces: string[]): number {
  if (html.startsWith("<!--", open)) return after(html, "-->", open)
  const tag = /^<(\/?)([a-zA-Z][a-zA-Z0-9]{0,20})/.exec(html.slice(open, open + 24))
  if (!tag) {
    pieces.push("<")
    return open + 1
  }
  const name = tag[2]!.toLowerCase()
  if (name === "li" && tag[1] === "") pieces.push("\n- ")
  else if (breaks.has(name)) pieces.push("\n")
  const end = after(html, ">", open)
  return silent.has(name) && tag[1] === "" ? after(html, ">", endOf(html, name, end)) : end
}

function after(html: string, sign: string, from: number): number {
  const found = html.indexOf(sign, from)
  return found < 0 ? html.length : found + sign.length
}

/** Where the element ends whose content is no text. */
function endOf(html: string, name: string, from: number): number {
  const tag = new RegExp(`</${name}`, "gi")
  tag.lastIndex = from
  return tag.exec(html)?.index ?? html.length
}

const withoutBreaks = (text: string) => unescaped(text).replace(/[\t\r\n ]+/g, " ")

const unescaped = (text: string) =>
  text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, (whole, word: string) => {
    if (!word.startsWith("#")) return named[word.toLowerCase()] ?? whole
    const point = /^#x/i.test(word) ? Number.parseInt(word.slice(2), 16) : Number(word.slice(1))
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })

const trimmedLines = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()
