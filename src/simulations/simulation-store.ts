import { sql } from "kysely"
import { transact } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import { type Purge, purgeRows } from "#kernel/jobs/cleanup.ts"
import type { Principal } from "#people/index.ts"
import { visibleAmong } from "#tickets/index.ts"
import type { Difference, Simulation } from "./api-contract.ts"

/** A running one that its server has not touched for so long has died with it. */
const deadAfter = "30 seconds"
const isAlive = sql<boolean>`state = 'running' and touched_at > now() - ${sql.lit(deadAfter)}::interval`

const atOnce = 3

/** Refuses (429) a fourth one that somebody has running; theirs begin one after the other, so that no two take the last place. */
export async function insertSimulation(db: Database, { id, kind, userId }: NewSimulation): Promise<void> {
  await transact(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`simulations ${userId}`}, 0))`.execute(tx)
    const { numAffectedRows = 0n } = await sql`
      insert into simulations (id, kind, user_id) select ${id}, ${kind}, ${userId}
      where (select count(*) from simulations where user_id = ${userId} and ${isAlive}) < ${atOnce}`.execute(tx)
    if (numAffectedRows === 0n)
      throw new Refusal("too_many", "too_many", `At most ${atOnce} at once`, { retryAfterSeconds: 5 })
  })
}

type NewSimulation = { id: string; kind: string; userId: string }

type Batch = { progress: number; checked: number; differing: number; items: Difference[] }

/** False when it does not run any more: somebody cancelled it. */
export async function saveBatch({ kysely }: Database, id: string, { items, ...batch }: Batch): Promise<boolean> {
  const { progress, checked, differing } = batch
  const { numAffectedRows = 0n } = await sql`
    update simulations set progress = least(1, greatest(progress, ${progress}::real)), checked = checked + ${checked},
      differing = differing + ${differing}, items = items || ${JSON.stringify(items)}::jsonb, touched_at = now()
    where id = ${id} and state = 'running'`.execute(kysely)
  return numAffectedRows > 0n
}

/** What has ended stays as it ended. */
export async function endSimulation({ kysely }: Database, id: string, state: "done" | "cancelled" | "failed") {
  await sql`update simulations set state = ${state}, touched_at = now(),
    progress = case when ${state} = 'done' then 1 else progress end where id = ${id} and state = 'running'`.execute(
    kysely,
  )
}

/** One's own; of its tickets those that one may see now. */
export async function existingSimulation(db: Database, who: Principal, id: string): Promise<Simulation> {
  const { rows } = await sql<Simulation>`
    select id, case when state = 'running' and not (${isAlive}) then 'failed' else state end as state,
      progress, checked, differing, items
    from simulations where id = ${id} and user_id = ${who.id}`.execute(db.kysely)
  const [found] = rows
  if (!found) throw notFound("simulation")
  const visible = await visibleAmong(
    db,
    who,
    found.items.map(({ ticketId }) => ticketId),
  )
  return { ...found, items: found.items.filter(({ ticketId }) => visible.has(ticketId)) }
}

/** They are looked at when they are made. */
export const purgeSimulations: Purge = (act) =>
  purgeRows(act, "simulations", sql`touched_at < now() - interval '1 day'`)
