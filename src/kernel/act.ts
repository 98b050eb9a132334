import type { Transaction } from "kysely"
import type { DB } from "#db/types.ts"
import type { Database } from "./db.ts"
import { topicsToWake } from "./database/wake.ts"

/** Who does something. `kind` is a word such as user, system or key; `id` is theirs, if they have one. */
export type Actor = { kind: string; id: string | null }

/** The event that made us act, so that chains can be followed and bounded. */
export type Cause = { eventId: number; depth: number }

/** What every verb receives: one open transaction, who acts, and the instant it happens at. */
export type Act = { tx: Transaction<DB>; actor: Actor; now: Date; cause?: Cause }

export const system: Actor = { kind: "system", id: null }

/** Runs `work` in one transaction. Its rows become visible together, or not at all; then who waits for them is woken. */
export async function inTransaction<T>(
  db: Database,
  who: { actor: Actor; now: Date; cause?: Cause },
  work: (act: Act) => Promise<T>,
): Promise<T> {
  const result = await transact(db, (tx) => work({ tx, ...who }))
  // Verbs record events.
  db.wakes.wake("log")
  return result
}

/** The same for what records nothing: it wakes those alone whom `wakeAfter` names. */
export async function transact<T>(db: Database, work: (tx: Act["tx"]) => Promise<T>): Promise<T> {
  let topics: Iterable<string> = []
  const result = await db.kysely.transaction().execute(async (tx) => {
    const done = await work(tx)
    topics = topicsToWake(tx)
    return done
  })
  for (const topic of topics) db.wakes.wake(topic)
  return result
}
