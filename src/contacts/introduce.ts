import { sql } from "kysely"
import type { Database } from "#kernel/db.ts"

type Introduction = { name?: string | undefined; email?: string | undefined; now: Date }

/**
 * Keeps what a stranger says of themselves where nothing better is known. The e-mail stays a remark (custom field
 * `chatEmail`): nobody has verified it, so it is no identity and joins nobody to somebody else's story.
 */
export async function introduce(db: Database, contactId: string, { name = "", email = "", now }: Introduction) {
  if (!name.trim() && !email) return
  const remark = email ? JSON.stringify({ chatEmail: email }) : "{}"
  await db.kysely
    .updateTable("contacts")
    .set({
      name: sql<string>`case when name = '' then ${name.trim()} else name end`,
      customFields: sql`custom_fields || ${remark}::jsonb`,
      updatedAt: now,
    })
    .where("id", "=", contactId)
    .where(sql<boolean>`(name = '' and ${name.trim()} <> '') or not custom_fields @> ${remark}::jsonb`)
    .execute()
}
