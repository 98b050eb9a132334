// What a server costs when nobody asks anything: processor time of Hilo and PostgreSQL, transactions, transaction ids.
import { setTimeout as wait } from "node:timers/promises"
import { queryRows, type BenchPostgres } from "#bench/postgres-for-bench.ts"
import { cpuSecondsOf, startServer } from "#bench/server-process.ts"

/** Per second; processor time in milliseconds. */
export type IdleCost = { hiloMs: number; postgresMs: number; transactions: number; ids: number }

type IdleScale = { settleSeconds: number; seconds: number }

export async function benchIdle(ground: BenchPostgres, { settleSeconds, seconds }: IdleScale): Promise<IdleCost> {
  const databaseUrl = await ground.database("idle")
  // What the migrations left is not to be cleaned up in the midst.
  await queryRows(databaseUrl, "vacuum (analyze)")
  const server = await startServer(ground, { databaseUrl })
  const counters = async () => {
    const [row] = await queryRows<{ transactions: number; id: number }>(
      databaseUrl,
      `select (xact_commit + xact_rollback)::int as transactions, pg_snapshot_xmax(pg_current_snapshot())::text::int as id
       from pg_stat_database where datname = current_database()`,
    )
    return row!
  }
  const spent = () => ({ hilo: cpuSecondsOf(server.pid), postgres: cpuSecondsOf(ground.postgresPid) })
  // For about two minutes after the start V8 marks and gives back memory, which costs more than all else.
  await wait(settleSeconds * 1_000)
  // To ask costs something too: outside of what is measured.
  const [countedBefore, before] = [await counters(), spent()]
  await wait(seconds * 1_000)
  const [after, counted] = [spent(), await counters()]
  await server.stop()
  await ground.drop(databaseUrl)
  return {
    hiloMs: ((after.hilo - before.hilo) * 1_000) / seconds,
    postgresMs: ((after.postgres - before.postgres) * 1_000) / seconds,
    transactions: (counted.transactions - countedBefore.transactions) / seconds,
    ids: (counted.id - countedBefore.id) / seconds,
  }
}
