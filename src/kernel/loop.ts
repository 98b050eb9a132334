import { setTimeout as pause } from "node:timers/promises"
import { type Database, wakeChannel } from "./db.ts"
import { hear } from "./ear.ts"
import type { Log } from "./log.ts"

const pollEveryMs = 1_000

const failures = new Map<string, string>()
const codeOf = (error: unknown) => (error as { code?: string }).code ?? (error as Error).name

/** With what code the last step of this server's loop of that name failed; null when it did not. */
export const failureOf = (name: string) => failures.get(name) ?? null

export type Loop = { stop: () => Promise<void> }

/** What a poke tells: there may be work of any kind, an event was born, or events have got their place in the log. */
export type Wake = "" | "log" | "placed"

type Options = {
  name: string
  /** True: there is more, look again at once. */
  step: () => Promise<boolean>
  /** How long to let work gather after a step that found the end, however often we are poked. */
  everyMs?: number
  /** What wakes it. */
  wakes?: readonly Wake[]
}

/**
 * Calls `step` whenever there may be work: when the database is poked, once a second anyway, and again at once while it
 * says that there is more. One call at a time; errors are logged, and it is tried again: nothing is lost.
 */
export function startLoop(db: Database, log: Log, { name, step, everyMs = 0, wakes = [""] }: Options): Loop {
  let stopped = false
  let dirty = false
  let wake = () => {}
  const poke = () => {
    dirty = true
    wake()
  }
  const hush = hear(db, wakeChannel, (said) => void (wakes.some((wake) => wake === said) && poke()))
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
