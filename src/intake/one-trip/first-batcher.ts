// First messages of new people that come at once are made together: six tables are begun once for all of them.
import { createBatchedStatement } from "./batched-statement.ts"
import type { PlannedMessage } from "../plan-from-snapshot.ts"
import { batchFirstStatement } from "./first-statement.ts"
import { guessStatement, type JoinRow } from "./intake-statements.ts"

/** Makes contact and ticket if nobody has the address and the connection is as thought (else `id` is null), and says what is known. */
export const makeFirst = createBatchedStatement<PlannedMessage, JoinRow>({
  atMost: 20,
  together: batchFirstStatement,
  alone: guessStatement,
})
