import { sql } from "kysely"
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"

type Introduction = { name?: string | undefined; email?: string | undefined; now: Date }

/**
 * Keeps what a stranger says of themselves where nothing better is known. The e-mail stays a remark (custom field
 * `chatEmail`): nobody has verified it, so it is no identity and joins nobody to somebody else's story.
 */
export async function introduce(from: Kysely<DB>, contactId: string, { name = "", email = "", now }: Introduction) {
  if (!name.trim() && !email) return
  const remark = email ? JSON.stringify({ chatEmail: email }) : "{}"
  await from
    .updateTable("contacts")
    .set({
      name: sql<string>`case when name = '' then ${name.trim()} else name end`,
      customFields: sql`custom_fields || ${remark}::jsonb`,
      updatedAt: now,
    })
    .where("id", "=", contactId)
    .where(sql<boolean>`((name = '' and ${name.trim()} <> '') or not custom_fields @> ${remark}::jsonb)`)
    .execute()
}
