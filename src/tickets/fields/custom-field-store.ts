import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { rowsSql } from "#kernel/database/rows-sql.ts"
import { type Param, runIn, statement } from "#kernel/db.ts"
import { duplicateEntry, notFound, uniqueViolation } from "#kernel/errors.ts"
import type { Page } from "#kernel/http/pagination.ts"
import { readListPage } from "#kernel/http/read-list-page.ts"
import type { TicketKind } from "../lifecycle/lifecycle-table.ts"
import type { CustomField } from "./api-contract.ts"
import type { Values } from "./validate-field-values.ts"

const columns = ["id", "key", "label", "type", "options", "required", "isPublic", "kinds", "createdAt"] as const

const asField = (row: Omit<CustomField, "kinds"> & { kinds: string[] }): CustomField => ({
  ...row,
  kinds: row.kinds as TicketKind[],
})

/** Fields by their key; customers know the public ones only. */
export async function listFields(
  from: Kysely<DB>,
  query: { limit: number; cursor?: string | undefined },
  onlyPublic: boolean,
): Promise<Page<CustomField>> {
  return readListPage(from, shown(from, onlyPublic), { query, by: { key: "text" }, shape: asField })
}

const shown = (from: Kysely<DB>, onlyPublic: boolean) =>
  from
    .selectFrom("customFields")
    .select(columns)
    .$if(onlyPublic, (q) => q.where("isPublic", "=", true))

export async function existingField(from: Kysely<DB>, id: string, onlyPublic = false): Promise<CustomField> {
  const row = await shown(from, onlyPublic).where("id", "=", id).executeTakeFirst()
  if (!row) throw notFound("custom field")
  return asField(row)
}

export async function lockField(act: Act, id: string): Promise<CustomField> {
  const row = await shown(act.tx, false).where("id", "=", id).forUpdate().executeTakeFirst()
  if (!row) throw notFound("custom field")
  return asField(row)
}

/** The fields that tickets of this kind have. */
export async function fieldsOfKind(act: Act, kind: TicketKind): Promise<CustomField[]> {
  const rows = await shown(act.tx, false)
    .where(sql<boolean>`${kind} = any(kinds)`)
    .orderBy("key")
    .execute()
  return rows.map(asField)
}

export async function insertField(act: Act, row: CustomField) {
  try {
    await act.tx.insertInto("customFields").values(row).execute()
  } catch (error) {
    throw uniqueViolation(error) === "custom_fields_key" ? duplicateEntry("key") : error
  }
}

export async function saveField(act: Act, id: string, set: Partial<CustomField>) {
  await act.tx.updateTable("customFields").set(set).where("id", "=", id).execute()
}

export async function removeField(act: Act, id: string) {
  await act.tx.deleteFrom("customFields").where("id", "=", id).execute()
}

const longestSought = 500

/** How a value is written to be found by: each option of a list by itself, numbers as JSON writes them. */
const sought = (value: Values[string]): string[] => [value].flat().map((one) => searchableValue(String(one)))
export const searchableValue = (text: string) => text.toLowerCase().slice(0, longestSought)

/** Of these keys, those that a field has. */
export async function knownKeys(from: Kysely<DB>, keys: string[], onlyPublic: boolean): Promise<string[]> {
  const rows = await shown(from, onlyPublic).where("key", "in", keys).execute()
  return rows.map(({ key }) => key)
}

/** Makes each of these tickets be found by its values and no others. */
export async function indexValues(act: Act, tickets: readonly { id: string; values: Values }[]): Promise<void> {
  if (tickets.length === 0) return
  const ids = tickets.map(({ id }) => id)
  await sql`delete from ticket_field_values where ticket_id = any(${ids}::text[])`.execute(act.tx)
  const rows = tickets.flatMap(({ id, values }) =>
    Object.entries(values).flatMap(([key, value]) => sought(value).map((text) => ({ id, key, value: text }))),
  )
  if (rows.length === 0) return
  const insert = (p: Param) => `insert into ticket_field_values (ticket_id, key, value)
    select r.id, r.key, r.value from ${rowsSql(p, rows, "id text, key text, value text")} on conflict do nothing`
  await runIn(act.tx, statement("", insert))
}
