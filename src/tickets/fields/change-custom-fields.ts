import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { recordAdminAct } from "#event-log/index.ts"
import type { z } from "zod"
import type { changeFieldBody, CustomField, newFieldBody } from "./api-contract.ts"
import { insertField, lockField, removeField, saveField } from "./custom-field-store.ts"

const audited = ["key", "label", "type", "options", "required", "isPublic", "kinds"] as const

export async function defineField(act: Act, given: z.output<typeof newFieldBody>): Promise<CustomField> {
  const { options = [], required = false, isPublic = false, kinds = ["support", "conversation"], ...named } = given
  const field: CustomField = {
    id: newId("cfd"),
    ...named,
    options,
    required,
    isPublic,
    kinds: [...new Set(kinds)],
    createdAt: act.now,
  }
  refuseStrayOptions(field)
  await insertField(act, field)
  await recordAdminAct(act, "custom_field.changed", {
    subjectId: field.id,
    name: field.label,
    after: field,
    fields: audited,
  })
  return field
}

/** Values that tickets have stay, even those that the field would no longer take. */
export async function changeField(
  act: Act,
  id: string,
  changes: z.output<typeof changeFieldBody>,
): Promise<CustomField> {
  const before = await lockField(act, id)
  const differs = ([key, value]: [string, unknown]) =>
    value !== undefined && JSON.stringify(value) !== JSON.stringify(before[key as keyof CustomField])
  const set = Object.fromEntries(Object.entries(changes).filter(differs)) as Partial<CustomField>
  if (Object.keys(set).length === 0) return before
  refuseStrayOptions({ ...before, ...set })
  await saveField(act, id, set)
  const after = { ...before, ...set }
  await recordAdminAct(act, "custom_field.changed", {
    subjectId: id,
    name: after.label,
    before,
    after,
    fields: audited,
  })
  return after
}

/** Tickets keep what they have of it, to be read and to be taken away. */
export async function deleteField(act: Act, id: string): Promise<void> {
  const before = await lockField(act, id)
  await removeField(act, id)
  await recordAdminAct(act, "custom_field.changed", { subjectId: id, name: before.label, before, fields: audited })
}

function refuseStrayOptions({ type, options }: CustomField) {
  const isChoice = type === "select" || type === "multi_select"
  if (isChoice && options.length === 0) throw invalidField("options", `must name what a ${type} may be`)
  if (!isChoice && options.length > 0) throw invalidField("options", `must be left out: a ${type} field has none`)
}
