import type { Pool } from "pg"
import { linkedSystemFailing, linkedSystemSilent } from "#kernel/metrics.ts"

type Row = { system: string; kind: string; name: string; failing: number; silent: number | null }

/** Sets the gauges, by what is stored; when the database is away they stay as they were. */
export async function updateLinkedSystemMetrics(db: Pick<Pool, "query">): Promise<void> {
  const secondsSince = (at: string) => `greatest(0, extract(epoch from clock_timestamp() - ${at}))::float`
  const answer = await db
    .query<Row>(
      `select id as system, kind, name, coalesce(${secondsSince("failing_since")}, 0) as failing,
        case when last_seen_at is not null then ${secondsSince("last_seen_at")} end as silent
      from linked_systems where deleted_at is null`,
    )
    .catch(() => null)
  if (!answer) return
  // Those of removed systems go.
  for (const gauge of [linkedSystemFailing, linkedSystemSilent]) gauge.reset()
  for (const { failing, silent, ...labels } of answer.rows) {
    linkedSystemFailing.set(labels, failing)
    if (silent !== null) linkedSystemSilent.set(labels, silent)
  }
}
