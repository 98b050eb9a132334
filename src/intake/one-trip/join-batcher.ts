// Messages that come while others are being joined join together.
import type { Database } from "#kernel/db.ts"
import { createBatchedStatement } from "./batched-statement.ts"
import { isPlainJoin, batchJoinStatement } from "./join-statement.ts"
import { type JoinInput, type JoinRow, joinStatement } from "./intake-statements.ts"

const joinTogether = createBatchedStatement<JoinInput, JoinRow>({
  atMost: 40,
  together: batchJoinStatement,
  alone: joinStatement,
  // Not in, and yet the thread is known: somebody may hold its ticket. Alone it can wait for them.
  isAnswer: (row) => row.id !== null || !row.hasHistory,
})

/** Joins the active ticket of the thread if there is one (else `id` is null), and says what is known of connection and sender. */
export async function joinActiveTicket(db: Database, joining: JoinInput): Promise<JoinRow | undefined> {
  if (isPlainJoin(joining)) return joinTogether(db, joining)
  const [row] = await db.run<JoinRow>(joinStatement(joining))
  return row
}
