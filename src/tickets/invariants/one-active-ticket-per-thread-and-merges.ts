import type { Invariant } from "#kernel/invariant.ts"
import { keptBySchema } from "#kernel/schema-invariants.ts"

/** What of the schema an invariant below keeps. */
export const threadObjects = ["index tickets_one_active_per_thread"]

export const threadInvariants: Invariant[] = [
  {
    name: "one_active_per_thread",
    why: "A thread has at most one active ticket.",
    remedy: "Somebody who reads them merges them, or closes all but one.",
    find: `select string_agg(number, ' ' order by created_at) from tickets
      where active and thread_key is not null group by thread_key having count(*) > 1`,
  },
  keptBySchema(
    {
      name: "law_index",
      why: "The database itself keeps the law: a unique index over the thread key of active tickets and of merged ones, which lead on.",
      remedy: "builds the index again; it waits while two active tickets share a thread.",
    },
    threadObjects,
  ),
  {
    name: "merged_tickets_end",
    why: "A merged ticket is closed, and following it leads to a ticket that was not merged away.",
    remedy: "Undo the merge of one of them (DELETE /api/v1/tickets/{ref}/merge), or restore it from a back-up.",
    find: `with recursive step (id, target) as (
        select id, merged_into from tickets where merged_into is not null
        union all
        select step.id, t.merged_into from step join tickets t on t.id = step.target where t.merged_into is not null
      ) cycle target set is_cycle using path
      select id from step where is_cycle union select id from tickets where merged_into is not null and status <> 'closed'`,
  },
]
