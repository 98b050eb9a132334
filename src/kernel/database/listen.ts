// Listens to what servers say to each other through the database: one connection for all who listen on one database.
import pg from "pg"
import { type Database, broadcastChannel, wakeChannel } from "../db.ts"

const reconnectMs = 500

type OnNotice = (payload: string) => void
type Listener = { onNotice: Set<OnNotice>; users: number; close: () => Promise<void> }
const listeners = new WeakMap<Database, Listener>()

/** Keeps the connection open, so that other servers' wake-ups arrive, until the answer is called. */
export function listenForWakes(db: Database): () => Promise<void> {
  return onNotice(db, () => {})
}

/** Calls `notify` for each broadcast until the answer is called. The connection is closed with the last who listens. */
export function onNotice(db: Database, notify: OnNotice): () => Promise<void> {
  const listener = listeners.get(db) ?? listen(db)
  listeners.set(db, listener)
  listener.onNotice.add(notify)
  listener.users++
  return async () => {
    listener.onNotice.delete(notify)
    if (--listener.users > 0) return
    listeners.delete(db)
    await listener.close()
  }
}

// Its own connection: a pooled one could be handed to somebody else. Keepalive finds a half-open peer.
function listen(db: Database): Listener {
  const listeners = new Set<OnNotice>()
  let closed = false
  let client: pg.Client | null = null
  const connect = async () => {
    if (closed) return
    client = new pg.Client({
      connectionString: db.url,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      application_name: "hilo listener",
    })
    client.on("notification", ({ channel, payload = "" }) => {
      if (channel === wakeChannel) db.wakes.receive(payload)
      else for (const notify of listeners) notify(payload)
    })
    client.on("error", () => {})
    client.on("end", () => setTimeout(connect, reconnectMs).unref())
    try {
      await client.connect()
      await client.query(`listen ${wakeChannel}; listen ${broadcastChannel}`)
      db.wakes.wakeAll()
    } catch {
      await client.end().catch(() => {})
    }
  }
  void connect()
  const close = async () => {
    closed = true
    await client?.end().catch(() => {})
  }
  return { onNotice: listeners, users: 0, close }
}
