import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import type { Principal } from "#people/index.ts"
import type { Action, Macro } from "./contract.ts"
import { listOn, lockedOn, oneOn, type Owned, ownedBy, type Shelf } from "./shelf.ts"

export type MacroRow = Owned & Pick<Macro, "usableWhen" | "reply" | "actions">

const shelf: Shelf = { table: sql`macros`, own: sql`x.usable_when, x.reply, x.actions`, word: "macro" }

export const toMacro = (who: Principal, row: MacroRow): Macro => ({
  ...ownedBy(who, row),
  usableWhen: row.usableWhen,
  reply: row.reply,
  actions: row.actions,
})

export const listMacros = (from: Kysely<DB>, who: Principal, query: { limit: number; cursor?: string | undefined }) =>
  listOn(from, shelf, { who, query, shape: (row: MacroRow) => toMacro(who, row) })

export const existingMacro = (from: Kysely<DB>, who: Principal, id: string) => oneOn<MacroRow>(from, shelf, { who, id })

export const lockMacro = (act: Act, who: Principal, id: string) => lockedOn<MacroRow>(act, shelf, { who, id })

type Stored = Omit<MacroRow, "ownerName" | "createdAt" | "updatedAt">

const asJson = ({ reply, actions }: { reply: Macro["reply"]; actions: Action[] }) => ({
  reply: reply && JSON.stringify(reply),
  actions: JSON.stringify(actions),
})

export async function insertMacro(act: Act, row: Stored): Promise<void> {
  await act.tx
    .insertInto("macros")
    .values({ ...row, ...asJson(row), createdAt: act.now, updatedAt: act.now })
    .execute()
}

export async function saveMacro(act: Act, { id, ...row }: Stored): Promise<void> {
  await act.tx
    .updateTable("macros")
    .set({ ...row, ...asJson(row), updatedAt: act.now })
    .where("id", "=", id)
    .execute()
}

export async function removeMacro(act: Act, id: string): Promise<void> {
  await act.tx.deleteFrom("macros").where("id", "=", id).execute()
}
