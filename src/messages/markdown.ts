// Staff write Markdown; this is the one place that turns it into HTML, and the one sanitiser.
import { Marked } from "marked"
import sanitize from "sanitize-html"

const marked = new Marked({ gfm: true, breaks: true, async: false })

// Markdown made to be slow ("**a**a**a…") costs the square of its length: five seconds at 60,000 characters, during which
// nobody else is served. Beyond this the text is shown as it was written.
const longestRendered = 10_000

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
  transformTags: { a: sanitize.simpleTransform("a", { rel: "noopener noreferrer nofollow", target: "_blank" }) },
}

// Of our own files only: a picture from elsewhere tells its owner who reads what, and when.
const ownFile = /^\/api\/v1\/attachments\/(att_\w{1,60})$/

const showing = (mayShow: (fileId: string) => boolean): sanitize.IOptions => ({
  ...allowed,
  exclusiveFilter: ({ tag, attribs }) => tag === "img" && !mayShow(ownFile.exec(attribs["src"] ?? "")?.[1] ?? ""),
})

const anyOfOurs = showing((fileId) => fileId !== "")

/** Our files that a text shows as pictures. */
export const picturesIn = (source: string): string[] => [
  ...new Set([...source.matchAll(/\/api\/v1\/attachments\/(att_\w{1,60})/g)].map(([, fileId]) => fileId!)),
]

/** Safe HTML of what a member of staff wrote, with no pictures but these files. Never throws. */
export function renderMarkdown(source: string, pictures: ReadonlySet<string> = new Set()): string {
  return sanitize(
    parse(source),
    showing((fileId) => pictures.has(fileId)),
  )
}

const cleaned = new Map<string, string>()
const rememberedAtMost = 2_000

/** Stored HTML as today's sanitiser lets it be: what an older one let through is not shown. */
export function cleanHtml(html: string): string {
  const known = cleaned.get(html)
  if (known !== undefined) return known
  const clean = sanitize(html, anyOfOurs)
  if (cleaned.size >= rememberedAtMost) cleaned.delete(cleaned.keys().next().value!)
  cleaned.set(html, clean)
  return clean
}

function parse(source: string): string {
  if (source.length > longestRendered) return plain(source)
  try {
    return marked.parse(source) as string
  } catch {
    return plain(source)
  }
}

const plain = (text: string) => `<p>${escapeHtml(text).replaceAll("\n", "<br>")}</p>`

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")
}
