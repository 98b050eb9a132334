// What must be true of a mailbox after its servers were killed at random: what customers wrote and what left, against the database.
import assert from "node:assert/strict"
import type { Database } from "#kernel/db.ts"
import type { SubmittedMail } from "../fakes/submission-server.ts"
import { checkTheLaw } from "./customer-crowd-and-journal.ts"

/** A mail that a customer sent; those of one conversation belong to one ticket. */
export type SentMail = { id: string; conversation: number }

type Journals = {
  connectionId: string
  received: readonly SentMail[]
  replied: readonly { messageId: string; content: string }[]
  submitted: readonly SubmittedMail[]
}

/** Each mail is one message on the ticket of its conversation, and each message of ours left once, or perhaps once. Some figures. */
export async function checkMails(db: Database, { connectionId, received, replied, submitted }: Journals) {
  const look = async <Row>(text: string, ...values: unknown[]) => (await db.pool.query(text, values)).rows as Row[]
  const stored = await look<{ id: string; ticketId: string }>(
    `select w.mail_id as id, m.ticket_id as "ticketId" from messages m join message_mails w on w.message_id = m.id
      where m.connection_id = $1 and m.direction = 'in'`,
    connectionId,
  )
  assert.deepEqual(stored.map(({ id }) => id).toSorted(), received.map(({ id }) => id).toSorted(), "each mail once")
  const ticketOf = new Map(stored.map(({ id, ticketId }) => [id, ticketId]))
  const tickets = Map.groupBy(received, ({ conversation }) => conversation)
  for (const mails of tickets.values())
    assert.equal(new Set(mails.map(({ id }) => ticketOf.get(id))).size, 1, "a conversation is one ticket")
  assert.equal(new Set(stored.map(({ ticketId }) => ticketId)).size, tickets.size, "and a ticket one conversation")
  assert.deepEqual(await look("select reason from failed_deliveries"), [])

  const replies = await look<{ messageId: string; content: string }>(
    `select id as "messageId", content from messages where content like 'respuesta %'`,
  )
  const inOrder = (all: readonly object[]) => all.map((one) => JSON.stringify(one)).toSorted()
  assert.deepEqual(inOrder(replies), inOrder(replied), "replies")
  const greetings = `select t.id from tickets t where t.connection_id = $1
    and 1 <> (select count(*) from messages m where m.ticket_id = t.id and m.content = 'Recibido')`
  assert.deepEqual(await look(greetings, connectionId), [], "one greeting each")

  const sends = await look<{ id: string; state: string; shown: string }>(
    "select s.message_id as id, s.state, m.delivery_state as shown from sends s join messages m on m.id = s.message_id",
  )
  const times = Map.groupBy(submitted, ({ raw }) => /^Message-ID: <(msg_[0-9a-f]{32})\./im.exec(raw)?.[1] ?? "none")
  const isWrong = ({ id, state, shown }: (typeof sends)[number]) => {
    const left = times.get(id)?.length ?? 0
    return shown === "unknown" ? left > 1 : !(state === "sent" && shown === "sent" && left === 1)
  }
  assert.deepEqual(sends.filter(isWrong), [], "sent once, or unknown")
  const known = new Set(sends.map(({ id }) => id))
  assert.deepEqual(
    [...times.keys()].filter((id) => !known.has(id)),
    [],
    "nothing leaves that is not known",
  )
  await checkTheLaw(db.kysely)
  return {
    mails: stored.length,
    tickets: tickets.size,
    replies: replies.length,
    sends: sends.length,
    unknown: sends.filter(({ shown }) => shown === "unknown").length,
  }
}
