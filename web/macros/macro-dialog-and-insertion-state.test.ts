import assert from "node:assert/strict"
import { test } from "node:test"
import { discardInsertion, expectInsertion } from "./macro-dialog-and-insertion-state.ts"

test("a text still being fetched is wanted until its ticket is left", () => {
  const [left, open] = [expectInsertion("TKT-00001"), expectInsertion("TKT-00002")]
  discardInsertion("TKT-00001")
  assert.deepEqual([left.isWanted(), open.isWanted()], [false, true])
  open.end()
})
