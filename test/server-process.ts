// Hilo as its users run it: a process of its own, which the tests start, ask, drain and kill.
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after } from "node:test"
import { setTimeout as pause } from "node:timers/promises"
import { createKey } from "../src/cli/api-key.ts"
import { openDatabase } from "#kernel/db.ts"
import { clusterIn, freePort, runningPostmaster } from "#kernel/embedded-postgres/cluster-folder-and-credentials.ts"
import { runningDatabaseUrl } from "#kernel/embedded-postgres/launcher.ts"
import type { Role } from "#people/index.ts"
import { childEnv } from "../bin/child-environment.ts"

const root = join(import.meta.dirname, "..")
export const secret = "one secret for all servers of a test"

// Registered here and not where one starts: a server may outlive the test that started it, never the file.
const running = new Set<() => Promise<void>>()
const killAll = () => Promise.all([...running].map((kill) => kill()))
after(killAll)
process.once("SIGTERM", () => void killAll().finally(() => process.exit(143)))

export type Hilo = {
  url: string
  child: ChildProcess
  /** Asks it to end, and waits; the exit status. */
  stop: () => Promise<number | null>
  /** The power goes: the server, everything it started and its own database end at once. */
  kill: () => Promise<void>
  killPostmaster: () => void
}

/** `settings`: more of the environment. */
type Where = ({ databaseUrl: string } | { folder: string }) & { settings?: Record<string, string> }

/** Starts `serve` and waits until it is ready. It ends with the test file at the latest. */
export async function startHilo(where: Where, port?: number): Promise<Hilo> {
  const ownPort = port ?? (await freePort())
  const url = `http://127.0.0.1:${ownPort}`
  const folder = "folder" in where ? where.folder : dataFolder()
  const env = childEnv({
    PORT: String(ownPort),
    HILO_DATA: folder,
    HILO_SECRET: secret,
    LOG_LEVEL: "fatal",
    ...("databaseUrl" in where && { DATABASE_URL: where.databaseUrl }),
    ...where.settings,
  })
  const child = spawn(process.execPath, ["src/main.ts", "serve"], { cwd: root, env, detached: true, stdio: "pipe" })
  let said = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk))
  const ended = once(child, "exit")
  const isOver = () => child.exitCode !== null || child.signalCode !== null
  const postmaster = () => ("folder" in where ? runningPostmaster(clusterIn(folder)) : undefined)
  const kill = async () => {
    if (!isOver()) process.kill(-child.pid!, "SIGKILL")
    await ended
    killGroup(postmaster()?.pid)
    await waitUntil("the postmaster is gone", async () => postmaster() === undefined)
  }
  running.add(kill)
  await waitUntil("Hilo is ready", async () => {
    if (isOver()) throw new Error(`Hilo ended before it was ready: ${said}`)
    return (await readiness(url)) === 200
  })
  const stop = async () => {
    if (!isOver()) child.kill("SIGTERM")
    await ended
    return child.exitCode
  }
  return { url, child, stop, kill, killPostmaster: () => process.kill(postmaster()!.pid, "SIGKILL") }
}

/** An empty data folder, gone with the test file. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hilo-data-"))
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export async function readiness(url: string): Promise<number> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(3_000) }).catch(() => null)
  await response?.body?.cancel()
  return response?.status ?? 0
}

/** An API key, made beside the running server as `hilo key create` does. */
export async function keyFor(where: Where, role: Role): Promise<string> {
  const db = openDatabase("folder" in where ? runningDatabaseUrl(where.folder)! : where.databaseUrl, { max: 1 })
  const { key } = await createKey(db, { name: `Test ${role}`, role })
  await db.close()
  return key
}

/** Waits for what must come true; says what did not when the time is up. */
export async function waitUntil(what: string, isTrue: () => Promise<boolean>, withinMs = 60_000): Promise<void> {
  const began = performance.now()
  while (!(await isTrue())) {
    const waited = performance.now() - began
    if (waited > withinMs) throw new Error(`After ${withinMs} ms it is still not true that ${what}`)
    // What takes long is asked for less often: to answer takes the processor from those who are waited for.
    await pause(Math.min(20 + waited / 20, 250))
  }
}

export type ProcessOutput<Body> = { status: number; body: Body; headers: Headers }
/** Of the answer to an inbound message, what stories look at. */
export type TakenPort = {
  ticket: { id: string; number: string }
  message: { id: string }
  decision: { action: string }
}
type Anything = Record<string, unknown>

/** One JSON request. Throws when no whole answer came: then nobody knows what became of it. */
export async function ask<Body = Anything>(
  url: string,
  key: string,
  method: string,
  path: string,
  body?: object,
): Promise<ProcessOutput<Body>> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: JSON.parse(text || "{}") as Body }
}

// The postmaster leads a group of its own, unless it runs in a user namespace: then it alone is ours to name.
function killGroup(pid: number | undefined) {
  if (pid === undefined) return
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, "SIGKILL")
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error
    }
  }
}
