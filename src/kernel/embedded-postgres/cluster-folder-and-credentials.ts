// The embedded database on disk: made once, its password and port beside it, and who is running it now.
import { execFileSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs"
import { readlinkSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { totalmem } from "node:os"
import { join, resolve } from "node:path"
import { z } from "zod"
import { writeFileOnce } from "../write-file-once.ts"
import type { PostgresInstallation } from "./installed-programs.ts"

const credentialsShape = z.object({
  port: z.int().optional(),
  password: z.string(),
  rolePassword: z.string().optional(),
})
export type Credentials = z.infer<typeof credentialsShape>
export type Cluster = { folder: string; files: string; log: string }

export function clusterIn(folder: string): Cluster {
  const root = resolve(folder)
  return { folder: root, files: join(root, "postgres"), log: join(root, "postgres.log") }
}

// The user PostgreSQL runs as must be able to pass through the folder, never to list it; the secrets in it are 0600.
export function prepareFolder(cluster: Cluster): void {
  mkdirSync(cluster.folder, { recursive: true, mode: 0o711 })
  if (process.getuid?.() === 0) chmodSync(cluster.folder, statSync(cluster.folder).mode | 0o011)
}

export function credentials(cluster: Cluster): Credentials {
  const file = join(cluster.folder, "database.json")
  if (!existsSync(file)) writeFileOnce(file, JSON.stringify({ password: randomBytes(24).toString("hex") }))
  return credentialsShape.parse(JSON.parse(readFileSync(file, "utf8")))
}

export function savePort(cluster: Cluster, port: number): void {
  if (credentials(cluster).port !== port) save(cluster, { port })
}

/** The word of the role that Hilo works as; made at the first start that knows of it. The caller holds the folder. */
export function keptRolePassword(cluster: Cluster): string {
  const { rolePassword = randomBytes(24).toString("hex") } = credentials(cluster)
  save(cluster, { rolePassword })
  return rolePassword
}

function save(cluster: Cluster, more: Partial<Credentials>): void {
  const file = join(cluster.folder, "database.json")
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, JSON.stringify({ ...credentials(cluster), ...more }), { mode: 0o600, flush: true })
  renameSync(draft, file)
}

// Made in a temporary folder and renamed, so that a start cut short leaves no half-made cluster, and of two starts at once one wins.
export async function ensureCluster(cluster: Cluster, postgres: PostgresInstallation): Promise<void> {
  if (existsSync(join(cluster.files, "PG_VERSION"))) {
    // One that still runs goes on as whom it runs, until it is started anew.
    return runningPostmaster(cluster) ? undefined : giveTo(postgres.owner, cluster.files)
  }
  const draft = `${cluster.files}-new-${process.pid}`
  const passwordFile = `${draft}.password`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  writeFileSync(passwordFile, credentials(cluster).password, { mode: 0o600 })
  const { maker } = postgres
  for (const path of [draft, passwordFile]) if (maker) chownSync(path, maker.uid, maker.gid)
  try {
    await initdb(postgres, draft, passwordFile)
    giveTo(postgres.owner, draft)
    renameSync(draft, cluster.files)
  } catch (error) {
    if (!existsSync(join(cluster.files, "PG_VERSION"))) throw error
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(draft, { recursive: true, force: true })
  }
}

function initdb(postgres: PostgresInstallation, files: string, passwordFile: string): Promise<void> {
  const args = ["-D", files, "-U", "hilo", "-A", "scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8"]
  const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
  const child = postgres.run("initdb", [...args, ...locale], { stdio: ["ignore", "ignore", "pipe"], env: programEnv() })
  let said = ""
  child.stderr!.on("data", (chunk: Buffer) => (said += chunk))
  return new Promise((done, fail) => {
    child.on("error", fail)
    child.on("close", (code) =>
      code === 0 ? done() : fail(new Error(`PostgreSQL could not make its files: ${said.trim()}`)),
    )
  })
}

function giveTo(owner: PostgresInstallation["owner"], files: string): void {
  if (!owner || statSync(files).uid === owner.uid) return
  for (const name of readdirSync(files, { recursive: true, encoding: "utf8" }))
    chownSync(join(files, name), owner.uid, owner.gid)
  chownSync(files, owner.uid, owner.gid)
}

// The postmaster that owns the files, when one lives. After a crash or a reboot its number may have gone to a stranger;
// PostgreSQL would not start beside its file then, so the file is removed.
export function runningPostmaster(cluster: Cluster): { pid: number; port: number; isReady: boolean } | undefined {
  const file = join(cluster.files, "postmaster.pid")
  const lines = readIfThere(file).split("\n")
  const pid = Number(lines[0])
  if (!pid || !isAlive(pid)) return undefined
  if (!worksIn(pid, cluster.files)) {
    rmSync(file, { force: true })
    return undefined
  }
  return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === "ready" }
}

function worksIn(pid: number, files: string): boolean {
  try {
    if (process.platform === "linux") return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(files)
    if (process.platform === "win32") return true
    return execFileSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" }).includes(files)
  } catch {
    return false
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8")
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return ""
    throw error
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}

// Below the range from which systems take ports for outgoing connections, so that the port is still free after a restart.
export async function freePort(wanted?: number): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const port = tries === 0 && wanted ? wanted : 20_000 + (randomBytes(2).readUInt16BE() % 12_000)
    const server = createServer()
    const isFree = await new Promise<boolean>((done) => {
      server.once("error", () => done(false))
      server.listen(port, "127.0.0.1", () => done(true))
    })
    if (!isFree) continue
    await new Promise((done) => server.close(done))
    return port
  }
  throw new Error("No free port for the embedded PostgreSQL between 20000 and 32000.")
}

export function programEnv(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env
  return { LC_ALL: "C", TZ: "UTC", ...(PATH && { PATH }), ...(SystemRoot && { SystemRoot }) }
}

// For tests: many servers share one cluster, and none of it outlives them.
const throwaway = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: 0,
  max_wal_size: "512MB",
  max_connections: 200,
}

// Statement texts and details stay out of the log: they hold what people wrote.
export function serverArgs(files: string, port: number, durable: boolean): string[] {
  const megabytes = Math.round(totalmem() / 1024 / 1024)
  const buffers = Math.max(64, Math.min(512, Math.round(megabytes / 4)))
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 100,
    shared_buffers: `${durable ? buffers : 128}MB`,
    effective_cache_size: `${Math.round(megabytes / 2)}MB`,
    work_mem: "8MB",
    maintenance_work_mem: "128MB",
    random_page_cost: 1.1,
    jit: "off",
    max_wal_size: "2GB",
    min_wal_size: "128MB",
    wal_buffers: "16MB",
    wal_compression: "pglz",
    checkpoint_timeout: "15min",
    client_connection_check_interval: "5s",
    timezone: "UTC",
    logging_collector: "on",
    log_directory: "log",
    log_filename: "postgresql-%a.log",
    log_truncate_on_rotation: "on",
    log_rotation_age: "1d",
    log_rotation_size: 0,
    log_timezone: "UTC",
    log_checkpoints: "off",
    log_error_verbosity: "terse",
    log_min_error_statement: "panic",
    ...(durable ? {} : throwaway),
  }
  return ["-D", files, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])]
}
