// "Create ticket" in the chat: the visitor gets a number at once.
import { existingConnection } from "#connections/index.ts"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { queueMail } from "#kernel/mail/mail-queue.ts"
import { clientAddress, createThrottle, foldedEmail, isLeft } from "#people/index.ts"
import { readSetting } from "#settings/index.ts"
import { formatText } from "#texts/format-text.ts"
import { acceptedLanguage, type Language } from "#texts/languages-and-text-ids.ts"
import { customerPageUrl, openTicketFromChat } from "#tickets/index.ts"
import { type ChatTicket, chatTicket, chatTicketIn } from "../api-contract.ts"
import { allowSites, authenticateVisitor, chatParams, identityOfVisitor } from "./visitor-authentication.ts"

const summary = "Open a ticket from the chat, to be followed by its number and an e-mail"

export function chatTicketRoute(app: Server, kit: Kit & { publicUrl: string }) {
  const perAddress = createThrottle(kit.db, "chat_ticket_address", { points: 20, seconds: 3_600 })
  const perVisitor = createThrottle(kit.db, "chat_ticket_visitor", { points: 5, seconds: 3_600 })
  // An address that somebody typed proves nothing: its owner is not flooded.
  const perEmail = createThrottle(kit.db, "chat_ticket_email", { points: 1, seconds: 3_600 })
  app.post(
    "/chat/:id/tickets",
    {
      config: { access: "public" as const },
      onRequest: allowSites(kit),
      schema: { tags: ["Chat"], summary, params: chatParams, body: chatTicketIn, response: { 201: chatTicket } },
    },
    async (request, reply) => {
      const { params, body, headers } = request
      await perAddress.spend(clientAddress(request.ip))
      const visitorId = await authenticateVisitor(kit, request)
      await perVisitor.spend(visitorId)
      const isMailed = await isLeft(perEmail, foldedEmail(body.email))
      const opening = runRequest(kit, request, reply, 201, async (act) => {
        if (!(await existingConnection(act.tx, params.id)).enabled) throw new Refusal("conflict", "connection_disabled")
        const { fileIds, ...words } = body
        const visitor = { identity: identityOfVisitor(params.id, visitorId), connectionId: params.id }
        const files = { ids: fileIds ?? [], by: { visitorId } }
        const { number } = await openTicketFromChat(act, visitor, { ...words, files })
        const opened = { number, trackUrl: customerPageUrl(kit.publicUrl, number, { isGiven: true }) }
        if (isMailed) await mailNumber(act, kit, body.email, opened, acceptedLanguage(headers["accept-language"]))
        return opened
      })
      try {
        return await opening
      } catch (error) {
        // Nothing was mailed: the next try may.
        if (isMailed) await perEmail.forgive(foldedEmail(body.email))
        throw error
      }
    },
  )
}

/** The number and nothing that the visitor wrote: whose address it is nobody knows yet. */
async function mailNumber(
  act: Act,
  { secrets }: Kit,
  to: string,
  { number, trackUrl: link }: ChatTicket,
  language: Language,
) {
  if (!(await readSetting(act, "support.mailCustomers"))) return
  const subject = formatText(language, "mail.opened.subject", { number })
  const text = formatText(language, "mail.opened.text", { number, link })
  await queueMail(act, secrets, { to, subject, text, mayLeaveByMailbox: true })
}
