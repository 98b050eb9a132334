import pg from "pg"
import { type Database, logChannel } from "#kernel/db.ts"
import type { Log } from "#kernel/log.ts"
import { someAreWaiting } from "./log.ts"

const pollEveryMs = 1_000
const waitForOlderMs = 10
const reconnectMs = 500

export type Follower = { stop: () => Promise<void> }

/**
 * Calls `read` whenever the log may have grown: on NOTIFY, once a second anyway, and again at once while `read` says
 * there is more. One call at a time. Errors are logged and tried again: nothing is lost, the cursor did not move.
 */
export function followLog(db: Database, log: Log, read: () => Promise<boolean>): Follower {
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
      const again = await step(db, log, read)
      if (again || dirty || stopped) continue
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

async function step(db: Database, log: Log, read: () => Promise<boolean>): Promise<boolean> {
  try {
    if (await read()) return true
    if (!(await someAreWaiting(db))) return false
    await new Promise((resolve) => setTimeout(resolve, waitForOlderMs))
    return true
  } catch (error) {
    log.warn({ err: error }, "reading the log failed")
    return false
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
