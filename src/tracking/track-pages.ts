// /track, "Track your support ticket": a form and its answer, with and without scripts.
import type { FastifyReply, FastifyRequest } from "fastify"
import { Refusal } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import { parseHtmlForms } from "#kernel/http/parse-html-forms.ts"
import type { Server } from "#kernel/http/server.ts"
import { readSetting } from "#settings/index.ts"
import type { TextId } from "#texts/languages-and-text-ids.ts"
import { type TrackBody, trackBody } from "./api-contract.ts"
import { drawStory } from "./draw-ticket-progress.ts"
import { html, type Html } from "#kernel/http/html-template.ts"
import { linkMinutes } from "./link-store.ts"
import { drawFailure, sendTrackPage, type Speech, speechOf } from "./send-page.ts"
import type { Tracking } from "./throttled-find-and-mail-link.ts"

const config = { access: "public" } as const
const schema = { hide: true }

type FormFields = { number: string; email: string }

export function trackPages(app: Server, kit: Kit, tracking: Tracking) {
  app.get("/track", { config, schema }, (request, reply) => {
    const { number = "" } = request.query as { number?: unknown }
    const speech = speechOf(request)
    return sendTrackPage(reply, speech, drawForm(speech, { number: String(number).slice(0, 64), email: "" }))
  })
  // Where a browser without scripts stands after it has asked for one.
  app.get("/track/link", { config, schema }, (request, reply) =>
    reply.redirect(`/track?lang=${speechOf(request).language}`),
  )
  app.register(async (forms) => formRoutes(forms as unknown as Server, kit, tracking))
}

function formRoutes(app: Server, kit: Kit, tracking: Tracking) {
  parseHtmlForms(app)
  app.post("/track", { config, schema }, async (request, reply) => {
    const [speech, given] = [speechOf(request), givenIn(request)]
    return orAgain(reply, speech, given, async (asked) => {
      const story = await tracking.find(request.ip, asked)
      const drawn = drawStory(story, speech, await readSetting(kit.db, "timezone"))
      return html`${drawn} ${drawAskForLink(speech, asked)} ${drawAnother(speech)}`
    })
  })
  app.post("/track/link", { config, schema }, async (request, reply) => {
    const [speech, given] = [speechOf(request), givenIn(request)]
    return orAgain(reply, speech, given, async (asked) => {
      await tracking.mailLink(request.ip, asked)
      reply.code(202)
      return html`<section>
          <h2 tabindex="-1">${speech.t("trackPage.mailed")}</h2>
          <p>${speech.t("trackPage.mailedText", { minutes: linkMinutes })}</p>
        </section>
        ${drawAnother(speech)}`
    })
  })
}

/** The page, or the form once more with what was given and what is wrong. */
async function orAgain(
  reply: FastifyReply,
  speech: Speech,
  given: FormFields,
  draw: (asked: TrackBody) => Promise<Html>,
) {
  const asked = trackBody.safeParse(given)
  if (!asked.success) return sendTrackPage(reply, speech, drawForm(speech, given, "trackPage.missing"), 400)
  try {
    const drawn = await draw(asked.data)
    return await sendTrackPage(reply, speech, drawn, reply.statusCode)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.kind === "too_many") {
      reply.header("retry-after", String(error.extra.retryAfterSeconds ?? 60))
      // Who holds the mailbox gets in whatever strangers guess.
      const drawn = html`${drawForm(speech, given, "trackPage.tooMany")} ${drawAskForLink(speech, asked.data)}`
      return sendTrackPage(reply, speech, drawn, 429)
    }
    if (error.kind === "not_found") return sendTrackPage(reply, speech, drawForm(speech, given, "trackPage.miss"), 404)
    throw error
  }
}

function givenIn({ body }: FastifyRequest): FormFields {
  const { number = "", email = "" } = (body ?? {}) as Partial<FormFields>
  return { number: number.trim(), email: email.trim() }
}

function drawForm({ language, t }: Speech, { number, email }: FormFields, problem?: TextId): Html {
  return html`<form method="post" action="/track?lang=${language}" novalidate data-in-place>
    <p class="intro">${t("trackPage.intro")}</p>
    ${problem !== undefined && html`<p role="alert" class="problem" id="problem" tabindex="-1">${t(problem)}</p>`}
    <label for="number">${t("trackPage.number")}</label>
    <input
      id="number"
      name="number"
      value="${number}"
      required
      maxlength="64"
      autocomplete="off"
      placeholder="TKT-00042"
      dir="auto"
      ${problem !== undefined && html`aria-describedby="problem"`}
    />
    <label for="email">${t("trackPage.email")}</label>
    <input
      id="email"
      name="email"
      type="email"
      value="${email}"
      required
      maxlength="320"
      autocomplete="email"
      ${problem !== undefined && html`aria-describedby="problem"`}
    />
    ${drawFailure(t)}
    <button>${t("trackPage.go")}</button>
  </form>`
}

const drawAskForLink = ({ language, t }: Speech, { number, email }: TrackBody): Html =>
  html`<form method="post" action="/track/link?lang=${language}" data-in-place>
    <h3>${t("trackPage.more")}</h3>
    <p>${t("trackPage.moreText", { minutes: linkMinutes })}</p>
    <input type="hidden" name="number" value="${number}" />
    <input type="hidden" name="email" value="${email}" />
    ${drawFailure(t)}
    <button>${t("trackPage.mailLink")}</button>
  </form>`

const drawAnother = ({ language, t }: Speech): Html =>
  html`<p><a href="/track?lang=${language}">${t("trackPage.another")}</a></p>`
