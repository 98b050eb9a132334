import { setTimeout as pause } from "node:timers/promises"
import pg from "pg"
import { type Database, wakeChannel } from "./db.ts"
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
  const hush = hear(db, (said) => (said === "log" && !readsLog ? undefined : poke()))
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

type Ear = { tell: Set<(said: string) => void>; close: () => Promise<void> }
const ears = new WeakMap<Database, Ear>()

/** All loops on one database hear through one connection; it is closed with the last of them. */
function hear(db: Database, tell: (said: string) => void): () => Promise<void> {
  const ear = ears.get(db) ?? listen(db.url)
  ears.set(db, ear)
  ear.tell.add(tell)
  return async () => {
    ear.tell.delete(tell)
    if (ear.tell.size > 0) return
    ears.delete(db)
    await ear.close()
  }
}

// Its own connection: a pooled one could be handed to somebody else. Keepalive finds a half-open peer.
function listen(url: string): Ear {
  const tell: Ear["tell"] = new Set()
  let closed = false
  let client: pg.Client | null = null
  const all = (said: string) => tell.forEach((one) => one(said))
  const connect = async () => {
    if (closed) return
    client = new pg.Client({ connectionString: url, keepAlive: true, application_name: "hilo listener" })
    client.on("notification", ({ payload }) => all(payload ?? ""))
    client.on("error", () => {})
    client.on("end", () => setTimeout(connect, reconnectMs).unref())
    try {
      await client.connect()
      await client.query(`listen ${wakeChannel}`)
      all("")
    } catch {
      await client.end().catch(() => {})
    }
  }
  void connect()
  const close = async () => {
    closed = true
    await client?.end().catch(() => {})
  }
  return { tell, close }
}
