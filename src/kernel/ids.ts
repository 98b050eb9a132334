import { randomBytes, randomUUIDv7 } from "node:crypto"

/** An opaque, time-ordered id such as `tkt_0198…` (prefix, underscore, 32 hex digits of a UUIDv7). */
export function newId(prefix: string): string {
  return `${prefix}_${randomUUIDv7().replaceAll("-", "")}`
}

/** A random secret of `bytes` bytes, safe in URLs and headers. */
export function newSecret(prefix: string, bytes = 32): string {
  return prefix + randomBytes(bytes).toString("base64url")
}
