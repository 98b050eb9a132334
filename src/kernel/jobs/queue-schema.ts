// The tables of the job queue, as the library makes them.
import type { Client } from "pg"
import { getConstructionPlans } from "pg-boss"

/** In which schema they are. */
export const queueSchema = "queue"

/** Those with what must not be lost; the others count, or hold what is made again. Referred to before they refer. */
export const queueTables = ["queue", "schedule", "subscription", "job", "job_dependency"]

/** SQL that makes them without rows in a transaction that is open. */
export const queueSchemaSql = (): string =>
  getConstructionPlans(queueSchema).replaceAll(/^\s*(BEGIN|COMMIT|SET LOCAL [^;]*);\s*$/gm, "")

/** Are the tables those that `queueSchemaSql` makes? Null where there are none. */
export async function isQueueCurrent(client: Pick<Client, "query">): Promise<boolean | null> {
  const there = await client.query<{ name: string | null }>(
    `select to_regclass('${queueSchema}.version')::text as name`,
  )
  if (there.rows[0]!.name === null) return null
  const { rows } = await client.query<{ version: number }>(`select version from ${queueSchema}.version`)
  return queueSchemaSql().includes(`version(version) VALUES ('${rows[0]?.version}')`)
}
