import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Principal } from "#people/index.ts"
import type { Action, Macro } from "./api-contract.ts"
import { ownedByPrincipal, type SharedItem, sharedItemStore } from "./shared-item-store.ts"

export type MacroRow = SharedItem & Pick<Macro, "usableWhen" | "reply" | "actions">

export const toMacro = (who: Principal, row: MacroRow): Macro => ({
  ...ownedByPrincipal(who, row),
  usableWhen: row.usableWhen,
  reply: row.reply,
  actions: row.actions,
})

const items = sharedItemStore(
  { table: sql`macros`, own: sql`x.usable_when, x.reply, x.actions`, word: "macro" },
  toMacro,
)
export const { list: listMacros, find: existingMacro, lock: lockMacro } = items

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
