// Where a bench runs: a PostgreSQL of its own (or the one in DATABASE_URL), with one fresh database per question.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Client } from "pg"
import { loadConfig } from "#kernel/config.ts"
import { openDatabase } from "#kernel/db.ts"
import { newSecret } from "#kernel/ids.ts"
import { migrate } from "#kernel/database/migrate.ts"
import { startEmbeddedPostgres } from "#kernel/embedded-postgres/launcher.ts"
import { createKey } from "#cli/api-key.ts"

export type BenchPostgres = {
  folder: string
  secret: string
  /** The postmaster's process, when it is ours. */
  postgresPid: number | undefined
  /** A migrated database that is dropped in the end. */
  database: (name: string) => Promise<string>
  drop: (url: string) => Promise<void>
  close: () => Promise<void>
}

export async function openBenchPostgres(): Promise<BenchPostgres> {
  const folder = mkdtempSync(join(tmpdir(), "hilo-bench-"))
  const { databaseUrl } = loadConfig({ ...process.env, HILO_DATA: folder })
  const embedded = databaseUrl ? null : await startEmbeddedPostgres(folder)
  const home = databaseUrl ?? embedded!.adminUrl
  const made = new Set<string>()
  const drop = async (url: string) => {
    await queryRows(home, `drop database if exists ${new URL(url).pathname.slice(1)} with (force)`)
    made.delete(url)
  }
  return {
    folder,
    secret: newSecret("bench"),
    postgresPid: embedded?.pid(),
    database: async (name) => {
      const url = Object.assign(new URL(home), { pathname: `/hilo_bench_${name}` }).href
      await drop(url)
      await queryRows(home, `create database hilo_bench_${name}`)
      made.add(url)
      await migrate(url)
      return url
    },
    drop,
    close: async () => {
      if (!embedded) for (const url of made) await drop(url)
      await embedded?.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** One statement (or several without values) on a connection of its own, without the bounds of a server's session. */
export async function queryRows<Row extends object>(url: string, text: string, values?: unknown[]): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

export type ApiKeys = { admin: string; agent: string; adminId: string; agentId: string }

/** Keys as `key create` makes them. */
export async function createApiKeys(url: string): Promise<ApiKeys> {
  const db = openDatabase(url, { max: 1 })
  try {
    const admin = await createKey(db, { name: "bench", role: "admin", userEmail: "ana@example.com" })
    const agent = await createKey(db, { name: "bench", role: "agent", userEmail: "bruno@example.com" })
    return { admin: admin.key, agent: agent.key, adminId: admin.userId, agentId: agent.userId }
  } finally {
    await db.close()
  }
}
