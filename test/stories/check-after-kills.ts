// What must be true after servers were killed at random: the journals of those who wrote against the database and against
// what the other side was given, and the log against itself.
import assert from "node:assert/strict"
import { readerLags } from "../../src/event-log/reader-lag.ts"
import type { Database } from "#kernel/db.ts"
import type { AcceptedMessage } from "../fakes/graph-api.ts"
import { type Hilo, waitUntil } from "../server-process.ts"
import { checkTheLaw } from "./customer-crowd-and-journal.ts"
import { longEnoughMs, type Writers } from "./retrying-senders-by-api-and-webhook.ts"

type Row = Record<string, string>

async function look<T = Row>({ pool }: Database, text: string, values: unknown[] = []): Promise<T[]> {
  return (await pool.query(text, values)).rows as T[]
}

/** Positions that were given stay, and new ones come after them: a reader that goes on by position misses nothing. */
export function createLogWatch(db: Database) {
  let [end, known] = ["0", "0 "]
  const upTo = async (position: string) => {
    const text = `select count(*) || ' ' || coalesce(md5(string_agg(id || ':' || position, ',' order by position)), '') as is
      from events where position > 0 and position <= $1`
    return (await look(db, text, [position]))[0]!["is"]!
  }
  return {
    look: async () => {
      assert.equal(await upTo(end), known, `the log up to ${end} is as it was`)
      const [reader] = await look(db, "select position::text as end from event_readers where name = 'sequencer'")
      assert.ok(BigInt(reader!["end"]!) >= BigInt(end))
      end = reader!["end"]!
      known = await upTo(end)
    },
  }
}

export async function checkLog(db: Database, servers: Hilo[]): Promise<void> {
  assert.deepEqual(
    await look(db, "select position from events where position > 0 group by position having count(*) > 1"),
    [],
    "no position twice",
  )
  const unread = `select name from event_readers where position < (select max(position) from events)`
  await waitUntil("every reader has read to the end", async () => (await look(db, unread)).length === 0, longEnoughMs)
  assert.deepEqual(
    (await readerLags(db.pool)).filter(({ since }) => since !== null),
    [],
  )
  for (const { url } of servers) {
    const { status, warnings } = (await (await fetch(`${url}/readyz`)).json()) as { status: string; warnings: string[] }
    assert.deepEqual([status, warnings], ["ready", []])
  }
}

type SentMessages = { api: string; number: string; accepted: AcceptedMessage[] }
type StoredMessage = { id: string; externalId: string; ticketId: string; phone: string }

/** Everything acknowledged is there once, on one ticket, and was sent once or is known as unknown. Some figures. */
export async function checkJournals(db: Database, writers: Writers, { api, number, accepted }: SentMessages) {
  await checkHeard(db, writers, { api, number })
  await checkTheLaw(db.kysely)
  const sends = await checkSent(db, writers, accepted)
  await checkConsequences(db, writers, number)
  const [events] = await look(db, "select count(*) as n from events")
  return {
    api: writers.said.length,
    webhook: writers.received.length,
    replies: writers.replied.length,
    sends: sends.length,
    unknown: sends.filter(({ shown }) => shown === "unknown").length,
    events: Number(events!["n"]),
  }
}

const inOrder = (all: object[]) => all.map((one) => JSON.stringify(one)).toSorted()

async function checkHeard(db: Database, { said, received }: Writers, { api, number }: Omit<SentMessages, "accepted">) {
  const stored = (connection: string) =>
    look<StoredMessage>(
      db,
      `select id, external_id as "externalId", ticket_id as "ticketId", ltrim(address, '+') as phone from messages
       where connection_id = $1 and direction = 'in'`,
      [connection],
    )
  assert.deepEqual(
    inOrder((await stored(api)).map(({ id, externalId, ticketId }) => ({ externalId, ticketId, messageId: id }))),
    inOrder(said.map(({ externalId, ticketId, messageId }) => ({ externalId, ticketId, messageId }))),
    "the API door",
  )
  assert.deepEqual(
    inOrder((await stored(number)).map(({ externalId, phone }) => ({ wamid: externalId, phone }))),
    inOrder(received),
    "the webhook",
  )
}

async function checkSent(db: Database, { replied }: Writers, accepted: AcceptedMessage[]) {
  const replies = `select id as "messageId", ticket_id as "ticketId", content from messages where content like 'respuesta %'`
  assert.deepEqual(inOrder(await look(db, replies)), inOrder(replied), "replies")
  const sends = await look<{ id: string; state: string; shown: string }>(
    db,
    "select s.message_id as id, s.state, m.delivery_state as shown from sends s join messages m on m.id = s.message_id",
  )
  const times = Map.groupBy(accepted, ({ callback }) => callback)
  const isWrong = ({ id, state, shown }: (typeof sends)[number]) => {
    const taken = times.get(id)?.length ?? 0
    return shown === "unknown" ? taken > 1 : !(state === "sent" && shown === "sent" && taken === 1)
  }
  assert.deepEqual(sends.filter(isWrong), [], "sent once, or unknown")
  const queued = new Set(sends.map(({ id }) => id))
  const strange = [...times.keys(), ...replied.map(({ messageId }) => messageId)].filter((id) => !queued.has(id))
  assert.deepEqual(strange, [], "nothing leaves that is not known, and every reply was queued")
  return sends
}

/** A greeting for each ticket that a customer began, one message for each recipient. */
async function checkConsequences(db: Database, { campaigns }: Writers, number: string) {
  const greetings = `select t.id from tickets t where t.connection_id = $1 and t.campaign_shipment_id is null
    and 1 <> (select count(*) from messages m where m.ticket_id = t.id and m.content = 'Bienvenida')`
  assert.deepEqual(await look(db, greetings, [number]), [], "one greeting each")
  const emails = await look(
    db,
    `select s.campaign_id as id, s.recipient as phone from campaign_shipments s join messages m on m.id = s.message_id
     where s.state = 'queued' and m.direction = 'out'`,
  )
  const planned = campaigns.flatMap(({ id, phones }) => phones.map((phone) => ({ id, phone })))
  assert.deepEqual(inOrder(emails), inOrder(planned), "campaigns")
}
