// What is different for a message that names its thread itself.
import assert from "node:assert/strict"
import { test } from "node:test"
import { closedCandidate, incomingMessage } from "#test/sample-intake-input.ts"
import { type Candidates, decideTicket, type IncomingMessage } from "../decide-ticket.ts"

const now = new Date("2026-11-22T12:00:00.000Z")
const longAgo = closedCandidate(new Date("2025-11-22T12:00:00.000Z"))
const none: Candidates = { active: null, latest: null, enclosing: null, reactedTo: null }
const policy = { reopenFrom: "closure", acknowledgements: [], farewellText: null, supportDays: 14 } as const

const ask = (found: Partial<Candidates>, said: Partial<IncomingMessage>, windowMinutes = 120) =>
  decideTicket({ ...none, ...found }, { ...incomingMessage, ...said }, { ...policy, windowMinutes }, now)

test("what comes after the window goes on with its thread in a ticket that follows, where it names one", () => {
  const follows = (isOfThread: boolean, window?: number) => {
    const decision = ask({ latest: longAgo }, { isOfThread }, window)
    return decision.action === "created" ? (decision.follows ?? null) : decision.action
  }
  assert.deepEqual([follows(true), follows(true, 0), follows(false)], ["tkt_1", "tkt_1", null])
})

test("a notice belongs to its thread, however long that is over, and wakes nothing", () => {
  const codeOf = (found: Partial<Candidates>, isOfThread = true) => ask(found, { kind: "system", isOfThread }).why.code
  const active = closedCandidate(now, { status: "pending", closedAt: null })
  assert.deepEqual(
    [codeOf({ active }), codeOf({ latest: longAgo }), codeOf({}), codeOf({ latest: longAgo }, false)],
    ["attached_system", "attached_system", "ignored_system", "ignored_system"],
  )
})
