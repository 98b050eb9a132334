import assert from "node:assert/strict"
import { test } from "node:test"
import { escalationOn, withEscalation, withTarget } from "./policy-draft.ts"

test("a target is written, changed, and taken away with its field emptied", () => {
  const one = withTarget({}, "resolution", "low", "60")
  assert.deepEqual(one, { resolution: { low: 60 } })
  const two = withTarget(one, "resolution", "urgent", "15")
  assert.deepEqual(two, { resolution: { low: 60, urgent: 15 } })
  assert.deepEqual(withTarget(two, "resolution", "low", ""), { resolution: { urgent: 15 } })
  assert.deepEqual(withTarget(one, "resolution", "low", ""), {})
})

test("what is done at a warning or a breach changes alone, and is gone with its last part", () => {
  const named = { on: "breach" as const, metric: "resolution" as const, notify: ["leads"] }
  const raised = withEscalation([named], "breach", { raisePriorityTo: "urgent" })
  assert.deepEqual(raised, [named, { on: "breach", raisePriorityTo: "urgent" }])
  assert.deepEqual(escalationOn(raised, "breach"), { on: "breach", raisePriorityTo: "urgent" })
  assert.deepEqual(escalationOn(raised, "warning"), {})
  assert.deepEqual(withEscalation(raised, "breach", { raisePriorityTo: undefined }), [named])
})
