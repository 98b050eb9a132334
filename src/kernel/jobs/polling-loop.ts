import { setTimeout as pause } from "node:timers/promises"
import type { Database } from "../db.ts"
import { listenForWakes } from "../database/listen.ts"
import type { Log } from "../log.ts"

// What nobody was woken for, and no timer knows of, is found at last.
const pollEveryMs = 30_000

/** After a step that failed. */
const retryMs = 1_000

const failures = new Map<string, string>()
const codeOf = (error: unknown) => (error as { code?: string }).code ?? (error as Error).name

/** With what code the last step of this server's loop of that name failed; null when it did not. */
export const lastLoopFailure = (name: string) => failures.get(name) ?? null

export type PollingLoop = { stop: () => Promise<void> }

type Options = {
  name: string
  /** True: there is more, look again at once. */
  step: () => Promise<boolean>
  /** How long to let work accumulate after a step that found the end, however often we are woken. */
  everyMs?: number
  /** How often it runs though nobody woke it. */
  pollMs?: number
  /** What wakes it (`wake.ts`); its name if nothing is said. */
  topics?: readonly string[]
}

/**
 * Calls `step` whenever there may be work: when its topic is woken, when this server begins to listen, and again at once
 * while it says that there is more. One call at a time; errors are logged, and it is tried again: nothing is lost.
 */
export function startPollingLoop(
  db: Database,
  log: Log,
  { name, step, everyMs = 0, pollMs = pollEveryMs, topics = [name] }: Options,
): PollingLoop {
  let stopped = false
  let dirty = false
  let wake = () => {}
  const wakeUp = () => {
    dirty = true
    wake()
  }
  const unsubscribe = topics.map((topic) => db.wakes.onWake(topic, wakeUp))
  const stopListening = listenForWakes(db)
  const running = (async () => {
    while (!stopped) {
      dirty = false
      const again = await step().catch((error: unknown) => {
        log.warn({ err: error, loop: name }, "a step failed")
        failures.set(name, codeOf(error))
        return null
      })
      if (again !== null) failures.delete(name)
      if (again || stopped) continue
      if (everyMs > 0) await pause(everyMs)
      if (again === null) await pause(retryMs)
      if (dirty || again === null) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pollMs).unref()
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  })()
  return {
    stop: async () => {
      stopped = true
      wakeUp()
      await running
      for (const stop of unsubscribe) stop()
      await stopListening()
    },
  }
}
