// HTML as its reader saw it, in plain text: a line for each block, addresses behind their links, nothing of styles and scripts. Made
// from a stream of tags and not from a tree, so that no depth and no size costs more than its length.
import { Tokenizer } from "htmlparser2"

const silentTags = new Set(["iframe", "noembed", "noframes", "script", "style", "template", "title"])
const blocks = new Set(
  "address article aside blockquote br dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tr ul".split(
    " ",
  ),
)
const longestHref = 2_000
const nothing = () => {}

export function htmlToText(html: string): string {
  if (!/[<&]/.test(html)) return html.trim()
  const text = createTextWriter()
  const name = (start: number, end: number) => html.slice(start, end).toLowerCase()
  const tokenizer = new Tokenizer(
    {},
    {
      ontext: (start, end) => text.add(html.slice(start, end)),
      ontextentity: (point) => text.add(String.fromCodePoint(point)),
      onopentagname: (start, end) => text.open(name(start, end)),
      onattribname: (start, end) => text.beginAttribute(name(start, end)),
      onattribdata: (start, end) => text.addToAttribute(html.slice(start, end)),
      onattribentity: (point) => text.addToAttribute(String.fromCodePoint(point)),
      onclosetag: (start, end) => text.close(name(start, end)),
      onattribend: nothing,
      oncdata: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onend: nothing,
      onopentagend: nothing,
      onprocessinginstruction: nothing,
      onselfclosingtag: nothing,
    },
  )
  tokenizer.write(html)
  tokenizer.end()
  return trimmedLines(text.written())
}

function createTextWriter() {
  const pieces: string[] = []
  let silentTag: string | null = null
  let preformatted = 0
  let link: { href: string; from: number } | null = null
  let isOpeningLink = false
  let isHref = false
  return {
    written: () => pieces.join(""),
    add: (text: string) => {
      if (silentTag === null) pieces.push(preformatted > 0 ? text : text.replace(/[\t\r\n \u00A0]+/g, " "))
    },
    open: (tag: string) => {
      isOpeningLink = isHref = false
      if (silentTag !== null) return
      silentTag = silentTags.has(tag) ? tag : null
      isOpeningLink = tag === "a"
      if (isOpeningLink) link = { href: "", from: pieces.length }
      if (tag === "pre") preformatted++
      if (tag === "td" || tag === "th") pieces.push(" ")
      else if (blocks.has(tag)) pieces.push(tag === "li" ? "\n- " : "\n")
    },
    beginAttribute: (name: string) => void (isHref = isOpeningLink && name === "href" && link?.href === ""),
    addToAttribute: (value: string) => {
      if (isHref && link && link.href.length <= longestHref) link.href += value
    },
    close: (tag: string) => {
      if (silentTag !== null) return void (silentTag = tag === silentTag ? null : silentTag)
      if (tag === "pre" && preformatted > 0) preformatted--
      if (blocks.has(tag)) pieces.push("\n")
      if (tag !== "a" || !link) return
      pieces.push(addressBehind(link.href, pieces.slice(link.from).join("")))
      link = null
    },
  }
}

/** Where a link leads, as ` (address)`; empty when its words say so or it leads nowhere. */
export function addressBehind(href: string, words: string): string {
  if (href.length > longestHref) return ""
  const address = /^(?:mailto:([^?]+)(?:\?[^]*)?|https?:\/\/(.+?)\/?)$/i.exec(href.trim())
  const isSaid = !address || words.trim() === "" || words.includes(address[1] ?? address[2]!)
  return isSaid ? "" : ` (${address[1] ?? href.trim()})`
}

const trimmedLines = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()
