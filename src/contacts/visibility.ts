// What staff see of contacts: those that have a ticket they may see, or that they made. Of somebody they know only by a
// ticket that they opened themselves: the name, and what they typed.
import type { Act } from "#kernel/act.ts"
import { type Database, type Param, runIn, statement } from "#kernel/db.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import { can, type Principal, ticketScope } from "#people/index.ts"
import { readSetting } from "#settings/index.ts"

/** Whose eyes; `seesAll`: an admin's, or everybody's where the desk keeps no contact from its staff. */
export type Viewer = { who: Principal; seesAll: boolean }

export async function viewerOf(from: Database | Act, who: Principal): Promise<Viewer> {
  const seesAll = can.admin(who) || (can.beStaff(who) && (await readSetting(from, "contacts.visibility")) === "all")
  return { who, seesAll }
}

/** SQL: is all of the contact `c` to be seen? */
export function fullyVisibleSql(p: Param, { who, seesAll }: Viewer): string {
  const scope = ticketScope(who)
  if (seesAll) return "true"
  if (!("byUser" in scope) || !scope.byUser) return "false"
  const byOthers = `not (t.created_by_kind = 'user' and t.created_by_id = ${p(scope.userId)})`
  return `(coalesce(c.created_by_id = ${p(scope.userId)}, false) or exists (select from tickets t where t.contact_id = c.id and ${byOthers}
    and (t.team_id = any(${p(scope.teamIds)}::text[]) or t.assignee_id = ${p(scope.userId)})))`
}

/** SQL: did they open a ticket for the contact `c`? */
export function openedForSql(p: Param, { who }: Viewer): string {
  if (!can.beStaff(who)) return "false"
  return `exists (select from tickets t where t.contact_id = c.id and t.created_by_kind = 'user' and t.created_by_id = ${p(who.id)})`
}

/** SQL: is there anything of the contact `c` to be seen? What is not to be seen of it does not find it either. */
export function visibleContactSql(p: Param, viewer: Viewer, text?: string): string {
  const byName = text === undefined ? "" : ` and strpos(lower(c.name), lower(${p(text.trim())})) > 0`
  return `(${fullyVisibleSql(p, viewer)} or ${openedForSql(p, viewer)}${byName})`
}

/** SQL: did they type the identity `i`, for the contact or in a ticket for it? */
export const typedByStaffSql = (p: Param, { who }: Viewer) =>
  `(i.added_by_id = ${p(who.id)} or exists (select from tickets t where t.requester_identity_id = i.id
    and t.created_by_kind = 'user' and t.created_by_id = ${p(who.id)}))`

/** SQL: may they do to the contact `c` what reaches the tickets of others? A lead or an admin, or who sees every ticket of it. */
export function reachesAllTicketsSql(p: Param, { who }: Viewer): string {
  if (can.lead(who)) return "true"
  const scope = ticketScope(who)
  if (!("byUser" in scope)) return "false"
  return `not exists (select from tickets t where t.contact_id = c.id and (t.team_id = any(${p(scope.teamIds)}::text[])
    or t.assignee_id = ${p(scope.userId)} or (t.created_by_kind = 'user' and t.created_by_id = ${p(scope.userId)})) is not true)`
}

type Sight = { isWhole: boolean; opened: boolean; reachesTickets: boolean }

async function sightOf(act: Act, viewer: Viewer, id: string): Promise<Sight | undefined> {
  const [row] = await runIn<Sight>(
    act.tx,
    statement(
      "",
      (p) => `select ${fullyVisibleSql(p, viewer)} as "isWhole", ${openedForSql(p, viewer)} as opened,
          ${reachesAllTicketsSql(p, viewer)} as "reachesTickets"
        from contacts c where c.id = (select coalesce(merged_into, id) from contacts where id = ${p(id)})`,
    ),
  )
  return row && (row.isWhole || row.opened) ? row : undefined
}

/** Refuses who may not change the contact: it is not there for whom it is out of sight. */
export async function refuseChange(act: Act, who: Principal, id: string): Promise<void> {
  const sight = await sightOf(act, await viewerOf(act, who), id)
  if (!sight) throw notFound("contact")
  if (!sight.isWhole)
    throw new Refusal("forbidden", "forbidden", "You know this contact only by tickets that you opened for them")
}

/** Merging, its undoing and blocking reach the tickets of others: a lead's or an admin's, or of who sees every ticket. */
export async function refuseUnreachableIdentity(act: Act, who: Principal, id: string, what: string): Promise<void> {
  const sight = await sightOf(act, await viewerOf(act, who), id)
  if (!sight) throw notFound("contact")
  if (sight.isWhole && sight.reachesTickets) return
  throw new Refusal("forbidden", "forbidden", `${what}: a lead, an admin, or who sees every ticket of the contact`)
}

/** May an address that somebody types for a known contact become that contact's? */
export async function mayChange(act: Act, who: Principal, id: string): Promise<boolean> {
  return (await sightOf(act, await viewerOf(act, who), id))?.isWhole ?? false
}

/** Do they know the contact, if only by a ticket that they opened? */
export const knows = async (act: Act, who: Principal, id: string): Promise<boolean> =>
  (await sightOf(act, await viewerOf(act, who), id)) !== undefined

/** May they see this address? */
export async function seesIdentity(db: Database, who: Principal, identityId: string): Promise<boolean> {
  const viewer = await viewerOf(db, who)
  const rows = await db.run<object>(
    statement(
      "",
      (p) => `select from contact_identities i join contacts c on c.id = i.contact_id
        where i.id = ${p(identityId)} and (${fullyVisibleSql(p, viewer)} or ${typedByStaffSql(p, viewer)})`,
    ),
  )
  return rows.length > 0
}
