// (e): from the command to the first ready answer, with the embedded database, and what it weighs when nobody asks anything.
import { mkdtempSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import type { BenchPostgres } from "./postgres-for-bench.ts"
import { median } from "./closed-loop-load.ts"
import { megabytesOf, startServer } from "./server-process.ts"

export type StartTimes = { emptyMs: number; existingMs: number; idleMegabytes: number }

const idleMs = 10_000

export async function benchStartTime(ground: BenchPostgres, rounds: number): Promise<StartTimes> {
  const found: StartTimes[] = []
  for (let round = 0; round < rounds; round++) {
    const dataFolder = mkdtempSync(join(ground.folder, "start-"))
    const first = await startServer(ground, { dataFolder })
    await first.stop()
    const second = await startServer(ground, { dataFolder })
    await wait(idleMs)
    found.push({ emptyMs: first.readyMs, existingMs: second.readyMs, idleMegabytes: megabytesOf(second.pid) })
    await second.stop()
  }
  return {
    emptyMs: median(found.map((f) => f.emptyMs)),
    existingMs: median(found.map((f) => f.existingMs)),
    idleMegabytes: median(found.map((f) => f.idleMegabytes)),
  }
}
