// One transaction whose statements need not wait for each other's answers: what would be many trips becomes one.
import type { Database, Statement } from "../db.ts"

/** Runs a statement in the open transaction. Statements of one run follow each other in the order in which they are given. */
export type RunStatement = <Row>(statement: Statement) => Promise<Row[]>

/** Runs `work` in one transaction: all of it becomes true, or nothing. */
export async function inPipeline<T>(db: Database, work: (run: RunStatement) => Promise<T>): Promise<T> {
  const client = await db.pool.connect()
  let broken: Error | undefined
  try {
    // Not waited for: a connection that cannot begin cannot do what follows either.
    client.query("begin").catch(() => {})
    const result = await work(async <Row>(statement: Statement) => (await client.query(statement)).rows as Row[])
    await client.query("commit")
    return result
  } catch (error) {
    await client.query("rollback").catch((failed: unknown) => void (broken = failed as Error))
    throw error
  } finally {
    // A connection in an unknown state goes; the database undoes what was open on it.
    client.release(broken)
  }
}
