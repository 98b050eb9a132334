import assert from "node:assert/strict"
import { test } from "node:test"
import { matchingPeople, completeMention, mentionAt } from "./mention-at-caret.ts"

test("an @ before the caret calls somebody; one inside an address calls nobody", () => {
  assert.deepEqual(mentionAt("hola @an", 8), { from: 5, text: "an" })
  assert.deepEqual(mentionAt("@", 1), { from: 0, text: "" })
  assert.equal(mentionAt("ana@ex", 6), undefined)
  assert.equal(mentionAt("@ana ya fue a verlo", 19), undefined)
})

test("a name is found by any of its words, without its accents", () => {
  const people = [{ name: "Bruno Díaz" }, { name: "Díana Ruiz" }]
  assert.deepEqual(
    matchingPeople("dia", people).map(({ name }) => name),
    ["Díana Ruiz", "Bruno Díaz"],
  )
})

test("the name takes the place of what was typed", () => {
  assert.deepEqual(completeMention("ver @bru por favor", { from: 4, text: "bru" }, "Bruno Díaz"), {
    text: "ver @Bruno Díaz por favor",
    caret: 16,
  })
})
