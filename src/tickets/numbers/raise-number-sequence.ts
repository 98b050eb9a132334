import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"

/** The last number that was given, as SQL. */
export const lastGivenSql =
  "(select case when is_called then last_value else last_value - 1 end from ticket_number_seq)"

/**
 * Moves the sequence of numbers up to `atLeast`, and never back. Until the transaction ends no ticket is inserted, so that
 * nobody draws a number between the look and the move: keep it short.
 */
export async function raiseNumberSequence(act: Act, atLeast: number): Promise<void> {
  await sql`lock table tickets in share row exclusive mode`.execute(act.tx)
  await sql`select setval('ticket_number_seq', ${atLeast}::bigint) where ${atLeast}::bigint > ${sql.raw(lastGivenSql)}`.execute(
    act.tx,
  )
}
