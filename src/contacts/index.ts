export { anyIsBlocked, blockedEmails } from "./is-any-contact-blocked.ts"
export { createContact } from "./create-contact.ts"
export {
  contactRecord,
  toContactRecords,
  lockContactsStatement,
  ownedIdentitiesStatement,
  insertContactsSql,
  insertContactsStatement,
  nameContactsStatement,
  provedByMessageStatement,
  type NewContactRow,
  type IdentityOwner,
  identityOwnersStatement,
} from "./batch-find-lock-and-insert.ts"
export { holdContacts, insertImportedContacts } from "./insert-imported-contacts.ts"
export {
  addIdentity,
  giveTicketEmail,
  moveIdentity,
  proveByLink,
  proveIdentityByLink,
} from "./identities/change-identities.ts"
export { maskAddress } from "./identities/mask-address.ts"
export { hasOtherIdentity, identitiesOf, isTicketEmailSql, storedIdentity } from "./identities/identity-store.ts"
export { fillInDetails, nameContact } from "./save-visitor-name-and-email.ts"
export { type Identity, type IdentityHint, identityOf } from "./identities/normalize-address.ts"
export { type ContactQuery, parseContactQuery, contactQuerySql, personSql, searchedWords } from "./search-condition.ts"
export { contactOfIdentity, ensureContact, identityOwnerSql, lockRow } from "./contact-store.ts"
export { contact, type IdentityKind, type Proof } from "./api-contract.ts"
export { replaceIdentity } from "./identities/mark-identity-replaced.ts"
export { restoreContact, lockContacts, lockMerge, absorbContact } from "./merge/absorb-and-restore-contact.ts"
export {
  marketingFacts,
  marketingRefusersStatement,
  type MarketingPreference,
  marketingPreferenceStatement,
  refusesMarketing,
  type SavedPreference,
  saveMarketingPreference,
  storedIdentityIds,
} from "./marketing-consent.ts"
export { countLookUps } from "./audited-lookup-by-address.ts"
export { lockContactForShare, findOrCreateContact } from "./find-or-create-contact.ts"
export { contactRoutes } from "./routes.ts"
export { phonesAndEmails } from "./phones-and-emails-in-sight.ts"
export { contactJobs } from "./identities/notify-of-new-address-by-email.ts"
export { refuseChange, refuseUnreachableIdentity, seesIdentity, type Viewer, viewerOf } from "./visibility.ts"
export { contactById } from "./contact-view.ts"
