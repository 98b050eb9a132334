import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import type { Principal } from "#people/index.ts"
import type { Action, Macro } from "./contract.ts"
import {
  listSharedItems,
  lockSharedItem,
  findSharedItem,
  type SharedItem,
  ownedByPrincipal,
  type SharedItemTable,
} from "./rows-with-owner-and-sharing.ts"

export type MacroRow = SharedItem & Pick<Macro, "usableWhen" | "reply" | "actions">

const sharedItems: SharedItemTable = { table: sql`macros`, own: sql`x.usable_when, x.reply, x.actions`, word: "macro" }

export const toMacro = (who: Principal, row: MacroRow): Macro => ({
  ...ownedByPrincipal(who, row),
  usableWhen: row.usableWhen,
  reply: row.reply,
  actions: row.actions,
})

export const listMacros = (from: Kysely<DB>, who: Principal, query: { limit: number; cursor?: string | undefined }) =>
  listSharedItems(from, sharedItems, { who, query, shape: (row: MacroRow) => toMacro(who, row) })

export const existingMacro = (from: Kysely<DB>, who: Principal, id: string) =>
  findSharedItem<MacroRow>(from, sharedItems, { who, id })

export const lockMacro = (act: Act, who: Principal, id: string) =>
  lockSharedItem<MacroRow>(act, sharedItems, { who, id })

type MacroValues = Omit<MacroRow, "ownerName" | "createdAt" | "updatedAt">

const asJson = ({ reply, actions }: { reply: Macro["reply"]; actions: Action[] }) => ({
  reply: reply && JSON.stringify(reply),
  actions: JSON.stringify(actions),
})

export async function insertMacro(act: Act, row: MacroValues): Promise<void> {
  await act.tx
    .insertInto("macros")
    .values({ ...row, ...asJson(row), createdAt: act.now, updatedAt: act.now })
    .execute()
}

export async function saveMacro(act: Act, { id, ...row }: MacroValues): Promise<void> {
  await act.tx
    .updateTable("macros")
    .set({ ...row, ...asJson(row), updatedAt: act.now })
    .where("id", "=", id)
    .execute()
}

export async function removeMacro(act: Act, id: string): Promise<void> {
  await act.tx.deleteFrom("macros").where("id", "=", id).execute()
}
