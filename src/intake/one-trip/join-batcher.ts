// Messages that come while others are being joined join together: one commit and one trip to the database for all of them.
// What becomes of each is as if it had come alone.
import type { Database } from "#kernel/db.ts"
import { type PendingRequest, createBatcher } from "#kernel/batcher.ts"
import { isPlainJoin, batchJoinStatement } from "./join-statement.ts"
import { type JoinInput, type JoinRow, joinStatement } from "./intake-statements.ts"

type Answer = JoinRow | undefined
type Join = (joining: JoinInput) => Promise<Answer>

// One statement at a time makes larger batches. One that waits for a lock keeps the others waiting for 100 ms at most.
const together = { lanes: 1, atMost: 40, slowMs: 100 }
const joins = new WeakMap<Database, Join>()

/** Joins the active ticket of the thread if there is one (else `id` is null), and says what is known of connection and sender. */
export function joinActiveTicket(db: Database, joining: JoinInput): Promise<Answer> {
  if (!isPlainJoin(joining)) return joinAlone(db, joining)
  const withOthers = joins.get(db) ?? createBatcher<JoinInput, Answer>(together, (batch) => joinBatch(db, batch))
  joins.set(db, withOthers)
  return withOthers(joining)
}

async function joinAlone(db: Database, joining: JoinInput): Promise<Answer> {
  const [row] = await db.run<JoinRow>(joinStatement(joining))
  return row
}

async function joinBatch(db: Database, batch: PendingRequest<JoinInput, Answer>[]): Promise<void> {
  const rows = batch.length > 1 ? await joinInBatch(db, batch) : []
  await Promise.all(
    batch.map(async ({ question, resolve, reject }, n) => {
      const row = rows[n]
      // Not in, and yet the thread is known: somebody may hold its ticket. Alone it can wait for them.
      if (row && (row.id !== null || !row.hasHistory)) resolve(row)
      else await joinAlone(db, question).then(resolve, reject)
    }),
  )
}

/** Nothing at all when one of them spoils it for all: each is then tried alone, where what is wrong shows. */
async function joinInBatch(db: Database, batch: PendingRequest<JoinInput, Answer>[]): Promise<JoinRow[]> {
  return db.run<JoinRow>(batchJoinStatement(batch.map(({ question }) => question))).catch(() => [])
}
