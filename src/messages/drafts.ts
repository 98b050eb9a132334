import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"

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

/** Keeps what is being written; empty text forgets it. */
export async function saveDraft(
  act: Act,
  userId: string,
  ticketId: string,
  mode: DraftMode,
  content: string,
): Promise<void> {
  if (content.trim() === "") return forgetDraft(act, userId, ticketId, mode)
  await act.tx
    .insertInto("drafts")
    .values({ userId, ticketId, mode, content, updatedAt: act.now })
    .onConflict((c) => c.columns(["userId", "ticketId", "mode"]).doUpdateSet({ content, updatedAt: act.now }))
    .execute()
}

export async function forgetDraft(act: Act, userId: string, ticketId: string, mode: DraftMode): Promise<void> {
  await act.tx
    .deleteFrom("drafts")
    .where("userId", "=", userId)
    .where("ticketId", "=", ticketId)
    .where("mode", "=", mode)
    .execute()
}

/** What people were writing whose accounts are switched off. */
export async function forgetDraftsLeftBehind(act: Act): Promise<void> {
  const gone = act.tx.selectFrom("users").select("id").where("disabledAt", "is not", null)
  await act.tx.deleteFrom("drafts").where("userId", "in", gone).execute()
}
