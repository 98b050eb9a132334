import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { type Purge, purgeRows } from "#kernel/jobs/cleanup.ts"

export type DraftMode = "reply" | "note"

/** What this person was writing on the ticket, per mode; empty text when nothing. */
export async function draftsOf(db: Database, userId: string, ticketId: string): Promise<Record<DraftMode, string>> {
  const rows = await db.kysely
    .selectFrom("drafts")
    .select(["mode", "content"])
    .where("userId", "=", userId)
    .where("ticketId", "=", ticketId)
    .execute()
  const of = (mode: DraftMode) => rows.find((row) => row.mode === mode)?.content ?? ""
  return { reply: of("reply"), note: of("note") }
}

/** Keeps what is being written; empty text deletes it. */
export async function saveDraft(
  act: Act,
  userId: string,
  ticketId: string,
  mode: DraftMode,
  content: string,
): Promise<void> {
  if (content.trim() === "") return deleteDraft(act, userId, ticketId, mode)
  await act.tx
    .insertInto("drafts")
    .values({ userId, ticketId, mode, content, updatedAt: act.now })
    .onConflict((c) => c.columns(["userId", "ticketId", "mode"]).doUpdateSet({ content, updatedAt: act.now }))
    .execute()
}

export async function deleteDraft(act: Act, userId: string, ticketId: string, mode: DraftMode): Promise<void> {
  await act.tx
    .deleteFrom("drafts")
    .where("userId", "=", userId)
    .where("ticketId", "=", ticketId)
    .where("mode", "=", mode)
    .execute()
}

/** What people were writing on one ticket waits for them on another, unless they are writing something there already. */
export async function moveDrafts(act: Act, fromTicket: string, toTicket: string): Promise<void> {
  await sql`
    insert into drafts (user_id, ticket_id, mode, content, updated_at)
    select user_id, ${toTicket}, mode, content, updated_at from drafts where ticket_id = ${fromTicket}
    on conflict (user_id, ticket_id, mode) do nothing`.execute(act.tx)
  await act.tx.deleteFrom("drafts").where("ticketId", "=", fromTicket).execute()
}

/** What people were writing whose accounts are switched off. */
export const purgeDrafts: Purge = (act) =>
  purgeRows(act, "drafts", sql`user_id in (select id from users where disabled_at is not null)`)
