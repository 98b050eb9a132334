import { setTimeout as wait } from "node:timers/promises"
import { sql } from "kysely"
import type { Check, Look } from "#kernel/check.ts"
import type { Database } from "#kernel/db.ts"
import { endOfLog, isUnread } from "./log.ts"

const lookAgainMs = 100

export const eventChecks: Check[] = [
  {
    name: "log_append_only",
    why: "The database itself refuses to change or delete what happened.",
    find: `select 'the trigger events_append_only is missing or switched off' where not exists (
      select from pg_trigger where tgrelid = 'events'::regclass and tgname = 'events_append_only' and tgenabled in ('O', 'A'))`,
  },
  {
    name: "log_reader_known",
    why: "The reader of the log knows how far it has come.",
    find: "select 'the row of the reader reactions is missing' where not exists (select from event_readers where name = 'reactions')",
  },
  {
    name: "log_reader",
    why: "While a server runs, its reader of the log keeps up, so that consequences follow.",
    find: async (look) =>
      (await isBehind(look)) ? ["the reader does not move: is a server with the worker role running?"] : [],
  },
  {
    name: "log_known_tickets",
    why: "Every fact about a ticket is about one that exists.",
    find: `select e.id::text from events e where e.ticket_id is not null
      and not exists (select from tickets t where t.id = e.ticket_id)`,
  },
]

/** Behind means: a server listens, and yet what is readable now is not read within the patience. */
async function isBehind({ db, patienceMs }: Look): Promise<boolean> {
  const end = await endOfLog(db)
  const deadline = performance.now() + patienceMs
  while (await isUnread(db, "reactions", end)) {
    if (!(await isListening(db))) return false
    if (performance.now() > deadline) return true
    await wait(lookAgainMs)
  }
  return false
}

async function isListening(db: Database): Promise<boolean> {
  const rows = await sql<{ listening: boolean }>`select exists (select from pg_stat_activity
    where datname = current_database() and application_name = 'hilo listener') as listening`.execute(db.kysely)
  return rows.rows[0]!.listening
}
