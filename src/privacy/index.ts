export { isPersonal, type Known } from "./classify.ts"
export { fold } from "./fold.ts"
export { isPhoneHash, phoneHash } from "./phone-hash.ts"
export { redact } from "./redact.ts"
