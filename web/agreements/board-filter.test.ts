import assert from "node:assert/strict"
import { test } from "node:test"
import { readBoardFilter, statesOf } from "./board-filter.ts"

test("the address gives the board its filter, and nothing it does not know", () => {
  const search = { state: "awaiting", company: 9000, page: "2" }
  assert.deepEqual(readBoardFilter(search), { state: "awaiting", company: "9000" })
  assert.deepEqual(readBoardFilter({ state: "closed", company: ["fibra sur"] }), {})
})

test("without a state the board shows all that disagree", () => {
  assert.deepEqual(statesOf({}), ["awaiting", "acting", "disagreed", "escalated"])
  assert.deepEqual(statesOf({ state: "agreed_closed" }), ["agreed_closed"])
})
