import { sql } from "kysely"
import type { Database } from "#kernel/db.ts"
import type { Act } from "#kernel/act.ts"
import { type Channel, kindsOf } from "#channels/index.ts"

/** Of these tickets, the ones whose connection has such a text of its own. */
export async function ticketsWithText(tx: Act["tx"], which: "greeting" | "farewellText", ticketIds: string[]) {
  const column = sql.ref(which === "greeting" ? "n.greeting" : "n.farewell_text")
  const rows = await sql<{ id: string }>`
    select t.id from tickets t join connections n on n.id = t.connection_id
    where t.id = any(${ticketIds}) and coalesce(${column}, '') <> ''`.execute(tx)
  return new Set(rows.rows.map(({ id }) => id))
}

/** Of these tickets, the ones whose contact can be shown that we have read. */
export async function ticketsWithReadReceipts(tx: Act["tx"], ticketIds: string[]) {
  const rows = await sql<{ id: string }>`
    select t.id from tickets t join connections n on n.id = t.connection_id
    where t.id = any(${ticketIds}) and n.kind = any(${kindsOf(({ sendReadReceipt }) => sendReadReceipt)}) and n.enabled and not t.is_group`.execute(
    tx,
  )
  return new Set(rows.rows.map(({ id }) => id))
}

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
