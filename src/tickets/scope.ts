import type { Param } from "#kernel/db.ts"
import { type Principal, type Reads, ticketScope } from "#people/index.ts"

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
    ...(scope.contactId === null ? [] : [`(t.contact_id = ${p(scope.contactId)} and ${exchangedSql(p, scope.reads)})`]),
    ...(scope.byUser ? [`(t.created_by_kind = 'user' and t.created_by_id = ${p(scope.userId)})`] : []),
  ]
  return branches.length > 0 ? branches : ["false"]
}

/** SQL: was the ticket `t` opened for somebody whom the customer is, or holds it a message that they may read? */
function exchangedSql(p: Param, { contactIds, identityIds }: Reads): string {
  const [contacts, identities] = [`${p(contactIds)}::text[]`, `${p(identityIds)}::text[]`]
  return `(t.requester_identity_id = any(${identities}) or t.contact_id = any(${contacts}))`
}

/** The same as one condition, for a single ticket. */
export function scopeCondition(p: Param, who: Principal): string {
  return `(${scopeBranches(p, who).join(" or ")})`
}
