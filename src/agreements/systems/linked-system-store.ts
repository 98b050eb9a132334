import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { duplicateEntry, notFound, uniqueViolation } from "#kernel/errors.ts"
import type { Page } from "#kernel/http/pagination.ts"
import { byId, readListPage } from "#kernel/http/read-list-page.ts"
import type { LinkedSystem, LinkedSystemKind } from "../api-contract.ts"

export type LinkedSystemRow = {
  id: string
  kind: LinkedSystemKind
  name: string
  settings: Record<string, unknown>
  /** Sealed. */
  secrets: string | null
  /** When it last answered, or posted. */
  lastSeenAt: Date | null
  /** Since when it gives no answer that is of use, and why. */
  failingSince: Date | null
  failure: string | null
  deletedAt: Date | null
  createdAt: Date
  updatedAt: Date
}

type From = Kysely<DB>

/** Also one that was removed: agreements still name it. */
export async function systemById(from: From, id: string): Promise<LinkedSystemRow | undefined> {
  const row = await from.selectFrom("linkedSystems").selectAll().where("id", "=", id).executeTakeFirst()
  return row as LinkedSystemRow | undefined
}

/** Refuses (404) one that is not there or was removed. */
export async function existingSystem(from: From, id: string): Promise<LinkedSystemRow> {
  const row = await systemById(from, id)
  if (!row || row.deletedAt) throw notFound("linked system")
  return row
}

/** One in use, which nobody changes or removes before the transaction ends. */
export async function shareLockSystem(act: Act, id: string): Promise<LinkedSystemRow | undefined> {
  const inUse = act.tx.selectFrom("linkedSystems").selectAll().where("id", "=", id).where("deletedAt", "is", null)
  return (await inUse.forShare().executeTakeFirst()) as LinkedSystemRow | undefined
}

/** As it is now, until the transaction ends. Not `for update`: what is said about tickets meanwhile names the system and must not wait. */
export async function lockSystem(act: Act, id: string): Promise<LinkedSystemRow> {
  await act.tx.selectFrom("linkedSystems").select("id").where("id", "=", id).forNoKeyUpdate().executeTakeFirst()
  return existingSystem(act.tx, id)
}

/** Those in use, by their ids: in the order in which they were made. */
export async function systemsInUse(from: From): Promise<LinkedSystemRow[]> {
  const rows = await from.selectFrom("linkedSystems").selectAll().where("deletedAt", "is", null).orderBy("id").execute()
  return rows as LinkedSystemRow[]
}

type NewRow = Pick<LinkedSystemRow, "id" | "kind" | "name" | "settings" | "secrets">

/** Refuses (400) a name that another one has. */
export async function insertSystem(act: Act, row: NewRow): Promise<void> {
  const values = { ...row, settings: JSON.stringify(row.settings), createdAt: act.now, updatedAt: act.now }
  await act.tx.insertInto("linkedSystems").values(values).execute().catch(refuseTakenName)
}

/** Refuses (400) a name that another one has. */
export async function saveSystem(
  act: Act,
  id: string,
  { settings, ...fields }: Partial<Pick<LinkedSystemRow, "name" | "settings" | "secrets" | "deletedAt">>,
): Promise<void> {
  const set = { ...fields, ...(settings && { settings: JSON.stringify(settings) }), updatedAt: act.now }
  await act.tx.updateTable("linkedSystems").set(set).where("id", "=", id).execute().catch(refuseTakenName)
}

function refuseTakenName(error: unknown): never {
  throw uniqueViolation(error) === "linked_systems_name" ? duplicateEntry("name") : error
}

export async function listSystems(
  from: From,
  query: { limit: number; cursor?: string | undefined },
  shape: (row: LinkedSystemRow) => LinkedSystem,
): Promise<Page<LinkedSystem>> {
  const inUse = from.selectFrom("linkedSystems").selectAll().where("deletedAt", "is", null)
  return readListPage(from, inUse.$castTo<LinkedSystemRow>(), { query, by: byId, shape })
}
