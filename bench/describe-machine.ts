import { availableParallelism, cpus, release, totalmem, type } from "node:os"
import { queryRows, type BenchPostgres } from "./postgres-for-bench.ts"

/** What the figures were measured on; nothing that tells whose machine it is. */
export async function describeMachine(ground: BenchPostgres): Promise<string> {
  const url = await ground.database("machine")
  const [row] = await queryRows<{ version: string; fsync: string; commit: string }>(
    url,
    "select split_part(version(), ' ', 2) as version, current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit",
  )
  await ground.drop(url)
  const gigabytes = Math.round(totalmem() / 1024 ** 3)
  const cores = `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? "unknown"})`
  const database = `PostgreSQL ${row!.version} (fsync ${row!.fsync}, synchronous_commit ${row!.commit})`
  return `${cores}, ${gigabytes} GB, ${type()} ${release()}, Node ${process.version}, ${database}; clients, Hilo and PostgreSQL share it`
}
