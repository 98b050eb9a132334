// What a decision says is what it was decided by.
import assert from "node:assert/strict"
import { test } from "node:test"
import { decisionText } from "#event-log/index.ts"
import { closedCandidate, incomingMessage } from "#test/sample-intake-input.ts"
import { type Candidate, decideTicket, type IncomingMessage, type Policy } from "./decide-ticket.ts"

const now = new Date("2026-11-22T12:00:00.000Z")
const minute = 60_000
const hour = 60 * minute
const ago = (ms: number) => new Date(now.getTime() - ms)

/** A closed ticket that was last touched `ms` ago. */
const touched = (ms: number, more: Partial<Candidate> = {}) => closedCandidate(ago(ms), more)
const closed = (ms: number) => ({ closedAt: ago(ms) })
const policy: Policy = {
  windowMinutes: 120,
  reopenFrom: "activity",
  acknowledgements: [],
  farewellText: null,
  supportDays: 14,
}
const fromClosure = { reopenFrom: "closure" } as const
const campaign = { campaignShipmentId: "s" }

type Case = [latest: Candidate, rules: Partial<Policy>, said: Partial<IncomingMessage>, words: string]

// oxfmt-ignore
const cases: Case[] = [
  [touched(41 * minute, closed(3 * hour)), {}, {}, "Reopened: last activity 41 min ago, window 2 h"],
  [touched(minute, closed(41 * minute)), fromClosure, {}, "Reopened: closed 41 min ago, window 2 h"],
  [touched(41 * minute, { closedAt: null }), fromClosure, {}, "Reopened: last activity 41 min ago, window 2 h"],
  [touched(2 * hour + 1), {}, {}, "New ticket: last activity 2 h 1 min ago, window 2 h"],
  [touched(minute, closed(3 * hour)), fromClosure, {}, "New ticket: closed 3 h ago, window 2 h"],
  [touched(minute), { windowMinutes: 0 }, {}, "New ticket: this connection never reopens"],
  [touched(minute, { categoryWindowMinutes: 0 }), {}, {}, "New ticket: a category of the earlier one never reopens"],
  [touched(14.5 * 24 * hour, { kind: "support" }), {}, {}, "New ticket: the earlier one was closed 15 d ago, it reopens within 14 d"],
  [touched(minute, campaign), {}, { direction: "out", ...campaign }, "Attached: our own message does not change the status of a campaign's ticket"],
]
for (const [latest, rules, said, words] of cases)
  test(`says "${words}"`, () => {
    const found = { active: null, latest, enclosing: null, reactedTo: null }
    assert.equal(
      decisionText(decideTicket(found, { ...incomingMessage, ...said }, { ...policy, ...rules }, now).why),
      words,
    )
  })
