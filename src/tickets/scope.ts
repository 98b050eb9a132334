import type { Param } from "#kernel/db.ts"
import { type Principal, ticketScope } from "#people/index.ts"

/**
 * The tickets a person may see as alternative conditions over `t`, each one answered by an index of its own.
 * One condition `true` means all, `false` nothing.
 */
export function scopeBranches(p: Param, who: Principal): string[] {
  const scope = ticketScope(who)
  if ("all" in scope) return ["true"]
  if ("none" in scope) return ["false"]
  const branches = [
    ...scope.teamIds.map((id) => `t.team_id = ${p(id)}`),
    ...(scope.byUser ? [`t.assignee_id = ${p(scope.userId)}`] : []),
    ...(scope.contactId === null ? [] : [`t.contact_id = ${p(scope.contactId)}`]),
    ...(scope.byUser ? [`(t.created_by_kind = 'user' and t.created_by_id = ${p(scope.userId)})`] : []),
  ]
  return branches.length > 0 ? branches : ["false"]
}

/** The same as one condition, for a single ticket. */
export function scopeCondition(p: Param, who: Principal): string {
  return `(${scopeBranches(p, who).join(" or ")})`
}
