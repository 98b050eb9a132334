export { createContact } from "./create.ts"
export {
  holdContactsStatement,
  insertContactsStatement,
  nameContactsStatement,
  type Newcomer,
  type Owned,
  ownersStatement,
} from "./insert-all.ts"
export { introduce } from "./introduce.ts"
export { type Identity, type IdentityHint, identityOf } from "./match.ts"
export { type Meant, meantBy, meantSql, personSql, searchedWords } from "./searching.ts"
export {
  contactOf,
  contactOfEachSql,
  contactOfSql,
  ensureContact,
  insertContactSql,
  type NewContact,
  storedIdentity,
} from "./store.ts"
export { contact } from "./contract.ts"
export { hasAnother, linkIdentity, moveIdentity } from "./link.ts"
export { lockContacts, takeIn } from "./merge.ts"
export { holdContact, meetContact } from "./meet.ts"
export { contactRoutes } from "./routes.ts"
export { contactById } from "./view.ts"
