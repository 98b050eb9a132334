import assert from "node:assert/strict"
import { test } from "node:test"
import { boundedMemo } from "./bounded-memo.ts"

test("what was computed is kept, null too, and no more of it than allowed", () => {
  const computed: string[] = []
  const length = boundedMemo(2, (key) => {
    computed.push(key)
    return key === "" ? null : key.length
  })
  assert.deepEqual([length("a"), length(""), length("a"), length("")], [1, null, 1, null])
  assert.deepEqual(computed, ["a", ""])
  assert.equal(length("abc"), 3)
  assert.equal(length("a"), 1)
  assert.deepEqual(computed, ["a", "", "abc", "a"])
})
