// Who may do what. Every predicate says no to a role it does not know.
import type { Principal } from "./principal.ts"

/** The columns of a ticket by which access to it is decided. */
export type TicketAccess = {
  assigneeId: string | null
  teamId: string | null
  createdById: string | null
  createdByKind: string
  contactId: string | null
}

const ranks: Record<string, number> = { user: 1, agent: 2, lead: 3, admin: 4 }

const atLeast = (rank: number) => (who: Principal) => Object.hasOwn(ranks, who.role) && ranks[who.role]! >= rank

export const anybodySignedIn = atLeast(1)
export const beStaff = atLeast(2)
export const lead = atLeast(3)
export const admin = atLeast(4)

/** Messages of an API source: admins, and keys that were made for the very connection. */
export const handInMessages = (who: Principal) => admin(who) || (who.connectionIds ?? []).length > 0
export const handInAt = (who: Principal, connectionId: string) =>
  admin(who) || (anybodySignedIn(who) && who.connectionIds?.includes(connectionId) === true)
export const reportIncidents = beStaff
export const seeContacts = beStaff
export const manageContacts = beStaff
// Confirming an address gives a customer's conversations to its holder: a person decides that, never a key.
export const confirmIdentities = (who: Principal) => lead(who) && who.kind === "user"
/** A person about their own addresses, never a key. Staff are nobody's contact, so that none are theirs. */
export const claimIdentities = (who: Principal) => anybodySignedIn(who) && who.kind === "user"
export const overrideAssignment = lead
export const settleAgreements = lead
export const seeRules = beStaff
export const manageRules = admin
/** What-ifs over tickets that one sees. */
export const simulate = lead
export const manageUsers = admin
export const manageTeams = admin
export const manageKeys = admin
export const manageConnections = admin
export const manageSettings = admin
export const manageCalendars = admin
export const seeSlaPolicies = beStaff
export const manageSlaPolicies = admin
export const manageCategories = admin
export const manageCustomFields = admin
export const manageCampaigns = admin
export const manageLinkedSystems = admin
export const seeAudit = admin

// A stolen key must not make another way in that stays open when the key is revoked.
export const makeKeys = (who: Principal) => admin(who) && who.kind === "user"
export const setPasswords = makeKeys
/** What is signed in at a provider is so in a browser: a key has none that could come back. */
export const signInConnections = makeKeys
/** A key that could end keys would be a way to stop somebody's programs. */
export const endOwnKeys = (who: Principal) => anybodySignedIn(who) && who.kind === "user"
export const changeOwnPassword = (who: Principal) => anybodySignedIn(who) && who.kind === "user"

/** Whose eyes a saved list is for, and whose it is. */
export type ViewAccess = { visibility: string; ownerId: string; teamId: string | null }

export function seeView(who: Principal, view: ViewAccess): boolean {
  if (!beStaff(who)) return false
  if (view.visibility === "me") return view.ownerId === who.id
  return view.visibility === "all" || admin(who) || (view.teamId !== null && who.teamIds.includes(view.teamId))
}

/** One's own; a team's by its leads; everybody's by admins. */
export function manageView(who: Principal, view: ViewAccess): boolean {
  if (!seeView(who, view)) return false
  return view.visibility === "me" || admin(who) || (view.visibility === "team" && lead(who))
}

/** What the screens ask before they offer something. */
export function abilitiesOf(who: Principal) {
  return {
    beStaff: beStaff(who),
    overrideAssignment: overrideAssignment(who),
    settleAgreements: settleAgreements(who),
    confirmIdentities: confirmIdentities(who),
    manageRules: manageRules(who),
    manageUsers: manageUsers(who),
    manageTeams: manageTeams(who),
    manageConnections: manageConnections(who),
    manageKeys: makeKeys(who),
    manageSettings: manageSettings(who),
    manageCalendars: manageCalendars(who),
    manageSlaPolicies: manageSlaPolicies(who),
    manageCategories: manageCategories(who),
    manageCustomFields: manageCustomFields(who),
    manageCampaigns: manageCampaigns(who),
    manageLinkedSystems: manageLinkedSystems(who),
  }
}

export function seeTicket(who: Principal, ticket: TicketAccess): boolean {
  if (admin(who)) return true
  if (isOfTheirContact(who, ticket)) return anybodySignedIn(who)
  if (!beStaff(who)) return false
  if (isMadeBy(who, ticket)) return true
  return ticket.assigneeId === who.id || (ticket.teamId !== null && who.teamIds.includes(ticket.teamId))
}

export const answerTicket = seeTicket
export const noteOnTicket = (who: Principal, ticket: TicketAccess) => beStaff(who) && seeTicket(who, ticket)
export const changeTicket = noteOnTicket
export const assignTicket = noteOnTicket
export const snoozeTicket = noteOnTicket
export const linkTicket = noteOnTicket

/** Into which team somebody may bring a ticket, or give one there: their own; a lead any, with a reason; an admin any. */
export function giveIntoTeam(who: Principal, teamId: string | null, hasReason: boolean): boolean {
  if (admin(who)) return true
  if (!beStaff(who)) return false
  return teamId === null || who.teamIds.includes(teamId) || (lead(who) && hasReason)
}

/** Customers may close and reopen their own tickets, and nothing else; which steps exist is the lifecycle's matter. */
export function changeStatus(who: Principal, ticket: TicketAccess, to: string): boolean {
  return seeTicket(who, ticket) && (beStaff(who) || to === "closed" || to === "open")
}

const isOfTheirContact = (who: Principal, ticket: TicketAccess) =>
  typeof who.contactId === "string" && ticket.contactId === who.contactId

/** Counts for staff only: what somebody opened for others while they were staff is not theirs as a customer. */
function isMadeBy(who: Principal, ticket: TicketAccess): boolean {
  const byPerson = ticket.createdByKind === "user" || ticket.createdByKind === "key"
  return byPerson && ticket.createdById === who.id
}
