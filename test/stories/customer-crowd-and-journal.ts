// A crowd of customers with a journal: what they sent, and what was acknowledged. The journal is the truth to compare with.
import assert from "node:assert/strict"
import type { Kysely } from "kysely"
import { sql } from "kysely"
import type { DB } from "#db/types.ts"
import { ask, type ProcessOutput, type TakenPort } from "../server-process.ts"

export type RefusedRequest = ProcessOutput<{ code: string }>
export type Entry = { externalId: string; contact: string; acknowledged: TakenPort | null; refusals: RefusedRequest[] }

type Crowd = { urls: string[]; key: string; connection: string; contacts: number }

export function createCrowd({ urls, key, connection, contacts }: Crowd) {
  const journal: Entry[] = []
  let isOver = false
  let rounds = 0
  const send = async (entry: Entry, url: string) => {
    const body = { externalId: entry.externalId, contact: { id: entry.contact }, text: `hola ${entry.externalId}` }
    try {
      const said = await ask<TakenPort & { code: string }>(
        url,
        key,
        "POST",
        `/connections/${connection}/messages`,
        body,
      )
      if (said.status === 200) entry.acknowledged = said.body
      else entry.refusals.push(said)
    } catch {
      // No answer: nobody knows whether it was stored, so it is sent again later.
    }
  }
  const one = async (client: number, round: number) => {
    for (let i = 0; !isOver; i++) {
      const contact = `+57300${String(1_000_000 + ((client * 7 + i) % contacts))}`
      const entry: Entry = { externalId: `m-${round}-${client}-${i}`, contact, acknowledged: null, refusals: [] }
      journal.push(entry)
      await send(entry, urls[(client + i) % urls.length]!)
    }
  }
  return {
    journal,
    acknowledged: () => journal.filter((entry) => entry.acknowledged !== null).length,
    /** Resolves when `finish` was called and every client has its last answer. */
    start: (clients: number) => {
      isOver = false
      rounds++
      return Promise.all(Array.from({ length: clients }, (_, client) => one(client, rounds)))
    },
    finish: () => {
      isOver = true
    },
    /** As a sender does who got no answer: the same ids once more, until each is acknowledged. */
    resend: async (url: string) => {
      for (const entry of journal) if (entry.acknowledged === null) await send(entry, url)
    },
  }
}

/** What must be true whatever happened: everything acknowledged is there, each once, on one active ticket per contact. */
export async function checkAgainst(journal: Entry[], db: Kysely<DB>, connection: string): Promise<void> {
  assert.deepEqual(
    journal.filter((entry) => entry.acknowledged === null).map((entry) => [entry.externalId, entry.refusals.at(-1)]),
    [],
  )
  const stored = await db
    .selectFrom("messages")
    .select(["externalId", "ticketId"])
    .where("connectionId", "=", connection)
    .execute()
  assert.equal(stored.length, journal.length)
  const where = new Map(stored.map((message) => [message.externalId, message.ticketId]))
  for (const { externalId, acknowledged } of journal) {
    assert.equal(where.get(externalId), acknowledged!.ticket.id, externalId)
  }
  await checkTheLaw(db)
}

/** One active ticket per thread, numbers unique, and every ticket's counts and story agree with its messages. */
export async function checkTheLaw(db: Kysely<DB>): Promise<void> {
  const broken = await sql<{ what: string; id: string }>`
    select 'two active tickets' as what, thread_key as id from tickets
      where active and thread_key is not null group by thread_key having count(*) > 1
    union all select 'number taken twice', number from tickets group by number having count(*) > 1
    union all select 'message counted wrongly', t.id from tickets t
      where t.message_count <> (select count(*) from messages m where m.ticket_id = t.id and not m.is_internal)
    union all select 'created without an event', t.id from tickets t
      where 1 <> (select count(*) from events e where e.ticket_id = t.id and e.kind = 'ticket.created')
    union all select 'message without an event', m.id from messages m
      where not exists (select from events e where e.subject_id = m.id and e.kind like 'message.%')
    union all select 'event without the team or agent of its moment', e.id::text from events e
      where e.kind = 'ticket.assigned' and (e.team_id, e.assignee_id) is distinct from (e.data ->> 'teamId', e.data ->> 'agentId')
    union all select 'last event without the team or agent', t.id from tickets t
      cross join lateral (select * from events e where e.ticket_id = t.id order by e.id desc limit 1) e
      where (e.team_id, e.assignee_id) is distinct from (t.team_id, t.assignee_id)`.execute(db)
  assert.deepEqual(broken.rows, [])
}
