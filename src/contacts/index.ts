export { someAreBlocked } from "./blocked.ts"
export { createContact } from "./create.ts"
export {
  holdContactsStatement,
  insertContactsStatement,
  nameContactsStatement,
  type Newcomer,
  type Owned,
  ownersStatement,
} from "./insert-all.ts"
export { addIdentity, moveIdentity, proveByLink } from "./identities.ts"
export { hasAnother, storedIdentity } from "./identity-store.ts"
export { introduce, nameContact } from "./introduce.ts"
export { type Identity, type IdentityHint, identityOf } from "./match.ts"
export { type Meant, meantBy, meantSql, personSql, searchedWords } from "./searching.ts"
export { contactOf, contactOfEachSql, contactOfSql, ensureContact, insertContactSql, type NewContact } from "./store.ts"
export { contact, type Proof } from "./contract.ts"
export { replaceIdentity } from "./replace.ts"
export { giveBack, lockContacts, lockMerge, takeIn } from "./merge.ts"
export {
  marketingFacts,
  marketingRefusersStatement,
  type MarketingWish,
  marketingWishStatement,
  refusesMarketing,
  type SavedWish,
  saveMarketingWish,
  storedIdentityIds,
} from "./marketing.ts"
export { countLookUps } from "./look-up.ts"
export { holdContact, type Met, meetContact } from "./meet.ts"
export { contactRoutes } from "./routes.ts"
export { contactJobs } from "./tell-address.ts"
export { refuseReach, seesIdentity, viewerOf } from "./sight.ts"
export { contactById } from "./view.ts"
