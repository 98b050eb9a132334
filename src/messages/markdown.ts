// Staff write Markdown; this is the one place that turns it into HTML, and the one sanitiser.
import sanitize from "sanitize-html"
import { htmlOf, parse } from "#markdown/index.ts"

const allowed: sanitize.IOptions = {
  allowedTags: [
    "p",
    "br",
    "strong",
    "em",
    "del",
    "u",
    "s",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "a",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "img",
  ],
  allowedAttributes: { a: ["href", "rel", "target"], img: ["src", "alt"] },
  allowedSchemes: ["http", "https", "mailto"],
  allowProtocolRelative: false,
  nestingLimit: 50,
  transformTags: { a: (_tag, { href = "" }) => linkTo(href) },
}

// A relative address would lead into the desk itself; its words stay.
function linkTo(href: string): sanitize.Tag {
  if (!/^(?:https?:\/\/|mailto:)/i.test(href)) return { tagName: "span", attribs: {} }
  return { tagName: "a", attribs: { href, rel: "noopener noreferrer nofollow", target: "_blank" } }
}

// Of our own files only: a picture from elsewhere tells its owner who reads what, and when.
const ownFile = /^\/api\/v1\/attachments\/att_\w{1,60}$/

const ofOurs: sanitize.IOptions = {
  ...allowed,
  exclusiveFilter: ({ tag, attribs }) => tag === "img" && !ownFile.test(attribs["src"] ?? ""),
}

/** Our files that a text shows as pictures. */
export const picturesIn = (source: string): string[] => [
  ...new Set([...source.matchAll(/\/api\/v1\/attachments\/(att_\w{1,60})/g)].map(([, fileId]) => fileId!)),
]

/** Safe HTML of what a member of staff wrote, with no pictures but these files. Never throws. */
export function renderMarkdown(source: string, pictures: ReadonlySet<string> = new Set()): string {
  return sanitize(
    htmlOf(parse(source), (fileId) => pictures.has(fileId)),
    ofOurs,
  )
}

const cleaned = new Map<string, string>()
const rememberedAtMost = 2_000

/** Stored HTML as today's sanitiser lets it be: what an older one let through is not shown. */
export function cleanHtml(html: string): string {
  const known = cleaned.get(html)
  if (known !== undefined) return known
  const clean = sanitize(html, ofOurs)
  if (cleaned.size >= rememberedAtMost) cleaned.delete(cleaned.keys().next().value!)
  cleaned.set(html, clean)
  return clean
}
