// A database of one's own for each test file: cloned from a migrated template in a throwaway cluster without fsync.
// `npm test` starts one cluster for the whole run; a file run alone starts its own.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Client, type Pool } from "pg"
import { newId } from "#kernel/ids.ts"
import { migrate } from "#kernel/migrate.ts"
import { startPostgres } from "#kernel/postgres.ts"

const template = "hilo_template"

/** Dropped when the test file has nothing more to do; close your pools in `after`. */
export async function testDatabase(): Promise<{ url: string }> {
  const given = process.env.HILO_TEST_CLUSTER
  const cluster = given ? { url: given, stop: async () => {} } : await testCluster()
  const name = newId("test")
  await administer(cluster.url, `create database ${name} template ${template} strategy file_copy`)
  process.once("beforeExit", () => {
    void administer(cluster.url, `drop database ${name} with (force)`).then(() => cluster.stop())
  })
  return { url: withName(cluster.url, name) }
}

/** A throwaway cluster with the migrated template in it. */
export async function testCluster(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "hilo-test-"))
  const postgres = await startPostgres(folder, { durable: false })
  const stop = async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await administer(postgres.url, `create database ${template}`)
    await migrate(withName(postgres.url, template))
  } catch (error) {
    await stop()
    throw error
  }
  return { url: postgres.url, stop }
}

/**
 * Waits until all that is committed by now may be read from the log. One cluster serves all tests, and a transaction of
 * another test holds back the log of this one.
 */
export async function logIsReadable(pool: Pick<Pool, "query">): Promise<void> {
  const { rows } = await pool.query<{ xid: string }>("select pg_current_xact_id()::text as xid")
  const ended = "select pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 as ended"
  while (!(await pool.query<{ ended: boolean }>(ended, [rows[0]!.xid])).rows[0]!.ended)
    await new Promise((go) => setImmediate(go))
}

/** The URL of the template, for reading its catalogue. Nobody may stay connected to it while others clone. */
export const templateUrl = (clusterUrl: string) => withName(clusterUrl, template)

function withName(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
