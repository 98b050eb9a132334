import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { newId } from "#kernel/ids.ts"
import { type Purge, purgeRows } from "#kernel/jobs/cleanup.ts"
import { wakeAfter } from "#kernel/database/wake.ts"
import { type Language, supportedLanguage } from "#texts/languages-and-text-ids.ts"

export async function insertRequest(act: Act, email: string) {
  await act.tx
    .insertInto("signInLinkRequests")
    .values({ id: newId("lrq"), email, createdAt: act.now })
    .execute()
  wakeAfter(act.tx, "sign-in links")
}

export async function hasLinkRequests(db: Database): Promise<boolean> {
  const row = await db.kysely.selectFrom("signInLinkRequests").select("id").limit(1).executeTakeFirst()
  return row !== undefined
}

/** Takes some of the requests away; they are nobody else's until the transaction ends. */
export async function takeLinkRequests(act: Act, most: number): Promise<string[]> {
  const { rows } = await sql<{ email: string }>`delete from sign_in_link_requests where id in
    (select id from sign_in_link_requests order by id limit ${most} for update skip locked) returning email`.execute(
    act.tx,
  )
  return rows.map(({ email }) => email)
}

type NewLink = { tokenHash: string; email: string; mailId: string }

/** In place of the one that an earlier try of the same mail made. */
export async function insertLink(act: Act, link: NewLink) {
  await act.tx.deleteFrom("signInLinks").where("mailId", "=", link.mailId).where("usedAt", "is", null).execute()
  await act.tx
    .insertInto("signInLinks")
    .values({ ...link, createdAt: act.now })
    .execute()
}

/** The address it was mailed to, when the link was open; with it all others of that address are used up now. */
export async function spendLink(act: Act, tokenHash: string, madeAfter: Date): Promise<string | null> {
  const row = await act.tx
    .updateTable("signInLinks")
    .set({ usedAt: act.now })
    .where("tokenHash", "=", tokenHash)
    .where("usedAt", "is", null)
    .where("createdAt", ">", madeAfter)
    .returning("email")
    .executeTakeFirst()
  if (!row) return null
  await act.tx
    .updateTable("signInLinks")
    .set({ usedAt: act.now })
    .where("email", "=", row.email)
    .where("usedAt", "is", null)
    .execute()
  return row.email
}

type Reachable = { id: string; name: string; language: Language | null; email: string }

/** The person outside who has this e-mail, as it is stored. A blocked person does not learn that they are known. */
export async function personWithEmail(act: Act, email: string): Promise<Reachable | null> {
  const { rows } = await sql<
    Omit<Reachable, "language"> & { language: string | null }
  >`select c.id, c.name, c.language, i.value as email
    from contact_identities i join contacts c on c.id = i.contact_id
    where i.kind = 'email' and i.scope = '' and i.value = lower(${email}) and not c.blocked and not c.is_group`.execute(
    act.tx,
  )
  return rows[0] ? { ...rows[0], language: supportedLanguage(rows[0].language) } : null
}

/** Links that were mailed there open nothing any more. */
export async function endLinksTo(act: Act, email: string): Promise<void> {
  await act.tx
    .deleteFrom("signInLinks")
    .where(sql<string>`lower(email)`, "=", email.toLowerCase())
    .execute()
}

export const purgeSignInLinks: Purge = (act) =>
  purgeRows(act, "signInLinks", sql`created_at < now() - interval '1 day'`)
