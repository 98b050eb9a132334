import { setTimeout as wait } from "node:timers/promises"
import { sql } from "kysely"
import type { Check, Look } from "#kernel/check.ts"
import { endOfLog } from "./log.ts"

const lookAgainMs = 100

export const eventChecks: Check[] = [
  {
    name: "log_append_only",
    why: "The database itself refuses to change or delete what happened.",
    find: `select 'the trigger events_append_only is missing or switched off' where not exists (
      select from pg_trigger where tgrelid = 'events'::regclass and tgname = 'events_append_only' and tgenabled in ('O', 'A'))`,
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
async function isBehind(look: Look): Promise<boolean> {
  const end = await endOfLog(look.db)
  const deadline = performance.now() + look.patienceMs
  for (;;) {
    const rows = await sql<{ waits: boolean; listened: boolean; known: boolean }>`
      select exists (select from events e, event_readers r
          where r.name = 'reactions' and (e.xid, e.id) > (r.xid, r.event_id) and e.xid < ${end.xid}::xid8) as waits,
        exists (select from event_readers where name = 'reactions') as known,
        exists (select from pg_stat_activity where datname = current_database() and application_name = 'hilo listener') as listened
    `.execute(look.db.kysely)
    const { waits, listened, known } = rows.rows[0]!
    if (!known) return true
    if (!waits || !listened) return false
    if (performance.now() > deadline) return true
    await wait(lookAgainMs)
  }
}
