// What a server costs when nobody asks anything: processor time of Hilo and PostgreSQL, transactions, transaction ids.
import { setTimeout as wait } from "node:timers/promises"
import { queryRows, type BenchPostgres } from "#bench/bench-postgres.ts"
import { cpuSecondsOf, startServer } from "#bench/server-process.ts"

/** Per second; processor time in milliseconds. */
export type IdleCost = { hiloMs: number; postgresMs: number; transactions: number; ids: number }

const settleMs = 10_000

export async function benchIdle(ground: BenchPostgres, { seconds }: { seconds: number }): Promise<IdleCost> {
  const databaseUrl = await ground.database("idle")
  const server = await startServer(ground, { databaseUrl })
  const look = async () => {
    const [row] = await queryRows<{ transactions: number; id: number }>(
      databaseUrl,
      `select (xact_commit + xact_rollback)::int as transactions, pg_snapshot_xmax(pg_current_snapshot())::text::int as id
       from pg_stat_database where datname = current_database()`,
    )
    return { ...row!, hilo: cpuSecondsOf(server.pid), postgres: cpuSecondsOf(ground.postgresPid) }
  }
  await wait(settleMs)
  const before = await look()
  await wait(seconds * 1_000)
  const after = await look()
  await server.stop()
  await ground.drop(databaseUrl)
  return {
    hiloMs: ((after.hilo - before.hilo) * 1_000) / seconds,
    postgresMs: ((after.postgres - before.postgres) * 1_000) / seconds,
    transactions: (after.transactions - before.transactions) / seconds,
    ids: (after.id - before.id) / seconds,
  }
}
