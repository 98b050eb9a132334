import assert from "node:assert/strict"
import { test } from "node:test"
import { cappedCount, unreadLabel } from "./count-text.ts"

test("counts say when they stop counting", () => {
  assert.equal(cappedCount({ count: 99, isCapped: true }), "99+")
  assert.equal(cappedCount({ count: 99, isCapped: false }), "99")
  assert.equal(unreadLabel(9), "9")
  assert.equal(unreadLabel(10), "9+")
})
