// What a mail of ours says, as text and as HTML beside each other. Pure.
import { escapeHtml } from "#kernel/http/html-template.ts"
import { ownMessageClass } from "../body/quote-marks.ts"

type Reply = {
  text: string
  /** Sanitised; null makes it from the text. */
  html: string | null
  /** Of the mailbox, in plain text; empty for none. */
  signature: string
  /** A mail before it, which stands below everything. */
  quote?: { intro: string; text: string } | null
  /** What is passed on; empty for nothing. */
  forwarded?: string
}

/** `pictures`: ids of our files that the HTML shows, by `cid:`. */
export type MailParts = { text: string; html: string; pictures: Set<string> }

/** An answer that quotes the HTML is known by its class, whatever the answering program does to the rest. */
export function composeBody({ text, html, signature, quote = null, forwarded = "" }: Reply): MailParts {
  const pictures = new Set<string>()
  const own = (html ?? `<p>${lines(text)}</p>`).replaceAll(ownPicture, (_whole, id: string) => {
    pictures.add(id)
    return `src="cid:${id}"`
  })
  const signed = signature.trim()
  const signatureBelow = signed === "" ? nothing : { text: `\n\n-- \n${signed}`, html: signatureHtml(signed) }
  const below = quote === null ? forwardedBelow(forwarded) : quoteBelow(quote)
  return {
    text: `${text.trimEnd()}${signatureBelow.text}${below.text}`,
    html: `<div class="${ownMessageClass}">${own}</div>${signatureBelow.html}${below.html}`,
    pictures,
  }
}

const nothing = { text: "", html: "" }

const signatureHtml = (signature: string) => `<br><div class="hilo_signature">-- <br>${lines(signature)}</div>`

const forwardedBelow = (text: string) =>
  text === "" ? nothing : { text: `\n\n${text}`, html: `<br><div>${lines(text)}</div>` }

/** As programs fold it. */
function quoteBelow({ intro, text }: { intro: string; text: string }) {
  const quoted = text
    .trimEnd()
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
  return {
    text: `\n\n${intro}\n${quoted.join("\n")}`,
    html: `<br><div>${escapeHtml(intro)}</div><blockquote type="cite">${lines(text)}</blockquote>`,
  }
}

// Outside of the desk nobody can open it.
const ownPicture = /src="\/api\/v1\/attachments\/(att_\w{1,60})"/g

const lines = (text: string) => escapeHtml(text.trimEnd()).replaceAll("\n", "<br>")
