// A database of one's own for each test file: cloned from a migrated template in a throwaway cluster without fsync.
// `npm test` starts one cluster for the whole run; a file run alone starts its own.
import { existsSync, mkdtempSync, rmSync, statfsSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Client } from "pg"
import { newId } from "#kernel/ids.ts"
import { migrate } from "#kernel/database/migrate.ts"
import { startEmbeddedPostgres } from "#kernel/embedded-postgres/launcher.ts"

const template = "hilo_template"

/** Dropped when the test file has nothing more to do; close your pools in `after`. */
export async function testDatabase(): Promise<{ url: string }> {
  return databaseLike(`template ${template} strategy file_copy`)
}

/** One without any table, for those who migrate it themselves. */
export async function emptyDatabase(): Promise<{ url: string }> {
  return databaseLike("")
}

async function databaseLike(model: string): Promise<{ url: string }> {
  const cluster = await (ours ??= clusterOfThisFile())
  const name = newId("test")
  await administer(cluster.url, `create database ${name} ${model}`)
  cluster.databases.push(name)
  return { url: withName(cluster.url, name) }
}

type Ours = { url: string; databases: string[] }
let ours: Promise<Ours> | undefined

async function clusterOfThisFile(): Promise<Ours> {
  const given = process.env.HILO_TEST_CLUSTER
  const { url, stop } = given ? { url: given, stop: async () => {} } : await testCluster()
  const databases: string[] = []
  const leave = async () => {
    for (const name of databases) await administer(url, `drop database ${name} with (force)`)
    await stop()
  }
  process.once("beforeExit", () => void leave())
  return { url, databases }
}

/** A throwaway cluster with the migrated template in it. */
export async function testCluster(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(roomInMemory() ?? tmpdir(), "hilo-test-"))
  const postgres = await startEmbeddedPostgres(folder, { durable: false })
  const stop = async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await administer(postgres.adminUrl, `create database ${template}`)
    await migrate(withName(postgres.adminUrl, template))
  } catch (error) {
    await stop()
    throw error
  }
  return { url: postgres.adminUrl, stop }
}

/**
 * A folder in memory with more room than a run of all tests needs (4 GB), if this machine has one. A database is a thousand
 * files: on a disk each test file waits half a second for its own, in memory a fiftieth of one.
 */
function roomInMemory(): string | undefined {
  const shared = "/dev/shm"
  if (!existsSync(shared)) return undefined
  const { bavail, bsize } = statfsSync(shared)
  return bavail * bsize > 4 * 1024 ** 3 ? shared : undefined
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
