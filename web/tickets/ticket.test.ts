import assert from "node:assert/strict"
import { test } from "node:test"
import { endStatus, expectedSteps, ticketRefOf, reopenStatus } from "./ticket.ts"

const refs: [string, string][] = [
  ["1", "TKT-00001"],
  ["tkt-1", "TKT-00001"],
  ["TKT 00001", "TKT-00001"],
  [" TKT-00042 ", "TKT-00042"],
  ["TKT-123456", "TKT-123456"],
  ["tkt_0199aa", "tkt_0199aa"],
  ["hola", "hola"],
]

for (const [written, ref] of refs) test(`"${written}" is ${ref}`, () => assert.equal(ticketRefOf(written), ref))

test("a conversation is closed, a support ticket resolved, an incident only resolved", () => {
  assert.equal(endStatus({ kind: "conversation", phase: "active", can: ["pending", "closed"] }), "closed")
  assert.equal(endStatus({ kind: "support", phase: "active", can: ["resolved", "closed"] }), "resolved")
  assert.equal(endStatus({ kind: "incident", phase: "active", can: ["resolved"] }), "resolved")
  assert.equal(endStatus({ kind: "incident", phase: "new", can: ["in_progress"] }), undefined)
  assert.equal(endStatus({ kind: "support", phase: "closed", can: ["open"] }), undefined)
})

test("only an ended ticket comes back, and only where the server allows it", () => {
  assert.equal(reopenStatus({ phase: "closed", can: ["open", "pending"] }), "open")
  assert.equal(reopenStatus({ phase: "closed", can: [] }), undefined)
  assert.equal(reopenStatus({ phase: "active", can: ["open"] }), undefined)
})

test("what was just ended can be brought back, and ended again, before the server has said so", () => {
  const steps = (kind: "conversation" | "support" | "incident", status: "open" | "resolved" | "closed") => {
    const can = expectedSteps(kind, status)
    return [reopenStatus({ phase: "closed", can }), endStatus({ kind, phase: "active", can })]
  }
  assert.deepEqual(steps("support", "resolved"), ["open", undefined])
  assert.deepEqual(steps("conversation", "open"), [undefined, "closed"])
  assert.deepEqual(steps("support", "open"), [undefined, "resolved"])
  assert.deepEqual(steps("incident", "closed"), [undefined, undefined])
})
