import type { Database } from "#kernel/db.ts"

/** Where a contact can be reached: kind and value of each identity. */
export async function addressesOf(db: Database, contactId: string): Promise<{ kind: string; value: string }[]> {
  return db.kysely
    .selectFrom("contactIdentities")
    .select(["kind", "value"])
    .where("contactId", "=", contactId)
    .orderBy("id")
    .limit(50)
    .execute()
}
