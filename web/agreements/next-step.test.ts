import assert from "node:assert/strict"
import { test } from "node:test"
import { nextStepOf, shownStateOf, timeLeft, type NextStep } from "./next-step.ts"

const deadline = "2026-11-30T12:07:00.000Z"
const [before, at] = [Date.parse(deadline) - 192_000, Date.parse(deadline)]
const open = {
  state: "agreed_open" as const,
  splynxTicketId: "5105",
  splynxClosedAt: null,
  deadline: null,
  isRefused: false,
  evidence: [{ said: "open" }],
}
const closed = { ...open, splynxClosedAt: "2026-11-30T12:00:00.000Z", deadline }
const unanswered = [{ said: "window_started" }, { said: "not_answered" }]

type Case = [Parameters<typeof nextStepOf>[0], now: number, step: NextStep]
const cases: Case[] = [
  [{ ...closed, state: "awaiting" }, before, "awaiting"],
  [{ ...closed, state: "awaiting" }, at, "due"],
  [{ ...closed, state: "awaiting", evidence: unanswered }, before, "awaiting"],
  [{ ...closed, state: "awaiting", evidence: unanswered }, at, "unanswered"],
  [{ ...closed, state: "acting" }, at, "acting"],
  [{ ...closed, state: "acting", evidence: [{ said: "not_verified" }] }, at, "unanswered"],
  [{ ...closed, state: "acting", evidence: [{ said: "still_closed" }] }, at, "unanswered"],
  [{ ...open, state: "disagreed" }, at, "closeInWork"],
  [{ ...closed, state: "disagreed" }, at, "shadow"],
  [{ ...closed, state: "disagreed", isRefused: true }, at, "refused"],
  [{ ...open, state: "disagreed", isRefused: true, splynxTicketId: null }, at, "refusedOpening"],
  [{ ...open, state: "escalated" }, at, "escalated"],
  [open, at, "open"],
  [{ ...open, splynxTicketId: null }, at, "opening"],
  [{ ...open, state: "agreed_closed" }, at, "closed"],
]

for (const [agreement, now, step] of cases)
  test(`${agreement.state}, last "${agreement.evidence.at(-1)!.said}", ${now === at ? "at" : "before"} its deadline: ${step}`, () =>
    assert.equal(nextStepOf(agreement, now, false), step))

const inShadow: Case[] = [
  [{ ...closed, state: "awaiting" }, before, "awaitingInShadow"],
  [{ ...closed, state: "awaiting" }, at, "shadow"],
  [{ ...closed, state: "awaiting", evidence: unanswered }, at, "shadow"],
  [{ ...closed, state: "disagreed" }, at, "shadow"],
  [{ ...closed, state: "acting" }, at, "acting"],
  [{ ...open, splynxTicketId: null }, at, "unopenedInShadow"],
  [open, at, "open"],
]
test("in shadow mode nothing is announced that Hilo does not do", () => {
  for (const [agreement, now, step] of inShadow) assert.equal(nextStepOf(agreement, now, true), step)
})

test("what is not opened in Splynx yet is not called open in both", () => {
  assert.equal(shownStateOf(open), "agreed_open")
  assert.equal(shownStateOf({ ...open, splynxTicketId: null }), "unopened")
  assert.equal(shownStateOf({ ...open, state: "disagreed", splynxTicketId: null }), "disagreed")
})

test("time is left while the window runs, and at its end none is", () => {
  assert.equal(timeLeft({ ...closed, state: "awaiting" }, before), 192_000)
  assert.equal(timeLeft({ ...closed, state: "awaiting" }, at), null)
  assert.equal(timeLeft({ ...closed, state: "disagreed" }, before), null)
})
