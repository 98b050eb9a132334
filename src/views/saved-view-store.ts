import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { notFound } from "#kernel/errors.ts"
import type { Page } from "#kernel/http/pagination.ts"
import { byName, readListPage } from "#kernel/http/read-list-page.ts"
import { can, type Principal, sharedWith } from "#people/index.ts"
import type { Filters, View } from "./api-contract.ts"

export type ViewRow = Omit<View, "owner" | "can"> & { ownerId: string; ownerName: string; filters: Filters }

function visible(from: Kysely<DB>, who: Principal) {
  return from.selectFrom("views").innerJoin("users", "users.id", "views.ownerId").where(sharedWith(who, "views"))
}

const shown = [
  "views.id",
  "views.name",
  "visibility",
  "ownerId",
  "users.name as ownerName",
  "teamId",
  "filters",
  "sort",
  "views.createdAt",
  "views.updatedAt",
] as const

/** The views that `who` may see, by name. */
export async function listViews(
  from: Kysely<DB>,
  who: Principal,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<View>> {
  const all = visible(from, who).select(shown).$castTo<ViewRow>()
  return readListPage(from, all, { query, by: byName, shape: (row) => toView(who, row) })
}

/** The filters of the first views by name: so many that a screen can show them. */
export async function viewsToCount(from: Kysely<DB>, who: Principal, limit: number) {
  const rows = await visible(from, who)
    .select(["views.id", "filters"])
    .orderBy(sql`visibility = 'me'`, "desc")
    .orderBy(sql`lower(views.name)`)
    .orderBy("views.id")
    .limit(limit)
    .execute()
  return rows as { id: string; filters: Filters }[]
}

const one = (from: Kysely<DB>, who: Principal, id: string) =>
  visible(from, who).select(shown).where("views.id", "=", id)

export async function existingView(from: Kysely<DB>, who: Principal, id: string): Promise<ViewRow> {
  const row = await one(from, who, id).executeTakeFirst()
  if (!row) throw notFound("view")
  return row as ViewRow
}

export async function lockView(act: Act, who: Principal, id: string): Promise<ViewRow> {
  const row = await one(act.tx, who, id).forUpdate("views").executeTakeFirst()
  if (!row) throw notFound("view")
  return row as ViewRow
}

export function toView(who: Principal, { ownerId, ownerName, ...row }: ViewRow): View {
  const mayChange = can.manageView(who, { ...row, ownerId })
  return { ...row, owner: { id: ownerId, name: ownerName }, can: mayChange ? ["edit", "delete"] : [] }
}

type ViewValues = Pick<ViewRow, "id" | "name" | "visibility" | "ownerId" | "teamId" | "filters" | "sort">

export async function insertView(act: Act, { filters, ...row }: ViewValues): Promise<void> {
  await act.tx
    .insertInto("views")
    .values({ ...row, filters: JSON.stringify(filters), createdAt: act.now, updatedAt: act.now })
    .execute()
}

export async function saveView(act: Act, id: string, { filters, ...set }: Partial<ViewValues>): Promise<void> {
  await act.tx
    .updateTable("views")
    .set({ ...set, ...(filters && { filters: JSON.stringify(filters) }), updatedAt: act.now })
    .where("id", "=", id)
    .execute()
}

export async function removeView(act: Act, id: string): Promise<void> {
  await act.tx.deleteFrom("views").where("id", "=", id).execute()
}
