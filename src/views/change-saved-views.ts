// Saved views: a list's filters under a name.
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { recordAdminAct } from "#event-log/index.ts"
import { type Principal, refuseForeignItem, refuseInvalidSharing, sharingAfter } from "#people/index.ts"
import { checkListQuery, type ListQuery, listQuery, withToday } from "#tickets/index.ts"
import type { Filters, ViewChanges, ViewFields } from "./api-contract.ts"
import { insertView, lockView, removeView, saveView, type ViewRow } from "./saved-view-store.ts"

const audited = ["name", "visibility", "teamId", "filters", "sort"] as const
const paging = ["limit", "cursor", "sort"]

/** The query that a view's filters mean, or a refusal naming `filters.<name>` or `sort`; what it names may be gone. */
export function queryOf(filters: Filters, sort: string | null = null): ListQuery {
  const wrong = Object.keys(filters).find((name) => paging.includes(name))
  if (wrong !== undefined) throw invalidField(`filters.${wrong}`, "is no filter")
  const texts = Object.entries(filters).map(([name, value]) => [name, typeof value === "boolean" ? `${value}` : value])
  const result = listQuery.safeParse({ ...Object.fromEntries(texts), ...(sort !== null && { sort }) })
  if (!result.success) {
    const issue = result.error.issues[0]!
    const name = issue.code === "unrecognized_keys" ? issue.keys[0]! : String(issue.path[0])
    throw invalidField(name === "sort" ? name : `filters.${name}`, issue.message)
  }
  return result.data
}

export async function createView(act: Act, who: Principal, fields: ViewFields): Promise<string> {
  const { name, visibility, filters, teamId = null, sort = null } = fields
  const view = { id: newId("viw"), name, visibility, ownerId: who.id, teamId, filters, sort }
  await refuseUnfit(act, who, view)
  await insertView(act, view)
  const data = { change: "created", visibility, teamId }
  await recordAdminAct(act, "view.changed", { subjectId: view.id, name, after: view, fields: audited, data })
  return view.id
}

export async function changeView(act: Act, who: Principal, id: string, changes: ViewChanges): Promise<void> {
  const before = await lockView(act, who, id)
  refuseForeignItem(who, before)
  const given = Object.entries(changes).filter(([, value]) => value !== undefined)
  const wanted: ViewRow = { ...before, ...Object.fromEntries(given), ...sharingAfter(before, changes) }
  await refuseUnfit(act, who, wanted)
  const { name, visibility, teamId, filters, sort } = wanted
  await saveView(act, id, { name, visibility, teamId, filters, sort })
  const fields = given.map(([field]) => field)
  const data = { change: "changed", fields, visibility, teamId }
  await recordAdminAct(act, "view.changed", { subjectId: id, name, before, after: wanted, fields: audited, data })
}

export async function deleteView(act: Act, who: Principal, id: string): Promise<void> {
  const before = await lockView(act, who, id)
  refuseForeignItem(who, before)
  await removeView(act, id)
  const { name, visibility, teamId } = before
  const data = { change: "deleted", visibility, teamId }
  await recordAdminAct(act, "view.changed", { subjectId: id, name, before, fields: audited, data })
}

async function refuseUnfit(act: Act, who: Principal, view: Omit<ViewRow, "ownerName" | "createdAt" | "updatedAt">) {
  await refuseInvalidSharing(act, who, view)
  const query = withToday(queryOf(view.filters, view.sort), who, act.now)
  await checkListQuery(act.tx, who, query, "filters.")
}
