import assert from "node:assert/strict"
import { test } from "node:test"
import { areSameFilters, filterNames, readFilters, unshownFilters, withFilter, writeFilters } from "./filters-in-url.ts"

test("an address says one value plainly and several as a list; what is no filter is not read", () => {
  const read = readFilters({ priority: ["high", "urgent"], tag: 123, view: "mine", status: "", phase: { x: 1 } })
  assert.deepEqual(read, { priority: ["high", "urgent"], tag: ["123"] })
  assert.deepEqual(writeFilters(read), { priority: ["high", "urgent"], tag: "123" })
})

test("filters are the same in whatever order they were chosen", () => {
  assert.equal(areSameFilters({ tag: ["a", "b"], phase: ["new"] }, { phase: ["new"], tag: ["b", "a"] }), true)
  assert.equal(areSameFilters({ tag: ["a"] }, { tag: ["a", "b"] }), false)
})

test("the desk's own fields are filters under the API's name for them", () => {
  const read = readFilters({ "customFields.pedido": "A-1", "customFields.": "x", priority: "high" })
  assert.deepEqual(read, { priority: ["high"], "customFields.pedido": ["A-1"] })
  assert.equal(areSameFilters(read, { "customFields.pedido": ["A-2"], priority: ["high"] }), false)
  assert.deepEqual(filterNames(["pedido"]).at(-1), "customFields.pedido")
})

test("a filter without values is none", () => {
  assert.deepEqual(withFilter({ tag: ["a"] }, "tag", []), {})
  assert.deepEqual(withFilter({ tag: ["a"] }, "phase", ["new"]), { tag: ["a"], phase: ["new"] })
})

test("what a saved view asks beside its chips is kept", () => {
  const written = { slaDueTo: "today", slaState: ["on_track", "warning"], mentioned: "me", snoozed: true, q: "paquete" }
  assert.deepEqual(unshownFilters(written), { mentioned: ["me"], snoozed: ["true"] })
  assert.deepEqual(readFilters(written), { slaDueTo: ["today"], slaState: ["on_track", "warning"] })
})
