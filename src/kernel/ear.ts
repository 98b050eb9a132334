// Hears what servers say to each other through the database: one connection for all who listen on one database.
import pg from "pg"
import { type Database, shoutChannel, wakeChannel } from "./db.ts"

const reconnectMs = 500

type Tell = (said: string) => void
type Ear = { told: Set<Tell>; users: number; close: () => Promise<void> }
const ears = new WeakMap<Database, Ear>()

/** Keeps the connection open, so that other servers' wake-ups arrive, until the answer is called. */
export function listenForWakes(db: Database): () => Promise<void> {
  return hearShout(db, () => {})
}

/** Calls `tell` for each shout until the answer is called. The connection is closed with the last who listens. */
export function hearShout(db: Database, tell: Tell): () => Promise<void> {
  const ear = ears.get(db) ?? listen(db)
  ears.set(db, ear)
  ear.told.add(tell)
  ear.users++
  return async () => {
    ear.told.delete(tell)
    if (--ear.users > 0) return
    ears.delete(db)
    await ear.close()
  }
}

// Its own connection: a pooled one could be handed to somebody else. Keepalive finds a half-open peer.
function listen(db: Database): Ear {
  const told: Ear["told"] = new Set()
  let closed = false
  let client: pg.Client | null = null
  const connect = async () => {
    if (closed) return
    client = new pg.Client({ connectionString: db.url, keepAlive: true, application_name: "hilo listener" })
    client.on("notification", ({ channel, payload = "" }) => {
      if (channel === wakeChannel) db.wakes.receive(payload)
      else for (const tell of told) tell(payload)
    })
    client.on("error", () => {})
    client.on("end", () => setTimeout(connect, reconnectMs).unref())
    try {
      await client.connect()
      await client.query(`listen ${wakeChannel}; listen ${shoutChannel}`)
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
  return { told, users: 0, close }
}
