// What a mailed link opens: its ticket's public messages and files as they were exchanged with that address, and a box to answer.
import type { FastifyReply, FastifyRequest } from "fastify"
import { z } from "zod"
import { inTransaction, system } from "#kernel/act.ts"
import { newSecret } from "#kernel/ids.ts"
import type { Kit } from "#kernel/kit.ts"
import { parseHtmlForms } from "#kernel/http/parse-html-forms.ts"
import type { Server } from "#kernel/http/server.ts"
import { tokenHash } from "#kernel/secrets.ts"
import { sendFile } from "#files/index.ts"
import { refuseForeignPage } from "#people/index.ts"
import { mayReadFile } from "#tickets/index.ts"
import { drawLinkedTicket } from "./draw-linked-ticket.ts"
import { html, type Html } from "#kernel/http/html-template.ts"
import { isLinkOpen, linkMinutes } from "./link-store.ts"
import { drawFailure, sendTrackPage, type Speech, speechOf } from "./send-page.ts"
import type { Tracking } from "./track.ts"
import { openByLink, type Session, sessionOf, type TicketSurvey, writeByLink } from "./session-of-link.ts"

const config = { access: "public" } as const
const schema = { hide: true }
const tokenSchema = { hide: true, params: z.object({ token: z.string().max(200) }) }
const cookieName = "hilo_ticket"

type Pages = Kit & { publicUrl: string; survey: TicketSurvey }

export function linkedTicketPages(app: Server, kit: Pages, tracking: Tracking) {
  app.get("/track/open/:token", { config, schema: tokenSchema }, async (request, reply) => {
    const speech = speechOf(request)
    const { token } = request.params
    const isOpen = await isLinkOpen(kit.db.kysely, tokenHash(token), kit.now())
    return isOpen ? sendTrackPage(reply, speech, drawOpenButton(speech, token)) : sendOver(reply, speech)
  })
  app.get("/track/ticket", { config, schema }, async (request, reply) => {
    const speech = speechOf(request)
    const session = await sessionIn(kit, request)
    if (!session) return sendOver(reply, speech)
    const { wentTo } = request.query as { wentTo?: unknown }
    const number = /^TKT-\d{5,9}$/.exec(String(wentTo))?.[0]
    const notice = number === undefined ? html`` : drawFollowUp(speech, number)
    const drawn = await drawLinkedTicket(kit, session, speech, newSecret("frm_", 12))
    return sendTrackPage(reply, speech, html`${notice} ${drawn}`)
  })
  const fileSchema = { hide: true, params: z.object({ id: z.string().max(100) }) }
  app.get("/track/files/:id", { config, schema: fileSchema }, async (request, reply) => {
    const session = await sessionIn(kit, request)
    return sendFile(
      kit,
      reply,
      request.params.id,
      async (file) => session !== null && mayReadFile(kit, session.viewer, file),
    )
  })
  app.register(async (forms) => formRoutes(forms as unknown as Server, kit, tracking))
}

function formRoutes(app: Server, kit: Pages, { limits }: Tracking) {
  parseHtmlForms(app)
  app.post("/track/open/:token", { config, schema: tokenSchema }, async (request, reply) => {
    refuseForeignPage(request.headers, kit.publicUrl)
    const speech = speechOf(request)
    await limits.spendUse(request.ip)
    const secret = await inTransaction(kit.db, { actor: system, now: kit.now() }, (act) =>
      openByLink(act, request.params.token),
    )
    if (secret === null) return sendOver(reply, speech)
    const secure = kit.publicUrl.startsWith("https:")
    reply.setCookie(cookieName, secret, {
      path: "/track",
      httpOnly: true,
      sameSite: "lax",
      secure,
      maxAge: linkMinutes * 60,
    })
    return reply.redirect(`/track/ticket?lang=${speech.language}`, 303)
  })
  app.post("/track/ticket", { config, schema }, async (request, reply) => {
    refuseForeignPage(request.headers, kit.publicUrl)
    const speech = speechOf(request)
    const session = await sessionIn(kit, request)
    if (!session) return sendOver(reply, speech)
    await limits.spendForm(session.viewer.identityId)
    const other = await writeByLink(kit, session, request.body)
    return reply.redirect(`/track/ticket?lang=${speech.language}${other === null ? "" : `&wentTo=${other}`}`, 303)
  })
}

async function sessionIn(kit: Kit, { cookies }: FastifyRequest): Promise<Session | null> {
  const secret = cookies[cookieName]
  return secret === undefined ? null : sessionOf(kit, secret)
}

// The button uses the link up, never the address: scanners of mails open addresses.
const drawOpenButton = ({ language, t }: Speech, token: string): Html =>
  html`<form method="post" action="/track/open/${token}?lang=${language}">
    <p class="intro">${t("trackPage.openText", { minutes: linkMinutes })}</p>
    ${drawFailure(t)}
    <button>${t("trackPage.open")}</button>
  </form>`

/** What came too late for this ticket goes on in another one, which is tracked likewise. */
const drawFollowUp = ({ language, t }: Speech, number: string): Html =>
  html`<p role="status" tabindex="-1">
    ${t("trackPage.followUp", { number })}
    <a href="/track?number=${number}&amp;lang=${language}">${t("trackPage.go")}</a>
  </p>`

function sendOver(reply: FastifyReply, speech: Speech) {
  const { language, t } = speech
  const drawn = html`<section>
    <h2 tabindex="-1">${t("trackPage.over")}</h2>
    <p>${t("trackPage.overText")}</p>
    <p><a href="/track?lang=${language}">${t("trackPage.another")}</a></p>
  </section>`
  return sendTrackPage(reply, speech, drawn, 404)
}
