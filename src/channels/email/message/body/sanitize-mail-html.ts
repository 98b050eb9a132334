// HTML of strangers, safe to show in a sandboxed frame: no script, form, frame, address of ours or style that leaves its place, and
// nothing that is fetched before somebody asks for it. Words stay, whatever stood around them.
import sanitize from "sanitize-html"
import { foldAttribute, hintAttribute, hintOf } from "./quote-marks.ts"
import { safeStyle } from "./safe-styles.ts"

/** Where an image is: the index of a file of the mail. Null when the mail has no such file. */
export type FindFile = (reference: string) => number | null

/** Images stand as `<img data-file="index">` or, of other servers, as `<img data-remote="address">`. */
export function sanitizeMailHtml(html: string, findFile: FindFile): string {
  return sanitize(html, { ...rules, transformTags: transforms(findFile) })
}

/** Stored HTML as today's rules let it be: what older ones let through is not shown. */
export const sanitizeStoredMailHtml = (html: string): string =>
  sanitize(html, { ...rules, transformTags: { "*": restyled } })

const restyled: sanitize.Transformer = (tagName, attribs) => ({
  tagName,
  attribs: attribs["style"] === undefined ? attribs : { ...attribs, style: safeStyle(attribs["style"]) },
})

const textAttributes = ["dir", "lang", "style", "align", "title", hintAttribute, foldAttribute]
const cellAttributes = ["width", "height", "colspan", "rowspan", "valign", "bgcolor", "nowrap"]

const rules: sanitize.IOptions = {
  allowedTags:
    `a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em
    figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp section small span
    strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr`.split(/\s+/),
  allowedAttributes: {
    "*": textAttributes,
    a: ["href", "rel", "target", "title"],
    col: ["span", "width"],
    font: ["color", "face", "size"],
    img: ["data-file", "data-remote", "src", "alt", "width", "height"],
    ol: ["start", "type"],
    table: [...cellAttributes, "border", "cellpadding", "cellspacing"],
    td: cellAttributes,
    th: cellAttributes,
    tr: cellAttributes,
  },
  allowedSchemes: ["http", "https", "mailto", "tel"],
  allowedSchemesByTag: { img: ["data"] },
  allowProtocolRelative: false,
  nonTextTags:
    `script style textarea option xmp title noembed noframes iframe object applet svg math template select audio video xml`.split(
      /\s+/,
    ),
  // Their own parser is dear, and ours is stricter.
  parseStyleAttributes: false,
  nestingLimit: 100,
}

const transforms = (findFile: FindFile): NonNullable<sanitize.IOptions["transformTags"]> => ({
  a: (_tag, attributes) => linkTo(attributes),
  img: (_tag, attributes) => image(attributes, findFile),
  "*": (tagName, attributes) => ({ tagName, attribs: withoutMarks(tagName, attributes) }),
})

function withoutMarks(tag: string, attributes: Record<string, string>): Record<string, string> {
  const hint = hintOf(tag, attributes)
  const style = attributes["style"] === undefined ? "" : safeStyle(attributes["style"])
  const { style: _style, [hintAttribute]: _hint, [foldAttribute]: _folded, ...rest } = attributes
  return { ...rest, ...(style !== "" && { style }), ...(hint && { [hintAttribute]: hint }) }
}

// A relative address would lead into the desk itself. The title shows where a link leads, whatever its words say.
function linkTo({ href = "", ...rest }: Record<string, string>): sanitize.Tag {
  const address = href.trim()
  if (address.length > 2_000 || !/^(?:https?:\/\/|mailto:|tel:)/i.test(address))
    return { tagName: "span", attribs: rest }
  return {
    tagName: "a",
    attribs: { ...rest, href: address, rel: "noopener noreferrer nofollow", target: "_blank", title: address },
  }
}

const longestDataImage = 100_000
const raster = /^data:image\/(?:png|jpe?g|gif|webp);base64,[a-z\d+/=\s]+$/i

function image({ src = "", alt = "", width, height, style }: Record<string, string>, findFile: FindFile): sanitize.Tag {
  const shape = {
    alt: alt.slice(0, 500),
    ...(width !== undefined && /^\d{1,4}%?$/.test(width) && { width }),
    ...(height !== undefined && /^\d{1,4}%?$/.test(height) && { height }),
    ...(style !== undefined && { style }),
  }
  const reference = src.trim()
  const file = /^(?:https?:|data:)/i.test(reference) ? null : findFile(reference)
  if (file !== null) return { tagName: "img", attribs: { "data-file": String(file), ...shape } }
  if (/^https?:\/\/[^\s"<>]+$/i.test(reference) && reference.length <= 2_000)
    return { tagName: "img", attribs: { "data-remote": reference, ...shape } }
  if (reference.length <= longestDataImage && raster.test(reference))
    return { tagName: "img", attribs: { src: reference, ...shape } }
  return { tagName: "span", attribs: {}, text: shape.alt }
}
