import type { Kysely } from "kysely"
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
