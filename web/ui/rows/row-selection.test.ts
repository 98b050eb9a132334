import assert from "node:assert/strict"
import { test } from "node:test"
import { numbersBetween } from "./row-selection.ts"

test("a range holds both its ends, whichever came first", () => {
  const rows = ["1", "2", "3", "4"].map((number) => ({ number }))
  assert.deepEqual(numbersBetween(rows, "3", "1"), ["1", "2", "3"])
  assert.deepEqual(numbersBetween(rows, "gone", "2"), ["2"])
})
