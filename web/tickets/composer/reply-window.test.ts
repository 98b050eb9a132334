import assert from "node:assert/strict"
import { test } from "node:test"
import { maxReplyLength, replyWindowAt } from "./reply-window.ts"

const now = Date.parse("2026-03-12T15:00:00Z")
const closing = (closesAt: string | null) => replyWindowAt({ mode: "text", closesAt }, now)

test("the time left is said in whole hours, and in minutes below two", () => {
  assert.deepEqual(closing("2026-03-13T09:59:00Z"), { mode: "text", minutesLeft: 18 * 60, isSoon: false })
  assert.deepEqual(closing("2026-03-12T17:00:00Z"), { mode: "text", minutesLeft: 120, isSoon: false })
  assert.deepEqual(closing("2026-03-12T16:20:30Z"), { mode: "text", minutesLeft: 80, isSoon: true })
  assert.deepEqual(closing("2026-03-12T15:00:30Z"), { mode: "text", minutesLeft: 0, isSoon: true })
})

test("when its time has come only a template goes, whatever the server said before", () => {
  assert.equal(closing("2026-03-12T15:00:00Z").mode, "template")
  assert.equal(closing("2026-03-12T14:00:00Z").mode, "template")
})

test("a channel without a window never closes, and what is closed stays so", () => {
  assert.deepEqual(closing(null), { mode: "text", minutesLeft: null, isSoon: false })
  assert.equal(replyWindowAt({ mode: "none", closesAt: "2026-03-13T09:00:00Z" }, now).mode, "none")
})

test("less may be written below a file", () => {
  const window = { longestText: 4096, longestCaption: 1024 }
  assert.equal(maxReplyLength(window, 0), 4096)
  assert.equal(maxReplyLength(window, 1), 1024)
  assert.equal(maxReplyLength({ longestText: null, longestCaption: null }, 1), null)
})
