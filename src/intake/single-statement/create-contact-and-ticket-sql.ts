// The parts of the statement that make contact and ticket for messages of people whom nobody knows.
import type { Param } from "#kernel/db.ts"
import { rowsSql } from "#kernel/database/rows-sql.ts"
import { contactRecord, insertContactsSql, toContactRecords } from "#contacts/index.ts"
import { eventRecord, toEventRecord } from "#event-log/index.ts"
import { insertTicketsSql, ticketRecord } from "#tickets/index.ts"
import { toNewTicket } from "../to-new-ticket.ts"
import type { PlannedMessage } from "../plan-batch-from-snapshot.ts"
import { eventsOf } from "../events-of-planned-message.ts"

/** A first message that is the statement's `n`th. */
export type FirstMessage = { n: number; first: PlannedMessage }

const newcomerRecord = `n int, "ticketId" text, "connectionKind" text, "connectionTeams" text[], ${contactRecord}`

/** `newcomers`, who must be unknown on a connection that is as thought, and the tickets `created` for those whose address nobody else takes. */
export function createParts(p: Param, now: string, firsts: readonly FirstMessage[]): string {
  const newcomers = firsts.map(({ n, first: { connection, thread, planned } }) => {
    const [contact] = toContactRecords(thread.newcomer!)
    return {
      n,
      ticketId: planned.ticketId,
      connectionKind: connection.kind,
      connectionTeams: connection.teamIds,
      ...contact,
    }
  })
  const tickets = firsts.map(({ first }) => toNewTicket([first]))
  return `newcomers as materialized (select r.* from ${rowsSql(p, newcomers, newcomerRecord)} join lookup s on s.n = r.n
      where s.contact_id is null and s.known is null and s.enabled
        and s.connection_kind = r."connectionKind" and s.team_ids = r."connectionTeams"),
    ${insertContactsSql(now)},
    created as (${insertTicketsSql(
      now,
      `(select r.* from ${rowsSql(p, tickets, ticketRecord)} join newcomers w on w."ticketId" = r.id
        join new_identities i on i.contact_id = w.contact_id) r`,
    )} returning *)`
}

/** Where the messages of newcomers are written. */
export const createdPlaces = `select w.n, t.contact_id as "contactId", w.id as "identityId", t.id as "ticketId",
    (t.created_at at time zone 'UTC')::date as day
  from newcomers w join created t on t.id = w."ticketId"`

/** What is recorded of them. */
export function createdEvents(p: Param, firsts: readonly FirstMessage[]): string {
  const events = firsts.flatMap(({ n, first }) =>
    eventsOf(first).map((event, place) => ({ n, place, ...toEventRecord(event) })),
  )
  return `select r.n, r.place, r.kind, r.ticket_id, t.team_id, t.assignee_id, r.subject_id, r.actor_kind, r.actor_id, r.data, r.why
    from ${rowsSql(p, events, `n int, place int, ${eventRecord}`)} join created t on t.id = r.ticket_id`
}
