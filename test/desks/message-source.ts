// A source of messages, and people who write through it: what a channel hands to intake, without the channel.
import assert from "node:assert/strict"
import { system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { newId } from "#kernel/ids.ts"
import { createConnection } from "#connections/index.ts"
import { identityOf, type IdentityHint } from "#contacts/index.ts"
import { type InboundMessage, plainMessage, receiveMessage, type ReceivedMessage } from "#intake/index.ts"
import { acting, type Desk } from "./test-desk.ts"

type Options = Partial<Omit<Parameters<typeof createConnection>[2], "name">>
type Said = Partial<Omit<InboundMessage, "connectionId" | "person" | "group">> & {
  group?: string
  name?: string
  as?: IdentityHint["kind"]
}

export type MessageSource = { id: string; says: (who: string, said?: Said) => Promise<ReceivedMessage> }

/** An API connection by default. `says` receives one message of `who`: a number, an address or an id. */
export async function openMessageSource(desk: Kit, options: Options = {}): Promise<MessageSource> {
  const named = { kind: "api" as const, name: newId("door"), ...options }
  const id = await acting(desk, (act) => createConnection(act, desk.secrets, named))
  return { id, says: (who, said = {}) => receiveMessage(desk, system, inboundOf(id, who, said)) }
}

/** The message that intake gets. */
export function inboundOf(
  connectionId: string,
  who: string,
  { group, name = "", as, ...said }: Said = {},
): InboundMessage {
  return {
    ...plainMessage,
    connectionId,
    externalId: newId("ext"),
    direction: "in",
    person: { identity: identityOf(who, { kind: as, scope: connectionId })!, name },
    group:
      group === undefined
        ? null
        : { identity: identityOf(group, { kind: "group", scope: connectionId })!, name: group },
    address: group ?? who,
    text: "hola",
    ...said,
  }
}

/** What is stored of a ticket, as the database has it. */
export async function storedTicket(desk: Desk, id: string) {
  const { rows } = await desk.db.pool.query(
    `select number, status, active, thread_key as "threadKey", contact_id as "contactId", unread_messages as unread,
      message_count as count, first_message_at as "firstAt", last_message_at as "lastAt", (select m.id from messages m where m.ticket_id = t.id order by m.position desc limit 1) as "lastId",
      assignee_id as "assigneeId", campaign_shipment_id as "shipmentId", merged_into as "mergedInto", version,
      reopen_count as reopened, updated_at as "updatedAt"
     from tickets t where id = $1`,
    [id],
  )
  return rows[0] as {
    number: string
    status: string
    active: boolean
    threadKey: string
    contactId: string
    unread: number
    count: number
    firstAt: Date | null
    lastAt: Date
    lastId: string | null
    assigneeId: string | null
    shipmentId: string | null
    mergedInto: string | null
    version: number
    reopened: number
    updatedAt: Date
  }
}

/** After whatever a test did: no thread has two active tickets, and what tickets count is there. */
export async function assertThreadsAndTotalsHold(desk: Desk): Promise<void> {
  const double = await desk.db.pool.query(
    "select thread_key from tickets where active group by thread_key having count(*) > 1",
  )
  const wrong = await desk.db.pool.query(
    `select t.id from tickets t left join messages m on m.ticket_id = t.id group by t.id
      having t.message_count <> count(m.id) or t.last_message_at <> max(m.sent_at) or t.first_message_at <> min(m.sent_at)`,
  )
  assert.deepEqual([double.rows, wrong.rows], [[], []])
}
