// Staff write Markdown; this is the one place that turns it into HTML, and the one sanitiser.
import sanitize from "sanitize-html"
import { escapeHtml } from "#kernel/http/html-template.ts"
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

// Of our own files only: a picture from elsewhere shows its owner who reads what, and when.
const ownFile = /^\/api\/v1\/attachments\/att_\w{1,60}$/

const ofOurs: sanitize.IOptions = {
  ...allowed,
  exclusiveFilter: ({ tag, attribs }) => tag === "img" && !ownFile.test(attribs["src"] ?? ""),
}

/** Our files that a text shows as pictures. */
export const picturesIn = (source: string): string[] => [
  ...new Set([...source.matchAll(/\/api\/v1\/attachments\/(att_\w{1,60})/g)].map(([, fileId]) => fileId!)),
]

/**
 * Safe HTML of what a member of staff wrote, with no pictures but these files; the others are their descriptions. Never
 * throws. Called before a transaction, it has the dear part ready for the call inside: nothing is rendered under a lock.
 */
export function renderMarkdown(source: string, pictures: ReadonlySet<string> = new Set()): string {
  const html = remembered(rendered, 50, source, () => sanitize(htmlOf(parse(source)), ofOurs))
  const shown = html.includes("<img") ? html.replaceAll(picture, described(pictures)) : html
  // What is clean stays as it is when it is cleaned again.
  return remembered(cleaned, 2_000, shown, () => shown)
}

const picture = /<img src="\/api\/v1\/attachments\/(att_\w{1,60})" alt="([^"]*)" \/>/g
const described = (pictures: ReadonlySet<string>) => (tag: string, fileId: string, alt: string) =>
  pictures.has(fileId) ? tag : alt.trim() || `![](/api/v1/attachments/${fileId})`

const rendered = new Map<string, string>()
const cleaned = new Map<string, string>()

/** Stored HTML as today's sanitiser lets it be: what an older one let through is not shown. */
export const cleanHtml = (html: string): string =>
  remembered(cleaned, 2_000, html, () => (nestsTooDeep(html) ? escapeHtml(html) : sanitize(html, ofOurs)))

/** Deeper than Markdown nests: the parser's time grows faster than the number of tags that are open at once. */
function nestsTooDeep(html: string): boolean {
  let depth = 0
  for (const [, slash] of html.matchAll(/<(\/?)(?!br\b|hr\b|img\b)[a-z]/gi)) {
    depth += slash === "" ? 1 : -1
    if (depth > 1_000) return true
  }
  return false
}

function remembered(all: Map<string, string>, most: number, key: string, make: () => string): string {
  const known = all.get(key)
  if (known !== undefined) return known
  const made = make()
  if (all.size >= most) all.delete(all.keys().next().value!)
  all.set(key, made)
  return made
}
