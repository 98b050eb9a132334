import { setTimeout as wait } from "node:timers/promises"
import { sql } from "kysely"
import type { Invariant, CheckContext } from "#kernel/invariant.ts"
import type { Database } from "#kernel/db.ts"
import { describeReaderLag, readerLags } from "./reader-lag.ts"
import { logReaders } from "./read-log.ts"

const lookAgainMs = 100

export const eventInvariants: Invariant[] = [
  {
    name: "log_append_only",
    why: "The database itself refuses to change or delete what happened.",
    find: `select 'the trigger ' || needed || ' is missing or switched off'
      from unnest(array['events_append_only', 'events_are_kept']) needed where not exists (
        select from pg_trigger where tgrelid = 'events'::regclass and tgname = needed and tgenabled in ('O', 'A'))`,
  },
  {
    name: "log_reader_known",
    why: "Every reader of the log knows how far it has come, and so does the sequencer.",
    find: `select 'the row of ' || needed || ' is missing' from unnest(array['${[...logReaders, "sequencer"].join("','")}']) needed
      where not exists (select from event_readers r where r.name = needed)`,
  },
  {
    name: "log_reader",
    why: "While a server runs, every reader of the log keeps up, so that consequences follow.",
    find: stalledReaders,
  },
  {
    name: "log_known_tickets",
    why: "Every fact about a ticket is about one that exists.",
    find: `select e.id::text from events e where e.ticket_id is not null
      and not exists (select from tickets t where t.id = e.ticket_id)`,
  },
]

/** While a server listens, what is there now is to be read within the patience; else what is said of it. */
async function stalledReaders({ db, patienceMs }: CheckContext): Promise<string[]> {
  const deadline = performance.now() + patienceMs
  const { begun, listens } = await look(db)
  const waiting = async () => (await readerLags(db.pool)).filter(({ since }) => since !== null && since <= begun)
  let late = listens ? await waiting() : []
  while (late.length > 0 && performance.now() < deadline) {
    await wait(lookAgainMs)
    late = await waiting()
  }
  return describeReaderLag(db.pool, late)
}

async function look(db: Database): Promise<{ begun: Date; listens: boolean }> {
  const rows = await sql<{ begun: Date; listens: boolean }>`
    select clock_timestamp() as begun, exists (select from pg_stat_activity
      where datname = current_database() and application_name = 'hilo listener') as listens`.execute(db.kysely)
  return rows.rows[0]!
}
