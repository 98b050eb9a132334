// What a rule says to a customer: by the ticket's own channel or by mail, under the same conditions as every automatic text, and once
// in each cycle of the ticket, or two machines would answer each other for ever. A rule that also ends the ticket begins a cycle with
// every answer: so rules write to an address only so often in an hour.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { channels } from "#channels/index.ts"
import { connectionById } from "#connections/index.ts"
import { anyIsBlocked } from "#contacts/index.ts"
import { record } from "#event-log/index.ts"
import { textWithMarks } from "#markdown/index.ts"
import { type Counterpart, insertMessage, replyRecipient } from "#messages/index.ts"
import { type AutomaticMailRefusal, automaticMessage, canReach, postAutomaticText, replyMode } from "#replies/index.ts"
import { applyMessageEffect, type TicketRow } from "#tickets/index.ts"

type RuleReplyRefusal =
  | "group"
  | "ended"
  | "blocked"
  | "opted_out"
  | "unreachable"
  | "window_closed"
  | "content_too_long"
  | "too_often"
  | AutomaticMailRefusal

const mostAnHour = 10
/** To an address that a visitor of a chat typed: its owner may know nothing of it. */
const mostToUnproved = 1

type RuleReply = { ruleId: string; text: string }

/** Sends it on a locked ticket, or says why not; null too where it was said before. */
export async function postRuleReply(act: Act, ticket: TicketRow, reply: RuleReply): Promise<RuleReplyRefusal | null> {
  if (ticket.isGroup) return "group"
  if (!ticket.active) return "ended"
  if (await saidInThisCycle(act, ticket.id, reply.ruleId)) return null
  const to = await replyRecipient(act.tx, ticket)
  if (await anyIsBlocked(act.tx, [ticket.contactId, to.contactId])) return "blocked"
  if (await isWrittenToOften(act, ticket.id, to)) return "too_often"
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
  return postAutomaticText(act, ticket.id, { connection, to, text: reply.text, which: whichOf(reply.ruleId) })
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

/** By all rules together, on other tickets too where it is the same address. */
async function isWrittenToOften(act: Act, ticketId: string, { identityId }: Counterpart): Promise<boolean> {
  const theirs = identityId === null ? ofSameRequester(act, ticketId) : sql`m.identity_id = ${identityId}`
  const { rows } = await sql<{ n: number; isOnlySaid: boolean | null }>`
    select count(*)::int as n, (select i.proof = 'visitor' from tickets t join contact_identities i on i.id = t.requester_identity_id
        where t.id = ${ticketId}) as is_only_said
    from (select m.id, m.ticket_id, m.origin_ticket_id from messages m where ${theirs} and m.direction = 'out' and m.sender_kind = 'bot'
        and m.sent_at > ${anHourBefore(act)} order by m.sent_at desc limit 100) m
    where exists (select from events e where e.ticket_id = coalesce(m.origin_ticket_id, m.ticket_id) and e.subject_id = m.id
      and e.kind = 'message.posted' and starts_with(e.data ->> 'fixed', 'rule '))`.execute(act.tx)
  const { n, isOnlySaid } = rows[0]!
  return n >= (isOnlySaid ? mostToUnproved : mostAnHour)
}

const ofSameRequester = (act: Act, ticketId: string) => sql`m.ticket_id = any(array(select ${ticketId}::text union
  select o.id from tickets t join contact_identities r on r.id = t.requester_identity_id and r.kind = 'email'
    join contact_identities i on i.kind = 'email' and i.value = r.value join tickets o on o.requester_identity_id = i.id
  where t.id = ${ticketId} and o.last_message_at > ${anHourBefore(act)}))`

const anHourBefore = ({ now }: Act) => sql`${now}::timestamptz - interval '1 hour'`
