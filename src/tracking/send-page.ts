// The frame of the tracking pages, built from web/tracking once per language; what stands in it is made for each answer.
import type { FastifyReply, FastifyRequest } from "fastify"
import { sendChangedPage } from "#kernel/http/static-files.ts"
import { formatText } from "#texts/format-text.ts"
import { acceptedLanguage, type Language, languages, type TextId } from "#texts/languages-and-text-ids.ts"
import { html, type Html } from "#kernel/http/html-template.ts"

/** How a page speaks: its language, its texts, and the time zone of the desk. */
export type Speech = { language: Language; t: (id: TextId, values?: Record<string, unknown>) => string }

export function speechOf({ query, headers }: FastifyRequest): Speech {
  const asked = (query as Record<string, unknown>)["lang"]
  const language = languages.find((one) => one === asked) ?? acceptedLanguage(headers["accept-language"])
  return { language, t: (id, values) => formatText(language, id, values) }
}

// What it shows is somebody's: no shared cache and no search engine keeps it, and its address goes to no other site.
const headers = { "referrer-policy": "same-origin", "cache-control": "no-store", "x-robots-tag": "noindex" }

export function sendTrackPage(reply: FastifyReply, { language }: Speech, content: Html, status = 200) {
  reply.code(status).header("vary", "accept-language")
  return sendChangedPage(
    reply,
    `track.${language}.html`,
    (page) => page.replace("[[content]]", () => content.text),
    headers,
  )
}

/** What a script shows when the form could not be sent: the page, and what was written, stay. */
export const drawFailure = (t: Speech["t"]): Html =>
  html`<p role="alert" class="problem" data-failure hidden>${t("trackPage.failure")}</p>`

/** In place of what a link opened, once it no longer does. */
export function sendLinkOver(reply: FastifyReply, speech: Speech) {
  const { language, t } = speech
  const drawn = html`<section>
    <h2 tabindex="-1">${t("trackPage.over")}</h2>
    <p>${t("trackPage.overText")}</p>
    <p><a href="/track?lang=${language}">${t("trackPage.another")}</a></p>
  </section>`
  return sendTrackPage(reply, speech, drawn, 404)
}
