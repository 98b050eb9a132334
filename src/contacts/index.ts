export { addressesOf } from "./addresses.ts"
export { introduce } from "./introduce.ts"
export { type Identity, type IdentityHint, identityOf } from "./match.ts"
export { contactOf, contactOfSql, ensureContact, insertContactSql, type NewContact } from "./store.ts"
