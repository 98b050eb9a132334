import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { type Purge, purgeRows } from "#kernel/jobs/cleanup.ts"

type NewLink = { tokenHash: string; userId: string; givenBy: string | null; expiresAt: Date; mailId: string | null }

/** In place of the one that an earlier try of the same mail made. */
export async function insertPasswordLink(act: Act, link: NewLink): Promise<void> {
  if (link.mailId !== null) await act.tx.deleteFrom("passwordLinks").where("mailId", "=", link.mailId).execute()
  await act.tx
    .insertInto("passwordLinks")
    .values({ ...link, createdAt: act.now })
    .execute()
}

/** Whose link it is while it is open. */
export async function ownerOfPasswordLink(db: Database, tokenHash: string, now: Date) {
  return db.kysely
    .selectFrom("passwordLinks")
    .innerJoin("users", "users.id", "passwordLinks.userId")
    .select(["users.email", "users.name"])
    .where("tokenHash", "=", tokenHash)
    .where("expiresAt", ">", now)
    .executeTakeFirst()
}

/** Whose link it was and who gave it, when it was open; it is used up now. */
export async function spendPasswordLink(act: Act, tokenHash: string) {
  return act.tx
    .deleteFrom("passwordLinks")
    .where("tokenHash", "=", tokenHash)
    .where("expiresAt", ">", act.now)
    .returning(["userId", "givenBy"])
    .executeTakeFirst()
}

export async function endPasswordLinksOf(act: Act, userId: string): Promise<void> {
  await act.tx.deleteFrom("passwordLinks").where("userId", "=", userId).execute()
}

export const purgePasswordLinks: Purge = (act) => purgeRows(act, "passwordLinks", sql`expires_at < now()`)
