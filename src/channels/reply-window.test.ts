import assert from "node:assert/strict"
import { test } from "node:test"
import { replyWindow } from "./reply-window.ts"
import { whatsapp } from "./whatsapp/channel.ts"

const now = new Date("2026-11-22T09:00:00Z")
const ago = (ms: number) => new Date(now.getTime() - ms)
const day = 86_400_000

test("the window is open for 24 hours after the customer's last message, to the millisecond", () => {
  const window = (lastInboundAt: Date | null) => replyWindow(lastInboundAt, whatsapp.replyLimits!.windowMs, now)
  assert.deepEqual(window(null), { open: false, closesAt: null })
  assert.deepEqual(window(now), { open: true, closesAt: new Date("2026-11-23T09:00:00Z") })
  assert.equal(window(ago(day - 1)).open, true)
  assert.equal(window(ago(day)).open, false)
  assert.equal(window(ago(3 * day)).open, false)
})

test("a channel without a window is always open", () => {
  assert.deepEqual(replyWindow(null, null, now), { open: true, closesAt: null })
})
