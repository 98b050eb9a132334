import type { Database } from "#kernel/db.ts"

type Address = { kind: string; value: string }

/** Where these contacts can be reached: kind and value of each identity. */
export async function addressesOf(db: Database, contactIds: readonly string[]): Promise<Map<string, Address[]>> {
  if (contactIds.length === 0) return new Map()
  const rows = await db.kysely
    .selectFrom("contactIdentities")
    .select(["contactId", "kind", "value"])
    .where("contactId", "in", contactIds)
    .orderBy("id")
    .execute()
  const byContact = Map.groupBy(rows, ({ contactId }) => contactId)
  return new Map([...byContact].map(([id, all]) => [id, all.map(({ kind, value }) => ({ kind, value }))]))
}
