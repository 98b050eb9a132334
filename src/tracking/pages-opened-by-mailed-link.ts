// What a mailed link opens: its ticket's public messages and files as they were exchanged with that address, and a box to answer.
import { z } from "zod"
import { inTransaction, system } from "#kernel/act.ts"
import { parseHtmlForms } from "#kernel/http/parse-html-forms.ts"
import type { Server } from "#kernel/http/server.ts"
import { tokenHash } from "#kernel/secrets.ts"
import { sendFile } from "#files/index.ts"
import { refuseForeignPage } from "#people/index.ts"
import { mayReadFile } from "#tickets/index.ts"
import { drawLinkedTicket } from "./draw-linked-ticket.ts"
import { html, type Html } from "#kernel/http/html-template.ts"
import { isLinkOpen, linkMinutes } from "./link-store.ts"
import { drawFailure, sendLinkOver, sendTrackPage, type Speech, speechOf } from "./send-page.ts"
import type { Tracking } from "./throttled-find-and-mail-link.ts"
import { writeByLinkRoute } from "./write-by-link-route.ts"
import { type LinkKit, linkCookie, openByLink, sessionOfRequest } from "./session-of-link.ts"

const config = { access: "public" } as const
const schema = { hide: true }
const tokenSchema = { hide: true, params: z.object({ token: z.string().max(200) }) }

export function linkedTicketPages(app: Server, kit: LinkKit, tracking: Tracking) {
  app.get("/track/open/:token", { config, schema: tokenSchema }, async (request, reply) => {
    const speech = speechOf(request)
    const { token } = request.params
    const isOpen = await isLinkOpen(kit.db.kysely, tokenHash(token), kit.now())
    return isOpen ? sendTrackPage(reply, speech, drawOpenButton(speech, token)) : sendLinkOver(reply, speech)
  })
  app.get("/track/ticket", { config, schema }, async (request, reply) => {
    const speech = speechOf(request)
    const session = await sessionOfRequest(kit, request)
    if (!session) return sendLinkOver(reply, speech)
    const { wentTo } = request.query as { wentTo?: unknown }
    const number = /^TKT-\d{5,9}$/.exec(String(wentTo))?.[0]
    const notice = number === undefined ? html`` : drawFollowUp(speech, number)
    return sendTrackPage(reply, speech, html`${notice} ${await drawLinkedTicket(kit, session, speech)}`)
  })
  const fileSchema = { hide: true, params: z.object({ id: z.string().max(100) }) }
  app.get("/track/files/:id", { config, schema: fileSchema }, async (request, reply) => {
    const session = await sessionOfRequest(kit, request)
    return sendFile(
      kit,
      reply,
      request.params.id,
      async (file) => session !== null && mayReadFile(kit, session.viewer, file),
    )
  })
  app.register(async (forms) => openRoute(forms as unknown as Server, kit, tracking))
  app.register(async (forms) => writeByLinkRoute(forms as unknown as Server, kit, tracking))
}

function openRoute(app: Server, kit: LinkKit, { limits }: Tracking) {
  parseHtmlForms(app)
  app.post("/track/open/:token", { config, schema: tokenSchema }, async (request, reply) => {
    refuseForeignPage(request.headers, kit.publicUrl)
    const speech = speechOf(request)
    await limits.spendUse(request.ip)
    const secret = await inTransaction(kit.db, { actor: system, now: kit.now() }, (act) =>
      openByLink(act, request.params.token),
    )
    if (secret === null) return sendLinkOver(reply, speech)
    const secure = kit.publicUrl.startsWith("https:")
    reply.setCookie(linkCookie, secret, {
      path: "/track",
      httpOnly: true,
      sameSite: "lax",
      secure,
      maxAge: linkMinutes * 60,
    })
    return reply.redirect(`/track/ticket?lang=${speech.language}`, 303)
  })
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
