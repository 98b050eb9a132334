import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Principal } from "#people/index.ts"
import type { SavedReply } from "./api-contract.ts"
import { ownedByPrincipal, type SharedItem, sharedItemStore } from "./shared-item-store.ts"

export type ReplyRow = SharedItem & { content: string; language: string | null }

export const toReply = (who: Principal, row: ReplyRow): SavedReply => ({
  ...ownedByPrincipal(who, row),
  content: row.content,
  language: row.language,
})

const items = sharedItemStore(
  { table: sql`saved_replies`, own: sql`x.content, x.language`, word: "saved reply" },
  toReply,
)
export const { list: listReplies, find: existingReply, lock: lockReply } = items

type SavedReplyValues = Omit<ReplyRow, "ownerName" | "createdAt" | "updatedAt">

export async function insertReply(act: Act, row: SavedReplyValues): Promise<void> {
  await act.tx
    .insertInto("savedReplies")
    .values({ ...row, createdAt: act.now, updatedAt: act.now })
    .execute()
}

export async function saveReply(act: Act, id: string, set: Partial<SavedReplyValues>): Promise<void> {
  await act.tx
    .updateTable("savedReplies")
    .set({ ...set, updatedAt: act.now })
    .where("id", "=", id)
    .execute()
}

export async function removeReply(act: Act, id: string): Promise<void> {
  await act.tx.deleteFrom("savedReplies").where("id", "=", id).execute()
}
