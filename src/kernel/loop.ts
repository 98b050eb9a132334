import { setTimeout as pause } from "node:timers/promises"
import { type Database, wakeChannel } from "./db.ts"
import { hear } from "./ear.ts"
import type { Log } from "./log.ts"

const pollEveryMs = 1_000

export type Loop = { stop: () => Promise<void> }

type Options = {
  name: string
  /** True: there is more, look again at once. */
  step: () => Promise<boolean>
  /** How long to let work gather after a step that found the end, however often we are poked. */
  everyMs?: number
  /** Wake also when only the log grew, as every message makes it. */
  readsLog?: boolean
}

/**
 * Calls `step` whenever there may be work: when the database is poked, once a second anyway, and again at once while it
 * says that there is more. One call at a time; errors are logged, and it is tried again: nothing is lost.
 */
export function startLoop(db: Database, log: Log, { name, step, everyMs = 0, readsLog = false }: Options): Loop {
  let stopped = false
  let dirty = false
  let wake = () => {}
  const poke = () => {
    dirty = true
    wake()
  }
  const hush = hear(db, wakeChannel, (said) => (said === "log" && !readsLog ? undefined : poke()))
  const running = (async () => {
    while (!stopped) {
      dirty = false
      const again = await step().catch((error: unknown) => {
        log.warn({ err: error, loop: name }, "a step failed")
        return false
      })
      if (again || stopped) continue
      if (everyMs > 0) await pause(everyMs)
      if (dirty) continue
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, pollEveryMs).unref()
      })
    }
  })()
  return {
    stop: async () => {
      stopped = true
      poke()
      await running
      await hush()
    },
  }
}
