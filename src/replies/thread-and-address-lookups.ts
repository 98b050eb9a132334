import type { Database } from "#kernel/db.ts"
import type { Channel } from "#channels/index.ts"

export async function threadOf(from: Database["kysely"], ticketId: string) {
  return from
    .selectFrom("tickets")
    .select(["id", "kind", "connectionId", "contactId", "isGroup"])
    .where("id", "=", ticketId)
    .executeTakeFirst()
}

/** Somebody's own address, if the channel reaches it from any connection; null when it is not theirs, or not any more. */
export async function addressOf(from: Database["kysely"], { reach }: Channel, identityId: string) {
  const row = await from
    .selectFrom("contactIdentities")
    .select(["id", "kind", "scope", "value"])
    .where("id", "=", identityId)
    .where("contactId", "is not", null)
    .where("kind", "in", reach.anywhere)
    .executeTakeFirst()
  return row ?? null
}
