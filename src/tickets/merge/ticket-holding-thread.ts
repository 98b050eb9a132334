// Where a thread leads: to its active ticket, or since a merge to another one.
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import type { TicketRow } from "../ticket-row.ts"

/** From the ticket itself to the one that replies to it go to: each was merged into the next. */
export async function chainOf(from: Kysely<DB>, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive step (id, target, n) as (
      select id, merged_into, 0 from tickets where id = ${id}
      union all select t.id, t.merged_into, step.n + 1 from step join tickets t on t.id = step.target
    ) select id from step order by n`.execute(from)
  return rows.map((row) => row.id)
}

export async function rootOf(from: Kysely<DB>, id: string): Promise<string> {
  return (await chainOf(from, id)).at(-1) ?? id
}

/** SQL of the same: `id` is an expression, which may name any table but `up` and `k`. */
export const rootSql = (id: string) => `(with recursive up (id, next) as (
    select k.id, k.merged_into from tickets k where k.id = ${id}
    union all select k.id, k.merged_into from up join tickets k on k.id = up.next) select id from up where next is null)`

const holderColumns = ["id", "number", "kind", "connectionId", "threadKey", "active", "mergedInto"] as const
type Holder = Pick<TicketRow, (typeof holderColumns)[number]>

/** Who holds the thread: its active ticket, or a merged one that leads it elsewhere. The law lets there be one. */
export async function threadHolder(from: Kysely<DB>, threadKey: string): Promise<Holder | undefined> {
  return from
    .selectFrom("tickets")
    .select(holderColumns)
    .where("threadKey", "=", threadKey)
    .where((e) => e.or([e("active", "=", true), e("mergedInto", "is not", null)]))
    .executeTakeFirst() as Promise<Holder | undefined>
}

async function ticketAt(from: Kysely<DB>, id: string): Promise<Holder> {
  return from
    .selectFrom("tickets")
    .select(holderColumns)
    .where("id", "=", id)
    .executeTakeFirstOrThrow() as Promise<Holder>
}

/** The active ticket of the thread, through all its aliases. */
export async function activeOf(from: Kysely<DB>, threadKey: string): Promise<Holder | null> {
  const seen = new Set<string>()
  for (let key: string | null = threadKey; key !== null && !seen.has(key);) {
    seen.add(key)
    const holder = await threadHolder(from, key)
    if (!holder) return null
    if (holder.active) return holder
    const root = await ticketAt(from, await rootOf(from, holder.id))
    if (root.active) return root
    key = root.threadKey
  }
  return null
}

/** The thread is its own again: the merged ticket that led it elsewhere, or the alias, releases it. Returns the ids of such tickets. */
export async function releaseThread(act: Act, threadKey: string): Promise<string[]> {
  await act.tx.deleteFrom("threadAliases").where("threadKey", "=", threadKey).execute()
  const rows = await act.tx
    .updateTable("tickets")
    .set({ threadKey: null })
    .where("threadKey", "=", threadKey)
    .where("mergedInto", "is not", null)
    .returning("id")
    .execute()
  return rows.map(({ id }) => id)
}
