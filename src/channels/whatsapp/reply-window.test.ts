import assert from "node:assert/strict"
import { test } from "node:test"
import { replyWindow } from "./reply-window.ts"

const now = new Date("2026-11-22T09:00:00Z")
const ago = (ms: number) => new Date(now.getTime() - ms)
const day = 86_400_000

test("the window is open for 24 hours after the customer's last message, to the millisecond", () => {
  assert.deepEqual(replyWindow(null, now), { open: false, closesAt: null })
  assert.deepEqual(replyWindow(now, now), { open: true, closesAt: new Date("2026-11-23T09:00:00Z") })
  assert.equal(replyWindow(ago(day - 1), now).open, true)
  assert.equal(replyWindow(ago(day), now).open, false)
  assert.equal(replyWindow(ago(3 * day), now).open, false)
})
