import { isDeepStrictEqual } from "node:util"
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { record } from "#events/index.ts"
import { refuseMerged } from "./change.ts"
import { saveCategories, saveFields, type TicketRow, unknownCategories } from "./store.ts"

export type Fields = {
  subject?: string | undefined
  priority?: string | undefined
  tags?: string[] | undefined
  categoryIds?: string[] | undefined
  customFields?: Record<string, unknown> | undefined
}

/** Changes the fields that really differ; equal values change nothing, not even the version. */
export async function update(
  act: Act,
  ticket: TicketRow,
  { categoryIds, customFields, ...fields }: Fields,
): Promise<void> {
  const tags = fields.tags && [...new Set(fields.tags.map((tag) => tag.trim()))]
  const wanted: Record<string, unknown> = { ...fields, ...(tags && { tags }) }
  const now = ticket as unknown as Record<string, unknown>
  const differs = ([key, value]: [string, unknown]) =>
    value !== undefined && JSON.stringify(value) !== JSON.stringify(now[key])
  const set = Object.fromEntries(Object.entries(wanted).filter(differs))
  const own = customFields && !isDeepStrictEqual(customFields, ticket.customFields)
  if (own) set["customFields"] = JSON.stringify(customFields)
  const categories = categoryIds && (await replaceCategories(act, ticket.id, categoryIds))
  const changes = [...Object.keys(set), ...(categories ? ["categories"] : [])]
  if (changes.length === 0) return
  refuseMerged(ticket)
  await saveFields(act, ticket.id, set)
  await record(act, "ticket.updated", { ticketId: ticket.id, data: { changes, ...enums(set) } })
}

// Of the new values only those that are enums go into the log; texts stay in the row.
const enums = (set: Record<string, unknown>) => ("priority" in set ? { priority: set["priority"] } : {})

async function replaceCategories(act: Act, ticketId: string, ids: string[]): Promise<boolean> {
  const [unknown] = await unknownCategories(act, ids)
  if (unknown !== undefined) throw invalidField("categoryIds", `${unknown} is not a category`)
  const before = await act.tx
    .selectFrom("ticketCategories")
    .select("categoryId")
    .where("ticketId", "=", ticketId)
    .execute()
  const same = before.length === new Set(ids).size && before.every((row) => ids.includes(row.categoryId))
  if (!same) await saveCategories(act, ticketId, ids)
  return !same
}
