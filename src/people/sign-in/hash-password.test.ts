import assert from "node:assert/strict"
import { test } from "node:test"
import { hashPassword, verifyPassword } from "./hash-password.ts"

test("a password opens its own hash and no other one does", async () => {
  const hash = await hashPassword("correct horse battery")
  assert.equal(await verifyPassword("correct horse battery", hash), true)
  assert.equal(await verifyPassword("correct horse batterz", hash), false)
  assert.equal(await verifyPassword("", hash), false)
})

test("the hash names its cost and has a salt of its own", async () => {
  const [one, two] = [await hashPassword("the same words"), await hashPassword("the same words")]
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  assert.notEqual(one, two)
})

test("the same characters from another keyboard are the same password", async () => {
  const hash = await hashPassword("contraseña larga".normalize("NFD"))
  assert.equal(await verifyPassword("contraseña larga".normalize("NFC"), hash), true)
})

test("without a hash, or with one that is none, nothing opens", async () => {
  for (const hash of [null, undefined, "", "plain text", "$argon2id$v=19$m=8,t=1,p=1$$", "A".repeat(43)]) {
    assert.equal(await verifyPassword("whatever it is", hash), false)
  }
  // What an unknown e-mail is compared with must not be anybody's password.
  assert.equal(await verifyPassword("", undefined), false)
})
