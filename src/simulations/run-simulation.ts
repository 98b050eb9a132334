// A what-if goes through its tickets on the server that was asked, batch by batch; what it has found so far is in the database,
// where every server can say it and where it is cancelled.
import { setTimeout as pause } from "node:timers/promises"
import type { Database } from "#kernel/db.ts"
import { newId } from "#kernel/ids.ts"
import type { Comparison } from "./simulation-kind.ts"
import { endSimulation, insertSimulation, saveBatch } from "./simulation-store.ts"

/** What is done within this is answered at once. */
const answerWithinMs = 5_000
const longestRunMs = 300_000
const itemsAtMost = 1_000

export type SimulationRuns = {
  /** Answers its id once it is done, or after five seconds. */
  start: (db: Database, run: { kind: string; userId: string; batches: AsyncIterable<Comparison> }) => Promise<string>
  /** Those that run here fail: their server goes. */
  stop: () => Promise<void>
}

export function createSimulationRuns(onError: (error: unknown) => void): SimulationRuns {
  const stopping = new AbortController()
  const running = new Set<Promise<void>>()
  return {
    start: async (db, { batches, ...row }) => {
      const id = newId("sim")
      await insertSimulation(db, { id, ...row })
      const run = compareAll(db, id, batches, stopping.signal)
        .catch((error: unknown) => {
          onError(error)
          return endSimulation(db, id, "failed").catch(onError)
        })
        .finally(() => running.delete(run))
      running.add(run)
      const answered = new AbortController()
      const waited = pause(answerWithinMs, undefined, { signal: answered.signal }).catch(() => {})
      await Promise.race([run, waited])
      answered.abort()
      return id
    },
    stop: async () => {
      stopping.abort()
      await Promise.all(running)
    },
  }
}

/** Ends by itself when it was cancelled, and after five minutes. */
async function compareAll(db: Database, id: string, batches: AsyncIterable<Comparison>, stopping: AbortSignal) {
  const deadline = performance.now() + longestRunMs
  let kept = 0
  for await (const { checked, progress, differences } of batches) {
    const items = differences.slice(0, itemsAtMost - kept)
    kept += items.length
    if (!(await saveBatch(db, id, { checked, progress, differing: differences.length, items }))) return
    if (stopping.aborted || performance.now() > deadline) return endSimulation(db, id, "failed")
  }
  await endSimulation(db, id, "done")
}
