import assert from "node:assert/strict"
import { test } from "node:test"
import { clientAddress } from "./client-network-of-ip-address.ts"
import { foldedEmail } from "../sign-in/throttle.ts"

for (const [ip, client] of [
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["::FFFF:cb00:7107", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::9", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["something else", "something else"],
]) {
  test(`${ip} counts as ${client}`, () => assert.equal(clientAddress(ip!), client))
}

for (const [email, folded] of [
  [" Ana@Example.com ", "ana@example.com"],
  ["ana+one@example.com", "ana@example.com"],
  ["ANA+two+three@EXAMPLE.com", "ana@example.com"],
  ["ａna@example.com", "ana@example.com"],
  ["ana@exa+mple.com", "ana@exa+mple.com"],
]) {
  test(`tries for ${email} count for ${folded}`, () => assert.equal(foldedEmail(email!), folded))
}
