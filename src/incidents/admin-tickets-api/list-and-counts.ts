import { sql } from "kysely"
import { type Database, statement } from "#kernel/db.ts"

export type Filter = { statuses: readonly string[]; triggers: readonly string[]; priorities: readonly string[] }

/**
 * A page, alta first, then newest. Each combination of status and trigger is walked in its own index order and no further
 * than the page needs; the pages of the walks are then merged.
 */
export async function pageOfIncidents(db: Database, filter: Filter, limit: number, offset: number): Promise<string[]> {
  const rows = await db.run<{ id: string }>(
    statement("incidents-page", (p) => {
      const [most, from] = [`${p(limit + offset)}::int`, `${p(offset)}::int`]
      const [statuses, triggers, priorities] = [filter.statuses, filter.triggers, filter.priorities].map(
        (all) => `${p(all)}::text[]`,
      )
      return `select w.ticket_id as id from unnest(${statuses}) s (status), unnest(${triggers}) g (trigger), unnest(${priorities}) r (priority),
          lateral (select ticket_id, created_at from incidents i
            where i.status = s.status and i.trigger = g.trigger and i.priority = r.priority
            order by created_at desc, ticket_id desc limit ${most}) w
        order by r.priority, w.created_at desc, w.ticket_id desc limit ${p(limit)}::int offset ${from}`
    }),
  )
  return rows.map(({ id }) => id)
}

export type Count = {
  status: string
  trigger: string
  priority: string
  n: number
  resolved: number
  resolvedMs: number
}

export function incidentCounts(db: Database): Promise<Count[]> {
  return db.run<Count>(
    statement(
      "incident-counts",
      () => `select status, trigger, priority, sum(n) as n, sum(resolved) as resolved, sum(resolved_ms) as "resolvedMs"
        from incident_counts group by status, trigger, priority`,
    ),
  )
}

/** Folds what was counted bit by bit into one row of each. Readers and writers do not wait for it. */
export async function foldCounts(from: Database["kysely"]): Promise<void> {
  await sql`
    with taken as (delete from incident_counts where id <= (select max(id) from incident_counts) returning *)
    insert into incident_counts (status, trigger, priority, n, resolved, resolved_ms)
    select status, trigger, priority, sum(n), sum(resolved), sum(resolved_ms) from taken
    group by status, trigger, priority having sum(n) <> 0 or sum(resolved) <> 0`.execute(from)
}
