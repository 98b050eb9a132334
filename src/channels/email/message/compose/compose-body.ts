// What a mail of ours says, as text and as HTML beside each other. Pure.
import { escapeHtml } from "#kernel/http/html-template.ts"
import { ownMessageClass } from "../body/quote-marks.ts"

type Reply = {
  text: string
  /** Sanitised; null makes it from the text. */
  html: string | null
  /** Of the mailbox, in plain text; empty for none. */
  signature: string
}

/** `pictures`: ids of our files that the HTML shows, by `cid:`. */
export type MailParts = { text: string; html: string; pictures: Set<string> }

/** An answer that quotes the HTML is known by its class, whatever the answering program does to the rest. */
export function composeBody({ text, html, signature }: Reply): MailParts {
  const pictures = new Set<string>()
  const own = (html ?? `<p>${lines(text)}</p>`).replaceAll(ownPicture, (_whole, id: string) => {
    pictures.add(id)
    return `src="cid:${id}"`
  })
  const signed = signature.trim()
  return {
    text: signed === "" ? text.trimEnd() : `${text.trimEnd()}\n\n-- \n${signed}`,
    html: `<div class="${ownMessageClass}">${own}</div>${signed === "" ? "" : `<br><div class="hilo_signature">-- <br>${lines(signed)}</div>`}`,
    pictures,
  }
}

// Outside of the desk nobody can open it.
const ownPicture = /src="\/api\/v1\/attachments\/(att_\w{1,60})"/g

const lines = (text: string) => escapeHtml(text.trimEnd()).replaceAll("\n", "<br>")
