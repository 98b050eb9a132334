import assert from "node:assert/strict"
import { test } from "node:test"
import { rowAfterKey, tabStop } from "./roving-row.ts"

const rows = ["a", "b", "c"].map((id) => ({ id }))
const sight = { first: 0, drawn: [0, 1, 2] }

test("Tab leads to the row that had the focus, then to the open one, then to the first in sight", () => {
  assert.equal(tabStop(rows, { id: "c", at: 0 }, 1, sight), 2)
  assert.equal(tabStop(rows, undefined, 1, sight), 1)
  assert.equal(tabStop(rows, undefined, -1, { ...sight, first: 2 }), 2)
})

test("a row that has left gives the focus to what took its place", () => {
  assert.equal(tabStop(rows, { id: "x", at: 1 }, 0, sight), 1)
  assert.equal(tabStop(rows, { id: "x", at: 3 }, 0, sight), 2)
})

test("a row that the list has scrolled away from is no stop", () => {
  assert.equal(tabStop(rows, { id: "a", at: 0 }, 0, { first: 1, drawn: [1, 2] }), 1)
})

test("arrows, Home and End stay within the list, and other keys are not the list's", () => {
  assert.equal(rowAfterKey("ArrowDown", 0, 3), 1)
  assert.equal(rowAfterKey("ArrowDown", 2, 3), undefined)
  assert.equal(rowAfterKey("ArrowUp", 0, 3), undefined)
  assert.equal(rowAfterKey("Home", 2, 3), 0)
  assert.equal(rowAfterKey("End", 0, 3), 2)
  assert.equal(rowAfterKey("Enter", 1, 3), undefined)
})
