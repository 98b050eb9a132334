import assert from "node:assert/strict"
import { test } from "node:test"
import { destinationAfter, isPassedOn, leadsBack } from "./where-to-go.ts"

const destinations = [
  ["next", "TKT-00002", "TKT-00002"],
  ["next", undefined, "list"],
  ["list", "TKT-00002", "list"],
  ["stay", "TKT-00002", undefined],
  ["stay", undefined, undefined],
] as const

for (const [choice, next, destination] of destinations)
  test(`after a ticket whose next is ${next ?? "none"}, "${choice}" leads to ${destination ?? "nowhere"}`, () =>
    assert.equal(destinationAfter(choice, next), destination))

test("a ticket is passed on when it is not the agent's own afterwards", () => {
  assert.equal(isPassedOn({ assignee: { id: "usr_2" } }, "usr_1"), true)
  assert.equal(isPassedOn({ assignee: null }, "usr_1"), true)
  assert.equal(isPassedOn({ assignee: { id: "usr_1" } }, "usr_1"), false)
})

test("undoing leads back to the ticket from where closing it led, and from nowhere else", () => {
  const departure = { from: "TKT-00001", to: "TKT-00002" }
  assert.equal(leadsBack(departure, "TKT-00001", "TKT-00002"), true)
  assert.equal(leadsBack(departure, "TKT-00001", "TKT-00003"), false)
  assert.equal(leadsBack(departure, "TKT-00009", "TKT-00002"), false)
  assert.equal(leadsBack({ from: "TKT-00001", to: "list" }, "TKT-00001", "list"), true)
  assert.equal(leadsBack(undefined, "TKT-00001", "list"), false)
})
