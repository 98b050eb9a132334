import assert from "node:assert/strict"
import { test } from "node:test"
import { nextStatuses, acceptsRecipients } from "./status-transitions.ts"

test("nothing starts without recipients, and what is over stays over", () => {
  assert.deepEqual(nextStatuses("draft", 0), [])
  assert.deepEqual(nextStatuses("draft", 1), ["running", "scheduled", "cancelled"])
  assert.deepEqual(nextStatuses("running", 1), ["paused", "cancelled"])
  assert.deepEqual(nextStatuses("paused", 1), ["running", "cancelled"])
  assert.deepEqual([...nextStatuses("done", 1), ...nextStatuses("cancelled", 1)], [])
})

test("recipients are added while nothing goes out", () =>
  assert.deepEqual(
    (["draft", "scheduled", "running", "paused", "cancelled", "done"] as const).filter(acceptsRecipients),
    ["draft", "scheduled", "paused"],
  ))
