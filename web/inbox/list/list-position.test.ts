import assert from "node:assert/strict"
import { test } from "node:test"
import { keepPosition, type ListPosition, neighboursOf } from "./list-position.ts"

const opened = (kept: ListPosition, ref: string, found: number) => keepPosition(kept, ref, found)
const first: ListPosition = { ref: "TKT-1", at: 4 }

test("a ticket that left the list leaves its place to what moved up there", () => {
  assert.deepEqual(neighboursOf(first, "TKT-1", 4), { next: 5, previous: 3 })
  assert.deepEqual(neighboursOf(first, "TKT-1", -1), { next: 4, previous: 3 })
  assert.deepEqual(neighboursOf(first, "TKT-9", -1), { next: 0, previous: -1 })
})

test("who is led back to a ticket before the list has it again goes on from its place", () => {
  const second = opened(first, "TKT-2", 4)
  assert.deepEqual(neighboursOf(opened(second, "TKT-1", -1), "TKT-1", -1), { next: 4, previous: 3 })
  const again = opened(opened(second, "TKT-1", 4), "TKT-1", 3)
  assert.deepEqual(neighboursOf(again, "TKT-2", -1), { next: 4, previous: 3 })
  assert.equal(opened(again, "TKT-1", 3), again)
})
