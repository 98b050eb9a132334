// A merge may lead a thread to a support ticket, which wakes by its own rules.
import assert from "node:assert/strict"
import { test } from "node:test"
import { type Candidate, decideTicket, type IncomingMessage } from "./decide-ticket.ts"
import { incomingMessage } from "#test/sample-intake-input.ts"

const now = new Date("2026-11-22T09:00:00Z")
const day = 24 * 3_600_000
const policy = {
  windowMinutes: 0,
  reopenFrom: "activity",
  acknowledgements: [],
  farewellText: null,
  supportDays: 14,
} as const

function support(status: string, msAgo: number): Candidate {
  const at = new Date(now.getTime() - msAgo)
  const ticket = { id: "tkt_1", number: "TKT-00001", kind: "support", status, updatedAt: at, closedAt: at }
  return { ...ticket, assigneeId: null, campaignShipmentId: null, categoryWindowMinutes: null }
}

function become(latest: Candidate, said: Partial<IncomingMessage> = {}, windowMinutes = 0) {
  const found = { active: null, latest, enclosing: null, reactedTo: null }
  const decision = decideTicket(found, { ...incomingMessage, ...said }, { ...policy, windowMinutes }, now)
  return [decision.action, decision.why.code, "to" in decision ? decision.to : null]
}

test("a resolved one wakes at any time, a closed one within its days and not a moment after", () => {
  assert.deepEqual(become(support("resolved", 400 * day)), ["reopened", "reopened_support", "open"])
  assert.deepEqual(become(support("closed", 14 * day)), ["reopened", "reopened_support", "open"])
  assert.deepEqual(become(support("closed", 14 * day + 1)), ["created", "created_support_closed", null])
})

test("what we write ourselves reopens it within the connection's window", () => {
  assert.deepEqual(become(support("closed", day), { direction: "out" }, 2_880), [
    "reopened",
    "reopened_in_window",
    "open",
  ])
  assert.deepEqual(become(support("closed", day), { direction: "out" }), ["created", "created_never_reopens", null])
})
