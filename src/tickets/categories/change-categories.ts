import type { Act } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import { recordAdminAct } from "#event-log/index.ts"
import { insertCategory, lockCategory, removeCategory, saveCategory } from "./category-store.ts"

const audited = ["name", "reopenWindowMinutes"] as const

type Fields = { name: string; reopenWindowMinutes?: number | null | undefined }
type Changes = { [K in keyof Fields]?: Fields[K] | undefined }

export async function createCategory(act: Act, { name, reopenWindowMinutes = null }: Fields): Promise<string> {
  const id = newId("cat")
  await insertCategory(act, { id, name, reopenWindowMinutes })
  await recordAdminAct(act, "category.changed", {
    subjectId: id,
    name,
    after: { name, reopenWindowMinutes },
    fields: audited,
  })
  return id
}

/** Changes what is given and differs. */
export async function changeCategory(act: Act, id: string, changes: Changes): Promise<void> {
  const before = await lockCategory(act, id)
  const differs = ([key, value]: [string, unknown]) => value !== undefined && value !== before[key as keyof Changes]
  const set = Object.fromEntries(Object.entries(changes).filter(differs))
  if (Object.keys(set).length === 0) return
  await saveCategory(act, id, set)
  const after = { ...before, ...set }
  await recordAdminAct(act, "category.changed", { subjectId: id, name: after.name, before, after, fields: audited })
}

/** Tickets lose the category; nothing else of them changes. */
export async function deleteCategory(act: Act, id: string): Promise<void> {
  const before = await lockCategory(act, id)
  await removeCategory(act, id)
  await recordAdminAct(act, "category.changed", { subjectId: id, name: before.name, before, fields: audited })
}
