import assert from "node:assert/strict"
import { test } from "node:test"
import { readContact } from "./read-typed-contact.ts"

const typed = (name: string, more: object = {}) => readContact({ name, email: "", phone: "", ...more })

test("a phone or an e-mail that stands where the name goes is read as such", () => {
  assert.deepEqual(typed(" (300) 555-01.01 "), { name: "", email: "", phone: "(300) 555-01.01" })
  assert.deepEqual(typed("+57 300 555 0101"), { name: "", email: "", phone: "+57 300 555 0101" })
  assert.deepEqual(typed("rosa@example.com"), { name: "", email: "rosa@example.com", phone: "" })
})

test("a name stays a name, and an address does not take the place of another", () => {
  for (const name of ["Rosa", "Rosa 3005550101", "M@rta Ruiz", "24 7", ""])
    assert.deepEqual(typed(name), { name, email: "", phone: "" })
  const known = { email: "rosa@example.com", phone: "+573005550101" }
  for (const name of ["300 555 0102", "eva@example.com"]) assert.deepEqual(typed(name, known), { name, ...known })
})
