// A hash that takes nothing to make and to compare with: what a real one costs is the matter of hash-password.test.ts.
import { argon2Sync } from "node:crypto"

/** As accounts keep it. */
export function cheapPasswordHash(password: string): string {
  const nonce = Buffer.from("a nonce of tests")
  const cost = { memory: 8, passes: 1, parallelism: 1 }
  const hash = argon2Sync("argon2id", { message: password, nonce, ...cost, tagLength: 32 })
  const [salt, digest] = [nonce, hash].map((bytes) => bytes.toString("base64").replace(/=+$/, ""))
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${salt}$${digest}`
}
