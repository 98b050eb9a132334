import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { type Purge, purgeRows } from "#kernel/jobs/cleanup.ts"

type NewSession = { tokenHash: string; userId: string; passwordHash: string | null; expiresAt: Date }

/** False when the account was switched off or got another password since it was looked at. */
export async function insertSession(act: Act, session: NewSession): Promise<boolean> {
  const row = await act.tx
    .insertInto("sessions")
    .columns(["tokenHash", "userId", "createdAt", "expiresAt"])
    .expression(
      act.tx
        .selectFrom("users")
        .select([
          sql<string>`${session.tokenHash}::text`.as("tokenHash"),
          "id",
          sql<Date>`${act.now}::timestamptz`.as("createdAt"),
          sql<Date>`${session.expiresAt}::timestamptz`.as("expiresAt"),
        ])
        .where("id", "=", session.userId)
        .where("disabledAt", "is", null)
        .where("passwordHash", "is not distinct from", session.passwordHash)
        .forShare(),
    )
    .returning("tokenHash")
    .executeTakeFirst()
  return row !== undefined
}

export async function endSession(act: Pick<Act, "tx">, tokenHash: string) {
  await act.tx.deleteFrom("sessions").where("tokenHash", "=", tokenHash).execute()
}

export async function endSessionsOf(act: Act, userId: string) {
  await act.tx.deleteFrom("sessions").where("userId", "=", userId).execute()
}

export async function endExpiredSessionsOf(act: Act, userId: string) {
  await act.tx.deleteFrom("sessions").where("userId", "=", userId).where("expiresAt", "<=", act.now).execute()
}

export const endExpiredSessions: Purge = (act) => purgeRows(act, "sessions", sql`expires_at <= now()`)
