// Hears what servers say to each other through the database: one connection for all who listen on one database.
import pg from "pg"
import { type Database, shoutChannel, wakeChannel } from "./db.ts"

const reconnectMs = 500

type Tell = (said: string) => void
type Ear = { tell: Set<{ channel: string; tell: Tell }>; close: () => Promise<void> }
const ears = new WeakMap<Database, Ear>()

/** Calls `tell` for each notice on the channel until the answer is called. The connection is closed with the last. */
export function hear(db: Database, channel: string, tell: Tell): () => Promise<void> {
  const ear = ears.get(db) ?? listen(db.url)
  const listener = { channel, tell }
  ears.set(db, ear)
  ear.tell.add(listener)
  return async () => {
    ear.tell.delete(listener)
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
  const all = (on: string, said: string) => tell.forEach((one) => one.channel === on && one.tell(said))
  const connect = async () => {
    if (closed) return
    client = new pg.Client({ connectionString: url, keepAlive: true, application_name: "hilo listener" })
    client.on("notification", ({ channel, payload }) => all(channel, payload ?? ""))
    client.on("error", () => {})
    client.on("end", () => setTimeout(connect, reconnectMs).unref())
    try {
      await client.connect()
      await client.query(`listen ${wakeChannel}; listen ${shoutChannel}`)
      all(wakeChannel, "")
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
