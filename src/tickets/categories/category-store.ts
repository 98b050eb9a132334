import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { duplicateEntry, notFound, uniqueViolation } from "#kernel/errors.ts"
import type { Page } from "#kernel/http/pagination.ts"
import { byName, readListPage } from "#kernel/http/read-list-page.ts"
import type { Category } from "../api-contract.ts"

const columns = ["id", "name", "reopenWindowMinutes", "createdAt"] as const

/** Categories by name. */
export async function listCategories(
  from: Kysely<DB>,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<Category>> {
  const all = from.selectFrom("categories").select(columns)
  return readListPage(from, all, { query, by: byName, shape: (row) => row })
}

export async function existingCategory(from: Kysely<DB>, id: string): Promise<Category> {
  const row = await from.selectFrom("categories").select(columns).where("id", "=", id).executeTakeFirst()
  if (!row) throw notFound("category")
  return row
}

export async function lockCategory(act: Act, id: string): Promise<Category> {
  const row = await act.tx.selectFrom("categories").select(columns).where("id", "=", id).forUpdate().executeTakeFirst()
  if (!row) throw notFound("category")
  return row
}

export async function insertCategory(act: Act, row: Omit<Category, "createdAt">) {
  await refusingTakenName(
    act.tx
      .insertInto("categories")
      .values({ ...row, createdAt: act.now })
      .execute(),
  )
}

export async function saveCategory(act: Act, id: string, set: Partial<Category>) {
  await refusingTakenName(act.tx.updateTable("categories").set(set).where("id", "=", id).execute())
}

export async function removeCategory(act: Act, id: string) {
  await act.tx.deleteFrom("categories").where("id", "=", id).execute()
}

async function refusingTakenName(write: Promise<unknown>) {
  try {
    await write
  } catch (error) {
    throw uniqueViolation(error) === "categories_name" ? duplicateEntry("name") : error
  }
}
