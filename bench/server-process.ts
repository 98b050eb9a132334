// Hilo as it is run: processes of their own, logging to a file, reached over HTTP.
import { spawn } from "node:child_process"
import { closeSync, openSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { freePort } from "#kernel/embedded-postgres/cluster-folder-and-credentials.ts"
import type { BenchPostgres } from "./postgres-for-bench.ts"

export type RunningServer = {
  base: string
  pid: number
  readyMs: number
  stop: (signal?: NodeJS.Signals) => Promise<void>
}

type ServerOptions = { databaseUrl?: string; dataFolder?: string; env?: Record<string, string> }

const patienceMs = 60_000
const main = join(import.meta.dirname, "../src/main.ts")

export async function startServer(
  ground: BenchPostgres,
  { databaseUrl, dataFolder, env = {} }: ServerOptions,
): Promise<RunningServer> {
  const port = await freePort()
  const logFile = openSync(join(ground.folder, `server-${port}.log`), "a")
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env
  const began = performance.now()
  const child = spawn(process.execPath, [main, "serve"], {
    stdio: ["ignore", logFile, logFile],
    env: {
      PATH,
      HOME,
      NODE_COMPILE_CACHE,
      PORT: String(port),
      HILO_DATA: dataFolder ?? ground.folder,
      HILO_SECRET: ground.secret,
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
      ...env,
    },
  })
  closeSync(logFile)
  // Whatever ends the bench ends its servers.
  const end = () => child.kill("SIGKILL")
  process.once("exit", end)
  const ended = new Promise<void>((done) => child.on("exit", () => done()))
  const base = `http://127.0.0.1:${port}`
  await untilReady(base, () => child.exitCode === null)
  return {
    base,
    pid: child.pid!,
    readyMs: performance.now() - began,
    stop: async (signal = "SIGTERM") => {
      child.kill(signal)
      await ended
      process.off("exit", end)
    },
  }
}

async function untilReady(base: string, isAlive: () => boolean) {
  const until = performance.now() + patienceMs
  while (isAlive() && performance.now() < until) {
    const answer = await fetch(`${base}/readyz`).catch(() => null)
    if (answer?.ok) return
    await wait(10)
  }
  throw new Error("A server of the bench did not become ready.")
}

/** Resident memory in MB; not a number where the system does not say. */
export function megabytesOf(pid: number): number {
  return (Number(readOr("", `/proc/${pid}/statm`).split(" ")[1]) * 4096) / 1024 / 1024
}

/** Seconds of processor time that a process and its children, living and gone, have used. */
export function cpuSecondsOf(pid: number | undefined): number {
  if (pid === undefined || process.platform !== "linux") return Number.NaN
  const all = namesIn("/proc").filter((name) => /^\d+$/.test(name))
  const family = all.map((name) => timesOf(name)).filter((times) => times?.pid === pid || times?.parent === pid)
  return family.reduce((sum, times) => sum + times!.own + (times!.pid === pid ? times!.gone : 0), 0)
}

const ticksPerSecond = 100

function timesOf(name: string) {
  const fields = readOr("", `/proc/${name}/stat`).split(") ")[1]?.split(" ").map(Number)
  if (!fields) return null
  const [user = 0, system = 0, goneUser = 0, goneSystem = 0] = fields
    .slice(11, 15)
    .map((ticks) => ticks / ticksPerSecond)
  // The clock knows of threads that have ended, the scheduler of less than a tick.
  const own = Math.max(user + system, secondsOfThreads(name))
  return { pid: Number(name), parent: fields[1], own, gone: goneUser + goneSystem }
}

function secondsOfThreads(name: string): number {
  const nanoseconds = namesIn(`/proc/${name}/task`).map((thread) =>
    Number(readOr("0", `/proc/${name}/task/${thread}/schedstat`).split(" ")[0]),
  )
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e9
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function readOr(otherwise: string, file: string): string {
  try {
    return readFileSync(file, "utf8")
  } catch {
    return otherwise
  }
}
