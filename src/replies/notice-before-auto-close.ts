// That a resolved ticket is about to close by itself is said to its customer, by a channel that can carry it: outside the reply
// window no template says it.
import { sql } from "kysely"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { queueMail } from "#kernel/mail/mail-queue.ts"
import type { ReactionPayload } from "#event-log/index.ts"
import { readSetting } from "#settings/index.ts"
import { type Language, locales } from "#texts/languages-and-text-ids.ts"
import { formatText } from "#texts/format-text.ts"
import { customerEmailSubject, customerPageUrl, lockTicket } from "#tickets/index.ts"
import { postAutomaticText, saidBefore } from "./send-greeting-and-farewell.ts"
import { customerWay } from "./way-to-write-to-customer.ts"

export const closingNoticeJob = (kit: Kit, publicUrl: string): Job => ({
  name: "send-closing-notice",
  run: (payload) => sendClosingNotice(kit, publicUrl, payload as ReactionPayload),
})

async function sendClosingNotice(kit: Kit, publicUrl: string, { eventId, depth, ticketId }: ReactionPayload) {
  if (ticketId === null) return
  await inTransaction(kit.db, { actor: system, now: kit.now(), cause: { eventId, depth } }, async (act) => {
    const ticket = await lockTicket(act, ticketId)
    const closesAt = await announcedClosing(act, eventId)
    if (closesAt === null) return
    const way = await customerWay(act, ticket)
    if (typeof way === "string" || way.by === "template") return
    const { number } = ticket
    const when = await instantText(act, way.language, closesAt)
    const text = formatText(way.language, "notice.closing", { number, when })
    if (way.by === "mail") {
      const link = customerPageUrl(publicUrl, number, way)
      const withLink = (id: "mail.update.link" | "mail.update.answerable") =>
        `${text}\n\n${formatText(way.language, id, { link })}`
      const mail = { subject: customerEmailSubject(way.language, ticket, way), topic: ticketId }
      await queueMail(act, kit.secrets, {
        to: way.email,
        text: withLink("mail.update.link"),
        ...(way.isQuotable && { answerableText: withLink("mail.update.answerable") }),
        once: `closing_${eventId}`,
        ...mail,
      })
    } else if (!(await saidBefore(act, way.ticketId, eventId, "closing")))
      await postAutomaticText(act, way.ticketId, { connection: way.connection, to: way.to, text, which: "closing" })
  })
}

/** When the ticket is to close, by this announcement; null once it came back, was closed, or was announced anew. */
async function announcedClosing(act: Act, eventId: number): Promise<Date | null> {
  const { rows } = await sql<{ closesAt: string }>`
    select e.data ->> 'closesAt' as closes_at from events e join tickets t on t.id = e.ticket_id
    where e.id = ${eventId} and t.status = 'resolved' and t.closing_announced_at = e.at
      and greatest(t.resolved_at, t.quiet_since) < e.at`.execute(act.tx)
  return rows[0] ? new Date(rows[0].closesAt) : null
}

async function instantText(act: Act, language: Language, at: Date): Promise<string> {
  const timeZone = await readSetting(act, "timezone")
  return new Intl.DateTimeFormat(locales[language], { dateStyle: "full", timeStyle: "short", timeZone }).format(at)
}
