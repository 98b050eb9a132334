import { sql } from "kysely"
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
export async function addressOf(from: Database["kysely"], channel: Channel, identityId: string, connectionId: string) {
  const row = await reachedAddresses(from, channel, connectionId).where("id", "=", identityId).executeTakeFirst()
  return row ?? null
}

/** How many addresses of a contact a writer chooses among. */
const mostAddresses = 20

/**
 * The addresses of a contact that the channel reaches from the connection, oldest first: without one that has become another, and
 * without an e-mail that a visitor only said.
 */
export async function addressesOf(from: Database["kysely"], channel: Channel, contactId: string, connectionId: string) {
  const first = channel.templates?.firstTo
  return reachedAddresses(from, channel, connectionId)
    .where("contactId", "=", contactId)
    .where("replacedBy", "is", null)
    .where((e) => e.or([e("kind", "<>", "email"), e("scope", "=", "")]))
    .$if(first !== undefined, (query) => query.where("kind", "=", first!))
    .orderBy("createdAt")
    .orderBy("id")
    .limit(mostAddresses)
    .execute()
}

const reachedAddresses = (from: Database["kysely"], { reach }: Channel, connectionId: string) =>
  from
    .selectFrom("contactIdentities")
    .select(["id", "contactId", "kind", "scope", "value"])
    .where("contactId", "is not", null)
    .where("kind", "<>", "group")
    .where((e) =>
      e.or([
        sql<boolean>`kind = any(${[...reach.anywhere]}::text[])`,
        e.and([sql<boolean>`kind = any(${[...reach.here]}::text[])`, e("scope", "=", connectionId)]),
      ]),
    )
