import assert from "node:assert/strict"
import { test } from "node:test"
import { deadlineOf, nearestTarget, type SlaTarget, startOf, stateAt } from "./nearest-deadline.ts"

const target = (more: Partial<SlaTarget>): SlaTarget => {
  const running = { state: "on_track", dueAt: null, minutesRemaining: 5, percentRemaining: 50 } as const
  return { metric: "resolution", ...running, closesAt: null, opensAt: null, ...more }
}
const slaOf = (...targets: SlaTarget[]) => {
  return { policyId: "sla_a", state: "on_track" as const, pausedAt: null, breachedAt: null, targets }
}
const [first, second] = ["2026-11-23T10:00:00.000Z", "2026-11-23T12:00:00.000Z"]

test("the deadline that counts is the first of those that run", () => {
  const [late, early] = [target({ dueAt: second }), target({ dueAt: first, metric: "first_response" })]
  const ended = target({ dueAt: first, minutesRemaining: null, state: "met" })
  const standing = target({ state: "paused" })
  assert.equal(nearestTarget(slaOf(standing, late, early, ended)), early)
  assert.equal(nearestTarget(slaOf(standing, ended)), standing)
  assert.equal(nearestTarget(slaOf(ended)), undefined)
  assert.equal(nearestTarget(null), undefined)
})

test("what has none comes after all that have one", () => {
  assert.ok(deadlineOf(null) > deadlineOf(slaOf(target({ dueAt: second }))))
  assert.ok(deadlineOf(slaOf(target({ state: "paused" }))) > second)
  const paused = { ...slaOf(target({ state: "breached", dueAt: first })), pausedAt: second }
  assert.equal(deadlineOf(paused), deadlineOf(null), "overdue when it was paused")
  const running = target({ metric: "first_response", dueAt: second })
  assert.equal(deadlineOf({ ...paused, targets: [...paused.targets, running] }), second)
})

test("at its due instant it is breached, whatever was sent before; what stands or has ended is not", () => {
  const at = Date.parse(first)
  assert.equal(stateAt(target({ dueAt: first, state: "warning" }), at - 1), "warning")
  assert.equal(stateAt(target({ dueAt: first, state: "warning" }), at), "breached")
  assert.equal(stateAt(target({ state: "paused" }), at), "paused")
  assert.equal(stateAt(target({ dueAt: first, state: "met", minutesRemaining: null }), at), "met")
})

test("outside of working hours it starts when they begin, also where they ended after it was sent", () => {
  const [closesAt, opensAt] = ["2026-11-20T23:00:00.000Z", "2026-11-23T14:00:00.000Z"]
  const starts = (more: Partial<SlaTarget>, at: string) => startOf(target({ opensAt, ...more }), Date.parse(at))
  assert.equal(starts({}, "2026-11-22T12:00:00Z"), opensAt)
  assert.equal(starts({ closesAt }, "2026-11-20T22:59:59Z"), null)
  assert.equal(starts({ closesAt }, closesAt), opensAt)
  assert.equal(starts({ closesAt }, opensAt), null)
  assert.equal(starts({ state: "breached" }, "2026-11-22T12:00:00Z"), null)
  assert.equal(starts({ opensAt: null }, "2026-11-22T12:00:00Z"), null, "by no calendar")
})
