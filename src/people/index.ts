export {
  isLinkViewer,
  isPrincipal,
  type LinkViewer,
  type Principal,
  principalOf,
  type Reads,
  type Role,
  roles,
  type Viewer,
} from "./permissions/principal.ts"
export * as can from "./permissions/can.ts"
export type { TicketAccess } from "./permissions/can.ts"
export {
  refuseForeignItem,
  refuseInvalidSharing,
  sharedWith,
  sharingAfter,
  type SharingFields,
} from "./permissions/shared-item-permissions.ts"
export { ticketScope } from "./permissions/ticket-scope.ts"
export { isOwnPage, refuseForeignPage } from "./authentication/refuse-foreign-origin.ts"
export { type Authentication, createAuthentication, sessionHashOf } from "./authentication/authenticate-request.ts"
export {
  accountOf,
  colleagues,
  defaultTeamId,
  teamLeadsOf,
  namesOf,
  type StaffByExternalId,
  staffByExternalId,
  teamExists,
  teamNamesOf,
  userFacts,
} from "./accounts/user-and-team-lookups.ts"
export { linkUserToContact, moveAccounts } from "./accounts/link-users-to-contacts.ts"
export { lockTeamsForShare } from "./teams/team-store.ts"
export { purgeSignInLinks } from "./sign-in/sign-in-link-store.ts"
export { purgePasswordLinks } from "./sign-in/password-link-store.ts"
export { linksTimer, linkMailWriters, createRequestedLinks, startSignInLinks } from "./sign-in/sign-in-link.ts"
export { endExpiredSessions } from "./sessions/session-store.ts"
export { claimerSql, readableIdentitiesJoin } from "./authentication/principals-by-token.ts"
export { userByEmail, usersWithCalendar } from "./accounts/user-store.ts"
export {
  type PresenceTracker,
  presenceTimer,
  startPresenceTracker,
  startPresenceUpdates,
} from "./presence/presence-tracker.ts"
export { type StaffMember, staffPresence } from "./presence/presence-store.ts"
export { createWriteQuota, enforceWriteQuota } from "./permissions/write-quota.ts"
export { createThrottle, foldedEmail, isLeft, type Throttle } from "./sign-in/throttle.ts"
export { clientAddress } from "./authentication/client-network-of-ip-address.ts"
export { hashPassword, hashPasswordOf } from "./sign-in/hash-password.ts"
export { ensureAdmin, setupLink } from "./accounts/first-run.ts"
export { closeAccountsOf } from "./accounts/close-accounts-of-address.ts"
export { createUser, type NewUser } from "./accounts/create-user.ts"
export { changeUser } from "./accounts/change-user.ts"
export { disableUser } from "./accounts/disable-and-enable-user.ts"
export { createTeam } from "./teams/create-team.ts"
export { changeTeam } from "./teams/change-team.ts"
export { createKey } from "./api-keys/create-key.ts"
export { revokeKey } from "./api-keys/revoke-key.ts"
export { email as emailField, newPassword as newPasswordField } from "./api-contract.ts"
export { peopleRoutes } from "./register-all-routes.ts"
