// Some messages turn out to be another problem: they start a ticket of their own, with their authors and times.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { invalidField, notFound, Refusal } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { record } from "#event-log/index.ts"
import { moveMessages } from "#messages/index.ts"
import { refuseMerged } from "../lifecycle/transition.ts"
import { insertTickets } from "../insert-tickets.ts"
import { mergeableKinds } from "../lifecycle/lifecycle-table.ts"
import { link } from "../links/links.ts"
import { firstAnswerAt } from "./merge-records.ts"
import { saveUnread } from "../ticket-store.ts"
import { type TicketRow } from "../ticket-row.ts"
import { recountMessages } from "../message-effects-on-ticket.ts"
import { recountWaiting } from "../lifecycle/waiting-since.ts"

/**
 * Splits messages off a locked ticket and returns the new ticket's id. It is of the same contact, connection, agent and
 * team, so that replies go out; it has no thread of its own, so that what comes in goes on where it did. Merging it back
 * undoes it. Refuses: messages that are not the ticket's (404); leaving it without any (400); kinds that do not split.
 */
export async function split(act: Act, ticket: TicketRow, chosen: string[], subject: string): Promise<string> {
  refuseMerged(ticket)
  if (!mergeableKinds.includes(ticket.kind))
    throw new Refusal("conflict", "not_splittable", `A ticket of the kind ${ticket.kind} cannot be split`)
  const ids = [...new Set(chosen)]
  const unread = await weigh(act, ticket, ids)
  const id = await openBeside(act, ticket, subject, unread)
  await moveMessages(act, { ids, from: ticket.id, to: id })
  await recountMessages(act, [ticket.id, id])
  await saveUnread(act, ticket.id, ticket.unreadMessages - unread)
  await sql`update tickets set first_response_at = ${await firstAnswerAt(act, id)} where id = ${id}`.execute(act.tx)
  await recountWaiting(act, [ticket.id, id])
  const messages = ids.length
  await link(act, { from: ticket.id, to: id, type: "split" })
  await record(act, "ticket.split_off", { ticketId: id, data: { source: ticket.id, messages } })
  await record(act, "ticket.split", { ticketId: ticket.id, data: { target: id, messages } })
  return id
}

/** Refuses what cannot be chosen; says how many of the chosen are unread: those are the newest that came in. */
async function weigh(act: Act, ticket: TicketRow, ids: string[]): Promise<number> {
  const { rows } = await sql<{ known: number; left: number; unread: number }>`
    with unread as (
      select id from messages where ticket_id = ${ticket.id} and direction = 'in' and kind = 'message' and not is_internal
      order by position desc limit ${ticket.unreadMessages})
    select count(*) filter (where id = any(${ids})) as known, count(*) filter (where id <> all(${ids})) as left,
      count(*) filter (where id = any(${ids}) and id in (select id from unread)) as unread
    from messages where ticket_id = ${ticket.id}`.execute(act.tx)
  const { known, left, unread } = rows[0]!
  if (known < ids.length) throw notFound("message")
  if (left === 0) throw invalidField("messageIds", "must leave the ticket at least one message")
  return unread
}

async function openBeside(act: Act, ticket: TicketRow, subject: string, unreadMessages: number): Promise<string> {
  const { contactId, connectionId, isGroup, assigneeId, teamId } = ticket
  const id = newId("tkt")
  const { channel, priority } = await act.tx
    .selectFrom("tickets")
    .select(["channel", "priority"])
    .where("id", "=", ticket.id)
    .executeTakeFirstOrThrow()
  const copied = { channel, priority, contactId, connectionId, isGroup, assigneeId, teamId }
  await insertTickets(act, [{ id, kind: "support", status: "open", ...copied, subject, unread: unreadMessages }])
  await record(act, "ticket.created", { ticketId: id })
  return id
}
