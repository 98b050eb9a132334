// The machine's own limit: the same rows under the same indexes and promises, each message one statement that knows
// everything beforehand. No look-up, no answer to build, no HTTP: less than this no Hilo can do.
import pg from "pg"
import { newId } from "#kernel/ids.ts"
import { type MixContact, createMessageMix, type MessageMix } from "./intake-message-mix.ts"

const because = (answer: string, code: string) =>
  JSON.stringify({ question: "which_ticket", answer, code, inputs: {}, rejected: [] })
const joinedWhy = because("joined", "joined_active")
const createdWhy = because("created", "created_no_ticket")
const incoming = JSON.stringify({ direction: "in" })

const joinText = `with t as (
    update tickets set unread_messages = unread_messages + 1, message_count = message_count + 1, last_message_at = $2,
      updated_at = $2 where thread_key = $1 and active returning id, contact_id, created_at),
  m as (insert into messages (id, ticket_id, connection_id, external_id, direction, sender_kind, sender_id, content, sent_at, created_at,
      ticket_day) select $3, id, $4, $5, 'in', 'contact', contact_id, $6, $2, $2, (created_at at time zone 'UTC')::date from t),
  e as (insert into events (at, kind, actor_kind, actor_id, data, why, ticket_id, subject_id)
    select $2, 'message.received', 'contact', contact_id, $7, $8, id, $3 from t)
  select id from t`

const createText = `with c as (insert into contacts (id, name, created_at, updated_at) values ($1, $2, $3, $3)),
  i as (insert into contact_identities (id, contact_id, kind, value, created_at) values ($4, $1, 'phone', $5, $3)),
  t as (insert into tickets (id, kind, thread_key, status, channel, contact_id, connection_id, unread_messages, message_count,
      first_message_at, last_message_at, created_by_kind, created_by_id, created_at, updated_at)
    values ($6, 'conversation', $7, 'pending', 'api', $1, $8, 1, 1, $3, $3, 'contact', $1, $3, $3) returning number),
  m as (insert into messages (id, ticket_id, connection_id, external_id, direction, sender_kind, sender_id, content, sent_at, created_at,
      ticket_day) values ($9, $6, $8, $10, 'in', 'contact', $1, $11, $3, $3, ($3::timestamptz at time zone 'UTC')::date)),
  e as (insert into events (at, kind, actor_kind, actor_id, data, why, ticket_id, subject_id)
    values ($3, 'ticket.created', 'contact', $1, '{}', $12, $6, $9), ($3, 'message.received', 'contact', $1, $13, null, $6, $9))
  select number from t`

export type LeanSql = MessageMix & { close: () => Promise<void> }

/** Everybody waits for their own answer on a connection of their own, up to `connections`. */
export function openLeanSql(url: string, connectionId: string, connections: number): LeanSql {
  const pool = new pg.Pool({ connectionString: url, max: connections, pipeline: true })
  const threads = new Map<MixContact, string>()
  const first = async (contact: MixContact, externalId: string, text: string) => {
    const now = new Date()
    const [id, ticket, message] = [newId("ctc"), newId("tkt"), newId("msg")]
    const thread = `${connectionId}:${id}`
    const values = [id, contact.name, now, newId("idn"), contact.phone, ticket, thread, connectionId, message]
    await pool.query({
      name: "lean-create",
      text: createText,
      values: [...values, externalId, text, createdWhy, incoming],
    })
    threads.set(contact, thread)
  }
  const join = async (contact: MixContact, externalId: string, text: string) => {
    const values = [threads.get(contact), new Date(), newId("msg"), connectionId, externalId, text, incoming, joinedWhy]
    const { rowCount } = await pool.query({ name: "lean-join", text: joinText, values })
    if (rowCount !== 1) throw new Error("the lean join found no ticket")
  }
  return { ...createMessageMix(first, join), close: () => pool.end() }
}
