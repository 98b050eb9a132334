import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { record } from "#event-log/index.ts"
import { refuseMerged } from "../lifecycle/transition.ts"
import { type FieldChange, saveFieldChanges } from "../history/field-history.ts"
import { changedValues } from "./accept-given-custom-values.ts"
import { indexValues } from "./custom-field-store.ts"
import { type GivenFields, isSame, type Values } from "./validate-field-values.ts"
import { refuseFreeTextFields } from "../refuse-personal-text-on-incidents.ts"
import { distinctTags } from "./tags.ts"
import { categoriesOf, saveCategories, saveFields, unknownCategories } from "../ticket-store.ts"
import { type TicketRow } from "../ticket-row.ts"

export type TicketFields = {
  subject?: string | undefined
  priority?: string | undefined
  tags?: string[] | undefined
  categoryIds?: string[] | undefined
  customFields?: GivenFields | undefined
}

/** Changes the fields that really differ; equal values change nothing, not even the version. */
export async function updateFields(act: Act, ticket: TicketRow, { categoryIds, customFields, ...given }: TicketFields) {
  refuseFreeTextFields(ticket, { ...given, customFields })
  const plain = changesOf(ticket, { ...given, ...(given.tags && { tags: distinctTags(given.tags) }) })
  const own = customFields && (await replaceValues(act, ticket, customFields))
  const sorted = categoryIds && (await replaceCategories(act, ticket.id, categoryIds))
  const changes = [...plain, ...(own?.changes ?? []), ...(sorted ?? [])]
  if (changes.length === 0) return
  refuseMerged(ticket)
  const set = Object.fromEntries(plain.map((change) => [change.field, change.new]))
  await saveFields(act, ticket.id, { ...set, ...(own && { customFields: JSON.stringify(own.values) }) })
  const changeId = await saveFieldChanges(act, ticket.id, changes)
  const names = [...new Set(changes.map(({ field }) => field.split(".")[0]!))]
  await record(act, "ticket.updated", { ticketId: ticket.id, data: { changes: names, changeId, ...enums(plain) } })
}

function changesOf(ticket: TicketRow, wanted: Omit<TicketFields, "categoryIds" | "customFields">): FieldChange[] {
  return Object.entries(wanted).flatMap(([field, value]) => {
    const old = ticket[field as keyof typeof wanted]
    return value === undefined || isSame(value, old) ? [] : [{ field, old, new: value }]
  })
}

// Of the values only those that are enums go into the log.
function enums(changes: FieldChange[]) {
  const priority = changes.find(({ field }) => field === "priority")
  return priority ? { priority: priority.new, previousPriority: priority.old } : {}
}

async function replaceValues(act: Act, ticket: TicketRow, given: GivenFields) {
  const before = ticket.customFields
  const values: Values = await changedValues(act, ticket, given)
  const keys = [...new Set([...Object.keys(before), ...Object.keys(values)])]
  const changes = keys.flatMap((key) =>
    isSame(before[key], values[key]) ? [] : [{ field: `customFields.${key}`, old: before[key], new: values[key] }],
  )
  if (changes.length > 0) await indexValues(act, [{ id: ticket.id, values }])
  return changes.length > 0 ? { values, changes } : undefined
}

async function replaceCategories(act: Act, ticketId: string, ids: string[]): Promise<FieldChange[]> {
  const [unknown] = await unknownCategories(act, ids)
  if (unknown !== undefined) throw invalidField("categoryIds", `${unknown} is not a category`)
  const [old, wanted] = [await categoriesOf(act, ticketId), [...new Set(ids)].toSorted()]
  if (isSame(old, wanted)) return []
  await saveCategories(act, [{ id: ticketId, categoryIds: wanted }])
  return [{ field: "categories", old, new: wanted }]
}
