import type { Act } from "#kernel/act.ts"
import { type Param, runIn, statement } from "#kernel/db.ts"
import { isTicketEmailSql } from "#contacts/index.ts"
import { type Principal, type Reads, ticketScope } from "#people/index.ts"

/**
 * The tickets a person may see as alternative conditions over `t`, each one answered by an index of its own: first those that
 * everybody in the same teams sees, then the person's own. One condition `true` means all, `false` nothing.
 */
export function scopeBranches(p: Param, who: Principal): string[] {
  const scope = ticketScope(who)
  if ("all" in scope) return ["true"]
  if ("none" in scope) return ["false"]
  const branches = [
    ...teamBranches(p, scope.teamIds),
    ...(scope.byUser ? [`t.assignee_id = ${p(scope.userId)}`] : []),
    ...(scope.contactId === null
      ? []
      : [`(t.contact_id = ${p(scope.contactId)} and ${exchangedSql(readsSql(p, scope.reads))})`]),
    ...(scope.byUser ? [`(t.created_by_kind = 'user' and t.created_by_id = ${p(scope.userId)})`] : []),
  ]
  return branches.length > 0 ? branches : ["false"]
}

/** The tickets of these teams, likewise. */
export const teamBranches = (p: Param, teamIds: string[]) => teamIds.map((id) => `t.team_id = ${p(id)}`)

/** SQL arrays of what a customer reads: `Reads`. */
export type ReadsSql = { contacts: string; identities: string }

/** SQL: was the ticket `t` opened for somebody whom the customer is, and holds it nobody's words that are not theirs to read? */
export function exchangedSql({ contacts, identities }: ReadsSql, t = "t"): string {
  const among = (place: string, identity: string) =>
    `exists (select from messages m where ${place} and not m.is_internal and m.identity_id ${identity})`
  // What was said on a merged ticket is where that was merged into.
  const has = (identity: string) => `(${among(`m.ticket_id = ${t}.id and m.origin_ticket_id is null`, identity)}
      or ${t}.merged_into is not null and ${among(`m.origin_ticket_id = ${t}.id`, identity)})`
  // What another customer wrote came by a merge of their ticket into this one: nobody reads it for that, and it hides nothing.
  const ofItsContact = `${t}.contact_id = coalesce(
      (select coalesce(k.merged_into, k.id) from contacts k where k.id = m.contact_id), m.contact_id, ${t}.contact_id)`
  // After a merge of contacts that was not said to be of one person both write on one conversation. Whose it was goes on with
  // it; an address that staff only typed may be anybody's, and hides it as ever.
  const isAnothersOnTheirs = `${openerSql(t)} = any(${identities}) and exists (select from contact_identities r
      where r.id = m.identity_id and r.confirmed_for is not null)`
  // A merge that was not said to be of one person gives nobody the other's tickets.
  const isTheirs = `coalesce(${t}.origin_contact_id, ${t}.contact_id) = any(${contacts})`
  // A customer who proved an address that nobody confirmed to be this contact's may be anybody. One given with a ticket only
  // follows what was opened for the contact: proving it takes that from nobody.
  const isStrangers = `exists (select from contact_identities r where r.id = ${t}.requester_identity_id
      and (r.confirmed_for <> all(${contacts}) or r.confirmed_for is null and not ${isTicketEmailSql("r")} and r.proof in ('link', 'message')))`
  // Staff began it by a mail and took that back: there is nothing that was exchanged.
  const said = `select from messages m where m.ticket_id = ${t}.id and not m.is_internal and m.delivery_reason`
  const isTakenBack = `(exists (${said} = 'cancelled') and not exists (${said} is distinct from 'cancelled'))`
  return `(${t}.requester_identity_id = any(${identities})
    or (${t}.kind <> 'conversation' and ${isTheirs} and not ${isStrangers})
    or (${t}.kind = 'conversation' and (${isTheirs} or ${has(`= any(${identities})`)}) and not ${isTakenBack}
      and not ${has(`<> all(${identities}) and ${ofItsContact} and not (${isAnothersOnTheirs})`)}))`
}

/** Does an address write on a conversation that began with one of somebody else's? */
export async function isAnothersConversation(act: Pick<Act, "tx">, ticketId: string, identityId: string) {
  const rows = await runIn<{ isAnothers: boolean }>(
    act.tx,
    statement(
      "",
      (
        p,
      ) => `select exists (select from tickets t join contact_identities o on o.id = ${openerSql("t")}, contact_identities i
        where t.id = ${p(ticketId)} and i.id = ${p(identityId)} and i.confirmed_for <> o.confirmed_for) as "isAnothers"`,
    ),
  )
  return rows[0]!.isAnothers
}

/** SQL: the address with which the conversation `t` began, also once it was merged into another ticket. */
const openerSql = (t: string) => `coalesce(${firstSaidSql(`o.ticket_id = ${t}.id and o.origin_ticket_id is null`)},
      ${firstSaidSql(`o.origin_ticket_id = ${t}.id`)})`

const firstSaidSql = (where: string) => `(select o.identity_id from messages o where ${where}
      and not o.is_internal and o.identity_id is not null order by o.position limit 1)`

export const readsSql = (p: Param, { contactIds, identityIds }: Reads): ReadsSql => {
  return { contacts: `${p(contactIds)}::text[]`, identities: `${p(identityIds)}::text[]` }
}

/** The same as one condition, for a single ticket. */
export function scopeCondition(p: Param, who: Principal): string {
  return `(${scopeBranches(p, who).join(" or ")})`
}
