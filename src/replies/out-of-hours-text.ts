// What a customer reads who writes while nobody works: the connection's own text, once in each cycle of the conversation.
import { sql } from "kysely"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { openCalendars } from "#calendars/index.ts"
import { connectionById } from "#connections/index.ts"
import type { ReactionPayload } from "#event-log/index.ts"
import { lockTicket } from "#tickets/index.ts"
import { postIfAllowed } from "./send-greeting-and-farewell.ts"

const which = "outOfHoursText"

export const outOfHoursTextJob = (kit: Kit): Job => ({
  name: "send-out-of-hours-text",
  run: (payload) => sendOutOfHoursText(kit, payload as ReactionPayload),
  worthwhile: async (tx, payloads) => {
    const outOfHours = await messagesOutOfHours(
      tx,
      payloads.map(({ eventId }) => Number(eventId)),
      kit.now(),
    )
    return payloads.filter(({ eventId }) => outOfHours.has(Number(eventId)))
  },
})

/** Of these events, the messages of customers to a connection that is closed now and says so. */
async function messagesOutOfHours(tx: Act["tx"], eventIds: number[], now: Date): Promise<Set<number>> {
  // Where no connection has such a text nothing is read of the messages.
  const { rows } = await sql<{ id: number; calendarId: string }>`
    select e.id, n.calendar_id from events e join tickets t on t.id = e.ticket_id join connections n on n.id = t.connection_id
    where exists (select from connections where calendar_id is not null and out_of_hours_text <> '')
      and e.id = any(${eventIds}::bigint[]) and e.data ->> 'direction' = 'in'
      and n.calendar_id is not null and n.out_of_hours_text <> ''`.execute(tx)
  const open = await openCalendars(
    tx,
    rows.map(({ calendarId }) => calendarId),
    now,
  )
  return new Set(rows.filter(({ calendarId }) => !open.has(calendarId)).map(({ id }) => id))
}

/** Groups get none; nor does who wrote to a ticket that is over. */
async function sendOutOfHoursText(kit: Kit, { ticketId, eventId, depth }: ReactionPayload): Promise<void> {
  if (ticketId === null) return
  const cause = { eventId, depth }
  await inTransaction(kit.db, { actor: system, now: kit.now(), cause }, async (act) => {
    const ticket = await lockTicket(act, ticketId)
    if (ticket.kind !== "conversation" || ticket.isGroup || !ticket.active || ticket.connectionId === null) return
    const connection = await connectionById(act.tx, ticket.connectionId)
    if (!connection?.outOfHoursText || connection.calendarId === null) return
    const open = await openCalendars(act.tx, [connection.calendarId], act.now)
    if (open.size > 0 || (await saidInThisCycle(act, ticketId))) return
    await postIfAllowed(act, ticket, { connection, text: connection.outOfHoursText, which })
  })
}

// Under the ticket's lock: of two messages, or two servers that do the same job, the second sees what the first has recorded.
async function saidInThisCycle(act: Act, ticketId: string): Promise<boolean> {
  const { rows } = await sql`select from events e where e.ticket_id = ${ticketId} and e.kind = 'message.posted'
    and e.data ->> 'fixed' = ${which} and e.id > coalesce(
      (select max(r.id) from events r where r.ticket_id = ${ticketId} and r.kind = 'ticket.reopened'), 0) limit 1`.execute(
    act.tx,
  )
  return rows.length > 0
}
