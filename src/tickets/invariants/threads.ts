import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Invariant } from "#kernel/invariant.ts"

const law = "tickets_one_active_per_thread"

export const threadInvariants: Invariant[] = [
  {
    name: "one_active_per_thread",
    why: "A thread has at most one active ticket. Two must be merged by somebody who reads them.",
    find: `select string_agg(number, ' ' order by created_at) from tickets
      where active and thread_key is not null group by thread_key having count(*) > 1`,
  },
  {
    name: "law_index",
    why: "The database itself keeps the law: a unique index over the thread key of active tickets and of merged ones, which lead on.",
    find: `select 'the index ${law} is missing, not valid or not the one it should be' where not exists (
      select from pg_index i where i.indexrelid = to_regclass('${law}') and i.indrelid = 'tickets'::regclass
        and i.indisunique and i.indisvalid and i.indisready
        and pg_get_indexdef(i.indexrelid) like '%(thread_key) WHERE (active OR (merged_into IS NOT NULL))')`,
    repair: remakeLaw,
  },
  {
    name: "merged_tickets_end",
    why: "A merged ticket is closed, and following it leads to a ticket that was not merged away.",
    find: `with recursive step (id, target) as (
        select id, merged_into from tickets where merged_into is not null
        union all
        select step.id, t.merged_into from step join tickets t on t.id = step.target where t.merged_into is not null
      ) cycle target set is_cycle using path
      select id from step where is_cycle union select id from tickets where merged_into is not null and status <> 'closed'`,
  },
]

/** Fails, and leaves everything as it was, while two active tickets share a thread. */
async function remakeLaw(act: Act): Promise<void> {
  await sql`drop index if exists ${sql.ref(law)}`.execute(act.tx)
  await sql`create unique index ${sql.ref(law)} on tickets (thread_key)
    where active or merged_into is not null`.execute(act.tx)
}
