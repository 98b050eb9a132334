// What matters for a moment only – who looks, who types – goes to all servers at once and is kept nowhere. It may be lost:
// its sender repeats it from time to time.
import { type Database, broadcastChannel } from "../db.ts"
import { onNotice } from "./listen.ts"

// A notice holds 8,000 bytes. Ids and words of the program only: other servers look up the rest.
const longest = 7_900

/** Outside of every transaction, whose commit would wait for all others that notify. False when it is too long. */
export function broadcast(db: Database, what: Record<string, unknown>): boolean {
  const payload = JSON.stringify(what)
  if (Buffer.byteLength(payload) > longest) return false
  db.pool
    .query({ name: "broadcast", text: `select pg_notify('${broadcastChannel}', $1)`, values: [payload] })
    .catch(() => {})
  return true
}

/** Everything that is broadcast, one's own too, until the answer is called. */
export function onBroadcast(db: Database, notify: (what: unknown) => void): () => Promise<void> {
  return onNotice(db, (said) => {
    try {
      notify(JSON.parse(said))
    } catch {
      // Another version's words.
    }
  })
}
