// First messages of new people that come at once are made together: one commit, and one start of a statement that writes six
// tables. What becomes of each is as if it had come alone.
import type { Database } from "#kernel/db.ts"
import { type PendingRequest, createBatcher } from "#kernel/batcher.ts"
import type { PlannedMessage } from "../plan-batch.ts"
import { batchFirstStatement } from "./first-statement.ts"
import { guessStatement, type JoinRow } from "./intake-statements.ts"

type Answer = JoinRow | undefined
type Make = (first: PlannedMessage) => Promise<Answer>

// A message that waits for a lock must not keep the others waiting.
const together = { lanes: 1, atMost: 20, slowMs: 100 }
const makers = new WeakMap<Database, Make>()

/** Makes contact and ticket if nobody has the address and the connection is as thought (else `id` is null), and says what is known. */
export function makeFirst(db: Database, first: PlannedMessage): Promise<Answer> {
  const make = makers.get(db) ?? createBatcher<PlannedMessage, Answer>(together, (batch) => answerBatch(db, batch))
  makers.set(db, make)
  return make(first)
}

async function answerBatch(db: Database, batch: PendingRequest<PlannedMessage, Answer>[]): Promise<void> {
  const rows = batch.length > 1 ? await makeInBatch(db, batch) : []
  await Promise.all(
    batch.map(async ({ question, resolve, reject }, n) => {
      const row = rows[n]
      if (row) resolve(row)
      else await db.run<JoinRow>(guessStatement(question)).then(([made]) => resolve(made), reject)
    }),
  )
}

/** Nothing at all when one of them spoils it for all: each is then tried alone, where what is wrong shows. */
async function makeInBatch(db: Database, batch: PendingRequest<PlannedMessage, Answer>[]): Promise<JoinRow[]> {
  return db.run<JoinRow>(batchFirstStatement(batch.map(({ question }) => question))).catch(() => [])
}
