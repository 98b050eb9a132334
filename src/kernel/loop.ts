import { setTimeout as pause } from "node:timers/promises"
import pg from "pg"
import { type Database, logChannel } from "./db.ts"
import type { Log } from "./log.ts"

const pollEveryMs = 1_000
const reconnectMs = 500

export type Loop = { stop: () => Promise<void> }

type Options = {
  name: string
  /** True: there is more, look again at once. */
  step: () => Promise<boolean>
  /** How long to let work gather after a step that found the end, however often we are poked. */
  everyMs?: number
}

/**
 * Calls `step` whenever there may be work: when the database is poked, once a second anyway, and again at once while it
 * says that there is more. One call at a time; errors are logged, and it is tried again: nothing is lost.
 */
export function startLoop(db: Database, log: Log, { name, step, everyMs = 0 }: Options): Loop {
  let stopped = false
  let dirty = false
  let wake = () => {}
  const poke = () => {
    dirty = true
    wake()
  }
  const listener = listen(db.url, poke, () => stopped)
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
      await listener.close()
    },
  }
}

// Its own connection: a pooled one could be handed to somebody else. Keepalive finds a half-open peer.
function listen(url: string, onNotify: () => void, stopped: () => boolean) {
  let client: pg.Client | null = null
  const connect = async () => {
    if (stopped()) return
    client = new pg.Client({ connectionString: url, keepAlive: true, application_name: "hilo listener" })
    client.on("notification", onNotify)
    client.on("error", () => {})
    client.on("end", () => setTimeout(connect, reconnectMs).unref())
    try {
      await client.connect()
      await client.query(`listen ${logChannel}`)
      onNotify()
    } catch {
      await client.end().catch(() => {})
    }
  }
  void connect()
  return { close: async () => client?.end().catch(() => {}) }
}
