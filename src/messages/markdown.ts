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
  ],
  allowedAttributes: { a: ["href", "rel", "target"] },
  allowedSchemes: ["http", "https", "mailto"],
  allowProtocolRelative: false,
  nestingLimit: 50,
  transformTags: { a: sanitize.simpleTransform("a", { rel: "noopener noreferrer nofollow", target: "_blank" }) },
}

/** Safe HTML of what a member of staff wrote. Never throws. */
export function renderMarkdown(source: string): string {
  return sanitize(parse(source), allowed)
}

const cleaned = new Map<string, string>()
const rememberedAtMost = 2_000

/** Stored HTML as today's sanitiser lets it be: what an older one let through is not shown. */
export function cleanHtml(html: string): string {
  const known = cleaned.get(html)
  if (known !== undefined) return known
  const clean = sanitize(html, allowed)
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
