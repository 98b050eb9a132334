import assert from "node:assert/strict"
import { it } from "node:test"
import { newId } from "#kernel/ids.ts"
import { fc } from "#test/fast-check-seed.ts"
import { numberOf, readRef } from "./parse-and-format-ticket-number.ts"

const meant: [typed: string, number: string][] = [
  ["1", "TKT-00001"],
  ["00001", "TKT-00001"],
  ["tkt-1", "TKT-00001"],
  ["TKT-00001", "TKT-00001"],
  ["TKT 00001", "TKT-00001"],
  ["Tkt_00042", "TKT-00042"],
  ["tkt42", "TKT-00042"],
  ["  TKT-42\n", "TKT-00042"],
  ["tkt - 42", "TKT-00042"],
  ["99999", "TKT-99999"],
  ["100000", "TKT-100000"],
  ["TKT-0100000", "TKT-100000"],
  ["TKT-1234567", "TKT-1234567"],
]
for (const [typed, number] of meant) {
  it(`${JSON.stringify(typed)} means ${number}`, () => assert.deepEqual(readRef(typed), { number }))
}

const meaningless = [
  "",
  " ",
  "0",
  "tkt-0",
  "-1",
  "1.5",
  "1e3",
  "TKT",
  "TKT-",
  "#1",
  "TKT-1a",
  "carla",
  "١",
  "1 2",
  "tkt--x",
  "9".repeat(16),
  "tkt_",
  "tkt_'; drop table tickets",
]
for (const typed of meaningless) {
  it(`${JSON.stringify(typed)} means no ticket`, () => assert.equal(readRef(typed), null))
}

it("an id means itself", () => {
  const id = newId("tkt")
  assert.deepEqual(readRef(id), { id })
})

it("an id of something else means no ticket", () => assert.equal(readRef(newId("msg")), null))

it("every number that we write is read back as itself", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e12 }), (n) =>
      assert.deepEqual(readRef(numberOf(n)), { number: numberOf(n) }),
    ),
  )
})

it("any text is read without an error", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => readRef(text) !== undefined))
})
