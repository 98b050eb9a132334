// Which messages nobody has answered: of the customer the first since our last reply, of ours the last while the customer says nothing.
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import { takenBackOrForwardedSql } from "#messages/index.ts"
import { factColumns, type FactRow } from "./read-rule-facts.ts"

export type WaitingMessage = FactRow & { number: string; messageId: string; arrivedAt: Date }

/** What people said to each other, of messages `m`. Word for word as the index `messages_by_arrival` has it. */
export const saidByPeople = "m.kind = 'message' and not m.is_internal and m.sender_kind in ('contact', 'user')"

const isCustomers = (x: string) => `${x}.kind = 'message' and ${x}.direction = 'in' and ${x}.sender_kind = 'contact'`
/** The text that staff open a ticket with was received, not sent, and some replies reach nobody, or not the customer: they answer nobody. */
const isReply = (x: string) =>
  `${x}.kind = 'message' and ${x}.direction = 'out' and ${x}.sender_kind = 'user' and not ${x}.is_internal and ${x}.delivery_state not in ('received', 'unreachable')
    and not ${takenBackOrForwardedSql(x)}`
const isEither = (x: string) => `(${isCustomers(x)} or ${isReply(x)})`

// What was said before the ticket ended waits no more, should it come back.
const reopening = "events r where r.ticket_id = m.ticket_id and r.kind = 'ticket.reopened'"
const cycleStart = `coalesce((select max(r.at) from ${reopening} and r.at <= m.created_at), '-infinity')`
const answersNothing = `not coalesce((select ${isCustomers("p")} from messages p where p.ticket_id = m.ticket_id
  and p.position < m.position and ${isEither("p")} and p.created_at >= ${cycleStart} order by p.position desc limit 1), false)`

const begins = { us: `${isCustomers("m")} and ${answersNothing}`, customer: isReply("m") }
const ends = { us: isReply("x"), customer: isEither("x") }

const ofTickets = `from messages m join tickets t on t.id = m.ticket_id left join contacts c on c.id = t.contact_id
  where ${saidByPeople} and t.kind in ('support', 'conversation') and t.merged_into is null and c.blocked is not true`
const columns = `${factColumns}, t.number, m.id as message_id, m.created_at as arrived_at`

export type WaitsFor = "us" | "customer"
/** Instants as text: a Date holds no microseconds. */
type Arrival = { after: string; upTo: string }

const stillWaits = (waitsFor: WaitsFor) => `t.active and not exists (select from ${reopening} and r.at > m.created_at)
      and not exists (select from messages x where x.ticket_id = m.ticket_id and x.position > m.position and ${ends[waitsFor]})`

/** Does the message wait for an answer still, on its open ticket? */
export async function isWaiting(from: Kysely<DB>, waitsFor: WaitsFor, message: { id: string; ticketId: string }) {
  const { rows } = await sql<{ waits: boolean }>`
    select exists (select ${sql.raw(ofTickets)} and m.id = ${message.id} and m.ticket_id = ${message.ticketId}
      and ${sql.raw(begins[waitsFor])} and ${sql.raw(stillWaits(waitsFor))}) as waits`.execute(from)
  return rows[0]!.waits
}

/** Of messages that came in then, those of open tickets that wait for an answer still, the oldest first. */
export async function waitingMessages(from: Kysely<DB>, waitsFor: WaitsFor, { after, upTo }: Arrival) {
  const { rows } = await sql<WaitingMessage>`
    select ${sql.raw(columns)} ${sql.raw(ofTickets)} and ${sql.raw(stillWaits(waitsFor))}
      and m.created_at > ${after}::timestamptz and m.created_at <= ${upTo}::timestamptz and ${sql.raw(begins[waitsFor])}
    order by m.created_at, m.position`.execute(from)
  return rows
}

type PastArrival = { after: Date; upTo: Date; minutes: number; limit: number }

/** Of messages that came in then, those that waited for so long, answered later or not, the newest first. */
export async function messagesThatWaited(
  from: Kysely<DB>,
  waitsFor: WaitsFor,
  { after, upTo, minutes, limit }: PastArrival,
) {
  const { rows } = await sql<WaitingMessage>`
    select ${sql.raw(columns)} ${sql.raw(ofTickets)}
      and m.created_at > ${after} and m.created_at <= ${upTo} and ${sql.raw(begins[waitsFor])}
      and not exists (select from messages x where x.ticket_id = m.ticket_id and x.position > m.position
        and ${sql.raw(ends[waitsFor])} and x.created_at < m.created_at + make_interval(mins => ${minutes}::int))
    order by m.created_at desc, m.position desc limit ${limit}`.execute(from)
  return rows
}
