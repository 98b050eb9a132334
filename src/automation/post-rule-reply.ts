// What a rule says to a customer: by the ticket's own channel or by mail, under the same conditions as every automatic text, and once
// in each cycle of the ticket, or two machines would answer each other for ever.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { channels } from "#channels/index.ts"
import { connectionById } from "#connections/index.ts"
import { anyIsBlocked } from "#contacts/index.ts"
import { record } from "#event-log/index.ts"
import { textWithMarks } from "#markdown/index.ts"
import { type Counterpart, insertMessage, replyRecipient } from "#messages/index.ts"
import { automaticMessage, canReach, postAutomaticText, replyMode } from "#replies/index.ts"
import { applyMessageEffect, type TicketRow } from "#tickets/index.ts"

type RuleReplyRefusal =
  | "group"
  | "ended"
  | "blocked"
  | "opted_out"
  | "unreachable"
  | "window_closed"
  | "content_too_long"

type RuleReply = { ruleId: string; text: string }

/** Sends it on a locked ticket, or says why not; null too where it was said before. */
export async function postRuleReply(act: Act, ticket: TicketRow, reply: RuleReply): Promise<RuleReplyRefusal | null> {
  if (ticket.isGroup) return "group"
  if (!ticket.active) return "ended"
  if (await saidInThisCycle(act, ticket.id, reply.ruleId)) return null
  const to = await replyRecipient(act.tx, ticket)
  if (await anyIsBlocked(act.tx, [ticket.contactId, to.contactId])) return "blocked"
  if (ticket.connectionId === null) return mailIt(act, ticket, to, reply)
  const connection = await connectionById(act.tx, ticket.connectionId)
  if (!connection?.enabled || connection.deletedAt || to.identityId === null) return "unreachable"
  const line = { connectionId: connection.id, identityId: to.identityId }
  const { mode, refusesMarketing, longestText } = await replyMode(act.tx, line, connection, act.now)
  if (mode === "none") return "unreachable"
  if (mode === "template") return "window_closed"
  if (refusesMarketing) return "opted_out"
  const { marks } = channels[connection.kind]!
  if (textWithMarks(reply.text, marks).length > (longestText ?? Infinity)) return "content_too_long"
  await postAutomaticText(act, ticket.id, { connection, to, text: reply.text, which: whichOf(reply.ruleId) })
  return null
}

/** On a ticket without a connection a public message is mailed, as the customer's e-mails are. */
async function mailIt(act: Act, ticket: TicketRow, to: Counterpart, { ruleId, text }: RuleReply) {
  if ((await canReach(act.tx, ticket, to)) !== "yes") return "unreachable"
  const message = await insertMessage(act, ticket.id, { ...automaticMessage(act, null, text), ...to })
  await applyMessageEffect(act, ticket.id, { unread: "keep", touches: false, answers: false })
  const data = { fixed: whichOf(ruleId), contactId: to.contactId }
  await record(act, "message.posted", { ticketId: ticket.id, subjectId: message.id, data })
  return null
}

const whichOf = (ruleId: string) => `rule ${ruleId}` as const

async function saidInThisCycle(act: Act, ticketId: string, ruleId: string): Promise<boolean> {
  const { rows } = await sql`select from events e where e.ticket_id = ${ticketId} and e.kind = 'message.posted'
    and e.data ->> 'fixed' = ${whichOf(ruleId)} and e.id > coalesce(
      (select max(r.id) from events r where r.ticket_id = ${ticketId} and r.kind = 'ticket.reopened'), 0) limit 1`.execute(
    act.tx,
  )
  return rows.length > 0
}
