// What the HTML of mail programs says about its parts by class, id and style, kept as one attribute while the rest is dropped.

export type PartHint = "quote" | "signature" | "indent"
export const hintAttribute = "data-mail-part"
/** On what is folded at first: everything from the signature or the quote on. */
export const foldAttribute = "data-folded"

/** The class by which our own mails mark their text: an answer that holds it quotes us, whatever its program does to the rest. */
export const ownMessageClass = "hilo_message"

const quoteClass = new RegExp(
  `(?:^|[\\s_])(?:${[
    "yahoo_quoted",
    "protonmail_quote",
    "tutanota_quote",
    "zmail_extra",
    "moz-email-headers-table",
    ownMessageClass,
  ].join("|")})(?:$|\\s)`,
)
const quoteId =
  /^(?:x_)*(?:OLK_SRC_BODY_SECTION|mail-editor-reference-message-container|yahoo_quoted\w{0,40}|oriMsgHtmlSeperator)$/
const signatureClass =
  /(?:^|[\s_])(?:gmail_signature|moz-signature|protonmail_signature_block|tutanota_signature)(?:$|\s)/
const signatureId =
  /^(?:x_)*(?:Signature|ms-outlook-mobile-signature|divtagdefaultwrapper_signature|composer_signature)$/i

export function hintOf(tag: string, attributes: Readonly<Record<string, string>>): PartHint | null {
  const classes = (attributes["class"] ?? "").slice(0, 500)
  const id = (attributes["id"] ?? "").slice(0, 100)
  if (quoteClass.test(classes) || quoteId.test(id)) return "quote"
  if (signatureClass.test(classes) || signatureId.test(id) || attributes["data-signatureblock"] === "true")
    return "signature"
  // Gmail indents what is written with it by a blockquote that has no border.
  const isIndent =
    tag === "blockquote" && /border(?:-width)?\s*:\s*(?:none|0)/i.test((attributes["style"] ?? "").slice(0, 500))
  if (isIndent) return "indent"
  return tag === "blockquote" ? "quote" : null
}
