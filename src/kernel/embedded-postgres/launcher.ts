// Starts the embedded PostgreSQL on a data folder and keeps it running. It outlives us on purpose: Ctrl-C must not take the
// database away while we drain, and what a killed Hilo leaves behind is taken over by the next start.
import { closeSync, openSync, readFileSync } from "node:fs"
import { setTimeout as wait } from "node:timers/promises"
import { Client } from "pg"
import {
  clusterIn,
  credentials,
  ensureCluster,
  freePort,
  keptRolePassword,
  isAlive,
  prepareFolder,
  programEnv,
  runningPostmaster,
  savePort,
  serverArgs,
  type Cluster,
} from "./cluster-folder-and-credentials.ts"
import { ensureRole, roleUrl } from "./database-owner-role.ts"
import { installedPostgres, type PostgresInstallation } from "./installed-programs.ts"

type Log = (message: string) => void
export type EmbeddedOptions = { log?: Log; durable?: boolean }
/** `url` is for the desk, as the owner of its database; `adminUrl` for making others, as superuser. */
export type EmbeddedPostgres = { url: string; adminUrl: string; pid(): number | undefined; stop(): Promise<void> }
type Server = { cluster: Cluster; postgres: PostgresInstallation; password: string; durable: boolean; log: Log }
type Held = { client: Owner; port: number }
// The lock's connection alone must not keep a finished command from ending; pg can do that, its types do not say so.
type Owner = Client & { ref(): void; unref(): void }

const ownerLock = 4_410_001
const patienceMs = 60_000

// Throws one clear line when another living Hilo owns the folder.
export async function startEmbeddedPostgres(
  folder: string,
  { log = () => {}, durable = true }: EmbeddedOptions = {},
): Promise<EmbeddedPostgres> {
  const cluster = clusterIn(folder)
  prepareFolder(cluster)
  const postgres = installedPostgres(cluster.folder)
  await ensureCluster(cluster, postgres)
  const server = { cluster, postgres, password: credentials(cluster).password, durable, log }
  const held = await takeOver(server, await freePortOrRunning(cluster))
  const adminUrl = urlOf(server.password, held.port)
  const rolePassword = keptRolePassword(cluster)
  await ensureRole({ client: held.client, url: adminUrl, password: rolePassword })
  const watch = supervise(server, held)
  return {
    url: roleUrl(rolePassword, held.port),
    adminUrl,
    pid: () => runningPostmaster(cluster)?.pid,
    stop: async () => {
      await watch.end()
      await stopPostmaster(cluster)
    },
  }
}

// The URL of the embedded database while somebody runs it, for commands beside a running server.
export function runningDatabaseUrl(folder: string): string | undefined {
  const cluster = clusterIn(folder)
  const running = runningPostmaster(cluster)
  if (!running?.isReady) return undefined
  const { password, rolePassword } = credentials(cluster)
  // One that an earlier version runs knows the superuser only.
  return rolePassword === undefined ? urlOf(password, running.port) : roleUrl(rolePassword, running.port)
}

const urlOf = (password: string, port: number, name = "hilo") => `postgres://hilo:${password}@127.0.0.1:${port}/${name}`

async function freePortOrRunning(cluster: Cluster): Promise<number> {
  return runningPostmaster(cluster)?.port || freePort(credentials(cluster).port)
}

// Until we hold the owner's lock: connect to what runs, or run it. One loop serves the first start, the orphan of a killed
// Hilo, a start that another process is just making, crash recovery, and a postmaster whose last children are still leaving.
async function takeOver(server: Server, port: number): Promise<Held> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const running = runningPostmaster(server.cluster)
    const child = running ? undefined : spawnPostmaster(server, port)
    const at = running?.port || port
    const client = await connectWhileStarting(server, at, () =>
      child ? !child.hasEnded() : !!runningPostmaster(server.cluster),
    )
    if (client) {
      await lockOrRefuse(client, server.cluster)
      savePort(server.cluster, at)
      return { client, port: at }
    }
    if (performance.now() > deadline)
      throw new Error(`The embedded PostgreSQL does not start: ${lastWords(server.cluster)}`)
    await wait(100)
  }
}

function spawnPostmaster({ cluster, postgres, durable }: Server, port: number) {
  const log = openSync(cluster.log, "w", 0o600)
  const args = serverArgs(cluster.files, port, durable)
  const child = postgres.run("postgres", args, { detached: true, stdio: ["ignore", log, log], env: programEnv() })
  closeSync(log)
  let ended = false
  child.on("exit", () => (ended = true))
  child.on("error", () => (ended = true))
  child.unref()
  return { hasEnded: () => ended }
}

async function connectWhileStarting(
  { cluster, password }: Server,
  port: number,
  isWorthIt: () => boolean,
): Promise<Owner | undefined> {
  const connectionString = urlOf(password, port, "postgres")
  const application_name = `hilo owner ${process.pid}`
  do {
    const client = new Client({ connectionString, application_name, keepAlive: true, connectionTimeoutMillis: 5000 })
    client.on("error", () => {})
    try {
      await client.connect()
      return client as Owner
    } catch (error) {
      await client.end().catch(() => {})
      if ((error as { code?: string }).code === "28P01")
        throw new Error(`The password in ${cluster.folder}/database.json does not open the database there.`, {
          cause: error,
        })
      await wait(20)
    }
  } while (isWorthIt())
  return undefined
}

// A killed owner's connection may live for a moment longer than its process: then we wait for it, else we refuse at once.
async function lockOrRefuse(client: Client, cluster: Cluster): Promise<void> {
  for (let tries = 0; ; tries++) {
    const { rows } = await client.query<{ locked: boolean }>("select pg_try_advisory_lock($1) as locked", [ownerLock])
    if (rows[0]?.locked) return
    const owner = await ownerOf(client)
    if ((owner && owner !== process.pid && isAlive(owner)) || tries === 100) {
      await client.end()
      throw new Error(
        `The data folder ${cluster.folder} is in use by another Hilo (process ${owner}); stop it or set HILO_DATA.`,
      )
    }
    await wait(50)
  }
}

async function ownerOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ name: string }>(
    "select a.application_name as name from pg_locks l join pg_stat_activity a using (pid) where l.locktype = 'advisory' and l.objid = $1 and l.granted",
    [ownerLock],
  )
  return Number(rows[0]?.name.split(" ").at(-1) ?? 0)
}

// The lock's connection ends when the postmaster does: that is the sign to bring it back, on the same port.
function supervise(server: Server, held: Held) {
  let isEnding = false
  let current = held.client
  const onEnd = async () => {
    while (!isEnding) {
      server.log("The embedded PostgreSQL is gone; starting it again")
      try {
        current = (await takeOver(server, held.port)).client
        break
      } catch (error) {
        server.log((error as Error).message)
        await wait(1000)
      }
    }
    if (isEnding) return void current.end().catch(() => {})
    server.log("The embedded PostgreSQL is back")
    follow(current)
  }
  const follow = (client: Owner) => {
    client.once("end", () => void onEnd())
    client.unref()
  }
  follow(held.client)
  const end = async () => {
    isEnding = true
    current.ref()
    await current.end().catch(() => {})
  }
  return { end }
}

// Fast shutdown first (clients are cut, a checkpoint is written); after 10 s the immediate one, which recovery makes good.
async function stopPostmaster(cluster: Cluster): Promise<void> {
  const running = runningPostmaster(cluster)
  if (!running) return
  const began = performance.now()
  process.kill(running.pid, "SIGINT")
  for (let isForced = false; isAlive(running.pid) && runningPostmaster(cluster)?.pid === running.pid; await wait(20)) {
    if (isForced || performance.now() - began < 10_000) continue
    process.kill(running.pid, "SIGQUIT")
    isForced = true
  }
}

function lastWords(cluster: Cluster): string {
  const lines = readFileSync(cluster.log, "utf8").trim().split("\n")
  return lines.find((line) => /FATAL|PANIC|ERROR|unshare/.test(line)) ?? lines.at(-1) ?? "it says nothing"
}
