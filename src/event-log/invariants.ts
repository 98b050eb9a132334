import { setTimeout as wait } from "node:timers/promises"
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Invariant, CheckContext } from "#kernel/invariant.ts"
import type { Database } from "#kernel/db.ts"
import { describeReaderLag, readerLags } from "./reader-lag.ts"
import { logReaders } from "./read-log.ts"

const lookAgainMs = 100

/** They are switched off by somebody who means it. */
export const logTriggers = ["trigger events_append_only", "trigger events_are_kept"]

const lastEvent = "(select coalesce(max(position), 0) from events where position > 0)"
const end = `greatest((select position from event_readers where name = 'sequencer'), ${lastEvent})`

export const eventInvariants: Invariant[] = [
  {
    name: "log_append_only",
    why: "The database itself refuses to change or delete what happened.",
    remedy: "Switch it on: alter table events enable trigger user.",
    find: `select 'the trigger ' || needed || ' is missing or switched off'
      from unnest(array['events_append_only', 'events_are_kept']) needed where not exists (
        select from pg_trigger where tgrelid = 'events'::regclass and tgname = needed and tgenabled in ('O', 'A'))`,
  },
  {
    name: "log_positions",
    why: "The log has not been rewound: no event stands beyond the sequencer, no reader beyond both.",
    remedy: "moves the sequencer to the last event, and readers that stand beyond it back to it.",
    find: `select name || ' stands at ' || position || ', the last event at ' || ${lastEvent} from event_readers
        where name = 'sequencer' and position < ${lastEvent} or name <> 'sequencer' and position > ${end}`,
    repair: restorePositions,
  },
  {
    name: "log_reader_known",
    why: "Every reader of the log knows how far it has come, and so does the sequencer.",
    remedy: "puts a reader where the slowest other one stands, and the sequencer at the end of the log.",
    find: `select 'the row of ' || needed || ' is missing' from unnest(array['${[...logReaders, "sequencer"].join("','")}']) needed
      where not exists (select from event_readers r where r.name = needed)`,
    repair: restoreReaders,
  },
  {
    name: "open_transactions",
    why: "No transaction stays open: it would hold back vacuum, and what waits for its rows.",
    remedy: "End what is named: select pg_terminate_backend(PID), or rollback prepared 'NAME'.",
    find: ({ db }) => describeReaderLag(db.pool, []),
  },
  {
    name: "log_reader",
    why: "While a server runs, every reader of the log keeps up, so that consequences follow.",
    remedy: "End what is named (select pg_terminate_backend(PID)); else the log of the worker says why its tries fail.",
    find: stalledReaders,
  },
  {
    name: "log_known_tickets",
    why: "Every fact about a ticket is about one that exists.",
    remedy: "Restore the tickets from a back-up.",
    find: `select e.id::text from events e where e.ticket_id is not null
      and not exists (select from tickets t where t.id = e.ticket_id)`,
  },
]

/** Nothing that a reader has to do is left out: it stands where the slowest other one does. */
async function restoreReaders(act: Act): Promise<void> {
  await sql`insert into event_readers (name, position) select 'sequencer', ${sql.raw(lastEvent)}
    where not exists (select from event_readers where name = 'sequencer')`.execute(act.tx)
  await sql`insert into event_readers (name, position)
    select needed, coalesce((select min(position) from event_readers where name <> 'sequencer'), ${sql.raw(end)}) from unnest(${[...logReaders]}::text[]) needed
    where not exists (select from event_readers where name = needed)`.execute(act.tx)
}

/** The sequencer's row is locked first, as by who gives events their positions. */
async function restorePositions(act: Act): Promise<void> {
  await sql`select from event_readers where name = 'sequencer' for update`.execute(act.tx)
  await sql`update event_readers set position = ${sql.raw(lastEvent)}
    where name = 'sequencer' and position < ${sql.raw(lastEvent)}`.execute(act.tx)
  await sql`update event_readers set position = ${sql.raw(end)} where position > ${sql.raw(end)}`.execute(act.tx)
}

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
  return late.length === 0 ? [] : describeReaderLag(db.pool, late)
}

async function look(db: Database): Promise<{ begun: Date; listens: boolean }> {
  const rows = await sql<{ begun: Date; listens: boolean }>`
    select clock_timestamp() as begun, exists (select from pg_stat_activity
      where datname = current_database() and application_name = 'hilo listener') as listens`.execute(db.kysely)
  return rows.rows[0]!
}
