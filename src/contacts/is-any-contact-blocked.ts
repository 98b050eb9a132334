import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"

/** Is one of these contacts, or what it was merged into, blocked? */
export async function anyIsBlocked(from: Kysely<DB>, contactIds: readonly (string | null)[]): Promise<boolean> {
  const ids = contactIds.filter((id) => id !== null)
  if (ids.length === 0) return false
  const row = await from
    .selectFrom("contacts as c")
    .leftJoin("contacts as k", "k.id", "c.mergedInto")
    .select("c.id")
    .where("c.id", "in", ids)
    .where((e) => e(e.fn.coalesce("k.blocked", "c.blocked"), "=", true))
    .executeTakeFirst()
  return row !== undefined
}

/** Of these e-mail addresses those of contacts who are blocked, as they are stored. */
export async function blockedEmails(from: Kysely<DB>, addresses: readonly string[]): Promise<Set<string>> {
  if (addresses.length === 0) return new Set()
  const { rows } = await sql<{ value: string }>`
    select i.value from contact_identities i join contacts c on c.id = i.contact_id left join contacts k on k.id = c.merged_into
    where i.kind = 'email' and i.scope = '' and i.value = any(${addresses}::text[]) and coalesce(k.blocked, c.blocked)`.execute(
    from,
  )
  return new Set(rows.map(({ value }) => value))
}
