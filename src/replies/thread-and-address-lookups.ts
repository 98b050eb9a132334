import type { Database } from "#kernel/db.ts"
import type { Channel } from "#channels/index.ts"

export async function threadOf(from: Database["kysely"], ticketId: string) {
  return from
    .selectFrom("tickets")
    .select(["id", "kind", "connectionId", "contactId", "isGroup"])
    .where("id", "=", ticketId)
    .executeTakeFirst()
}

/** Somebody's own address, if the channel reaches it from the connection; null when it is not theirs, or not any more. */
export async function addressOf(
  from: Database["kysely"],
  { reach }: Channel,
  identityId: string,
  connectionId: string,
) {
  const row = await from
    .selectFrom("contactIdentities")
    .select(["id", "kind", "scope", "value"])
    .where("id", "=", identityId)
    .where("contactId", "is not", null)
    .where("kind", "<>", "group")
    .where((e) =>
      e.or([
        e("kind", "in", [...reach.anywhere]),
        e.and([e("kind", "in", [...reach.here]), e("scope", "=", connectionId)]),
      ]),
    )
    .executeTakeFirst()
  return row ?? null
}
