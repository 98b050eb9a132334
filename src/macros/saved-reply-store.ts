import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import type { Principal } from "#people/index.ts"
import type { SavedReply } from "./contract.ts"
import {
  listSharedItems,
  lockSharedItem,
  findSharedItem,
  type SharedItem,
  ownedByPrincipal,
  type SharedItemTable,
} from "./rows-with-owner-and-sharing.ts"

export type ReplyRow = SharedItem & { content: string; language: string | null }

const sharedItems: SharedItemTable = { table: sql`saved_replies`, own: sql`x.content, x.language`, word: "saved reply" }

export const toReply = (who: Principal, row: ReplyRow): SavedReply => ({
  ...ownedByPrincipal(who, row),
  content: row.content,
  language: row.language,
})

export const listReplies = (from: Kysely<DB>, who: Principal, query: { limit: number; cursor?: string | undefined }) =>
  listSharedItems(from, sharedItems, { who, query, shape: (row: ReplyRow) => toReply(who, row) })

export const existingReply = (from: Kysely<DB>, who: Principal, id: string) =>
  findSharedItem<ReplyRow>(from, sharedItems, { who, id })

export const lockReply = (act: Act, who: Principal, id: string) =>
  lockSharedItem<ReplyRow>(act, sharedItems, { who, id })

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
