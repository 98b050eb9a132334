export { isPrincipal, type Principal, principalOf, type Reads, type Role, roles } from "./principal.ts"
export * as can from "./can.ts"
export type { TicketAccess } from "./can.ts"
export { ticketScope } from "./scope.ts"
export { type Authentication, createAuthentication } from "./authenticate.ts"
export {
  accountOf,
  beContact,
  colleagues,
  defaultTeamId,
  leadsOf,
  moveAccounts,
  namesOf,
  teamExists,
  teamNamesOf,
  userFacts,
} from "./store/facts.ts"
export { holdTeams } from "./store/teams.ts"
export { forgetOldLinks } from "./store/sign-in-links.ts"
export { forgetOldPasswordLinks } from "./store/password-links.ts"
export { linksTimer, linkWriters, mailLinks, startSignInLinks } from "./sign-in-link.ts"
export { endExpiredSessions } from "./store/sessions.ts"
export { readsJoin } from "./store/bearers.ts"
export { userByEmail } from "./store/users.ts"
export { type Attendance, presenceTimer, startAttendance, startPresence } from "./presence.ts"
export { type StaffMember, staffNow } from "./store/presence.ts"
export { createSpending, limitWrites } from "./quota.ts"
export { createThrottle, type Throttle } from "./throttle.ts"
export { clientAddress } from "./client-address.ts"
export { hashPassword, hashPasswordOf } from "./password.ts"
export { ensureAdmin, setUp, setupLink } from "./setup.ts"
export { endAccountsOf } from "./end-accounts.ts"
export { createUser, type NewUser } from "./create-user.ts"
export { changeUser } from "./change-user.ts"
export { disableUser, enableUser } from "./disable-user.ts"
export { createTeam } from "./create-team.ts"
export { changeTeam } from "./change-team.ts"
export { createKey } from "./create-key.ts"
export { revokeKey } from "./revoke-key.ts"
export { email as emailField, newPassword as newPasswordField } from "./contract.ts"
export { peopleRoutes } from "./routes.ts"
