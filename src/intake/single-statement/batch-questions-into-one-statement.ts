// What is asked at once is answered by one statement: one commit and one trip to the database for all of them. What becomes
// of each is as if it had come alone; those whom the others spoil it for come alone.
import { createBatcher } from "#kernel/batcher.ts"
import type { Database, Statement } from "#kernel/db.ts"
import { faultOf } from "#kernel/errors.ts"

type Batched<Question, Row> = {
  /** So many in one statement. */
  atMost: number
  /** Gives a row for each, in their order; of one alone perhaps none. */
  write: (questions: readonly Question[]) => Statement
  /** Does the row stand, or must its question be asked alone? */
  isAnswer: (row: Row, question: Question) => boolean
  /**
   * Questions of one sender are answered in the order in which they are asked. What is made of an answer has no order: a message that
   * it leaves to a transaction of its own may be written after one that was asked about later.
   */
  senderOf: (question: Question) => string
}

// Few statements at a time make large batches; a second one lets this server and PostgreSQL work at once when there are enough for
// two. One that waits for a lock keeps the others waiting for 100 ms at most.
const atATime = { lanes: 2, besideAt: 4, slowMs: 100 }

/** Gives how to ask: the row of the question's own, undefined when there is none. */
export function createBatchedStatement<Question, Row extends object>({
  atMost,
  write,
  isAnswer,
  senderOf,
}: Batched<Question, Row>): (db: Database, question: Question) => Promise<Row | undefined> {
  type Ask = (question: Question) => Promise<Row | undefined>
  const askers = new WeakMap<Database, Ask>()
  const askOf = (db: Database) =>
    createBatcher<Question, Row | undefined>({ ...atATime, atMost, orderBy: senderOf }, async (batch) => {
      // Nothing at all when one of them spoils it for all: each is then tried alone, where what is wrong shows.
      const rows =
        batch.length > 1 ? await db.run<Row>(write(batch.map(({ question }) => question))).catch(() => []) : []
      const answered = batch.map((one, n) => ({ ...one, row: rows[n] }))
      const bySender = Map.groupBy(answered, ({ question }) => senderOf(question))
      await Promise.all(
        [...bySender.values()].map(async (ofOne) => {
          // What one has waited for in vain, a lock or a connection, the others of its sender do not wait for in turn.
          let fault: unknown = null
          for (const { question, resolve, reject, row } of ofOne) {
            if (row && isAnswer(row, question)) resolve(row)
            else if (fault !== null) reject(fault)
            else
              await db.run<Row>(write([question])).then(
                ([one]) => resolve(one),
                (error: unknown) => {
                  if (faultOf(error) !== null) fault = error
                  reject(error)
                },
              )
          }
        }),
      )
    })
  return (db, question) => {
    const ask = askers.get(db) ?? askOf(db)
    askers.set(db, ask)
    return ask(question)
  }
}
