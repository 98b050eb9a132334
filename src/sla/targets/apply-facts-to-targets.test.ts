import assert from "node:assert/strict"
import { test } from "node:test"
import { noTerms, type Terms } from "../policies/choose-policy.ts"
import { type CycleSummary, stateOf, summaryOf } from "./sla-state.ts"
import {
  afterFact,
  alarmsOf,
  type Fact,
  liveTargets,
  rescheduled,
  type Target,
  withWakes,
} from "./apply-facts-to-targets.ts"
import { alwaysOpen, workedMs } from "./working-time-clock.ts"

const start = Date.parse("2026-11-23T09:00:00Z")
const at = (minutes: number) => new Date(start + minutes * 60_000)
const terms: Terms = {
  policyId: "sla_a",
  calendarId: null,
  minutes: { first_response: 60, next_response: 30, resolution: 240 },
}
const rules = { ticketId: "tkt_a", terms, clockOf: () => alwaysOpen }
const opened: Fact = { what: "opened", at: at(0), cycle: 1, by: "created", awaitsResponse: true }
const byStaff: Fact = { ...opened, awaitsResponse: false }
const fact = (what: "customer_wrote" | "answered" | "paused" | "resumed" | "ended", minutes: number): Fact => {
  return { what, at: at(minutes) }
}
const after = (...facts: Fact[]) => facts.reduce<Target[]>((targets, one) => afterFact(targets, one, rules), [])
const minutesOf = (instant: Date | null) => instant && (instant.getTime() - start) / 60_000
/** Each target as "metric: due, or its outcome". */
const shown = (targets: Target[]) =>
  targets.map(({ metric, dueAt, outcome }) => `${metric}: ${outcome ?? minutesOf(dueAt) ?? "stands"}`)

const stories: [what: string, facts: Fact[], expected: string[]][] = [
  ["a ticket is opened", [opened], ["first_response: 60", "resolution: 240"]],
  ["nobody waits for a first response", [byStaff], ["resolution: 240"]],
  [
    "what the customer adds starts nothing",
    [opened, fact("customer_wrote", 5)],
    ["first_response: 60", "resolution: 240"],
  ],
  ["an answer ends the first response", [opened, fact("answered", 5)], ["first_response: met", "resolution: 240"]],
  [
    "an answer at the due instant is in time",
    [opened, fact("answered", 60)],
    ["first_response: met", "resolution: 240"],
  ],
  ["an answer after it is not", [opened, fact("answered", 60.001)], ["first_response: breached", "resolution: 240"]],
  [
    "the next response runs from the first message that nobody answered",
    [opened, fact("answered", 5), fact("customer_wrote", 10), fact("customer_wrote", 20)],
    ["first_response: met", "resolution: 240", "next_response: 40"],
  ],
  [
    "and again after the next answer",
    [byStaff, fact("customer_wrote", 10), fact("answered", 20), fact("customer_wrote", 50)],
    ["resolution: 240", "next_response: met", "next_response: 80"],
  ],
  [
    "waiting for the customer stops resolution and next response, and not the first",
    [opened, fact("paused", 10)],
    ["first_response: 60", "resolution: stands"],
  ],
  [
    "what was left goes on",
    [opened, fact("answered", 5), fact("customer_wrote", 10), fact("paused", 20), fact("resumed", 100)],
    ["first_response: met", "resolution: 320", "next_response: 120"],
  ],
  [
    "pauses add up",
    [byStaff, fact("paused", 10), fact("resumed", 20), fact("paused", 30), fact("resumed", 60)],
    ["resolution: 280"],
  ],
  [
    "a pause after the due instant moves nothing",
    [byStaff, fact("paused", 300), fact("resumed", 400)],
    ["resolution: 240"],
  ],
  ["resolved in time", [opened, fact("ended", 59)], ["first_response: none", "resolution: met"]],
  ["resolved while it stands", [byStaff, fact("paused", 10), fact("ended", 999)], ["resolution: met"]],
  ["resolved too late", [opened, fact("ended", 241)], ["first_response: breached", "resolution: breached"]],
  [
    "a breach stays one, though it stands",
    [byStaff, fact("paused", 240), fact("ended", 999)],
    ["resolution: breached"],
  ],
  [
    "reopened by the customer: a cycle of its own",
    [opened, fact("ended", 30), { ...opened, at: at(100), cycle: 2, by: "reopened" }],
    ["first_response: none", "resolution: met", "first_response: 160", "resolution: 340"],
  ],
]
for (const [what, facts, expected] of stories)
  test(what, () => {
    assert.deepEqual(shown(after(...facts)), expected)
  })

test("a metric without a target is kept, is never due and has no outcome", () => {
  const none = { ...rules, terms: noTerms }
  const [first, resolution] = afterFact(afterFact([], opened, none), fact("answered", 99_999), none)
  assert.deepEqual([first!.outcome, first!.dueAt, stateOf(resolution!, at(99_999))], ["none", null, "none"])
})

test("at 80 % it is at risk, at the due instant breached, both to the millisecond", () => {
  const [target] = after(opened)
  const states = [47.999, 48, 59.999, 60].map((minutes) => stateOf(target!, at(minutes)))
  assert.deepEqual(states, ["on_track", "warning", "warning", "breached"])
  assert.deepEqual(alarmsOf(target!, at(47.999)), [])
  assert.deepEqual(alarmsOf(target!, at(48)), ["warning"])
  assert.deepEqual(alarmsOf(target!, at(60)), ["warning", "breach"])
  assert.deepEqual(alarmsOf({ ...target!, warnedAt: at(48) }, at(60)), ["breach"])
  assert.deepEqual(alarmsOf({ ...target!, warnedAt: at(48), breachedAt: at(60) }, at(600)), [])
})

test("what has ended never warns, and a late answer is a breach", () => {
  assert.deepEqual(alarmsOf(after(opened, fact("answered", 50))[0]!, at(55)), [])
  assert.deepEqual(alarmsOf(after(opened, fact("answered", 70))[0]!, at(71)), ["breach"])
})

test("a due time that moves ahead fires again, one that lay behind does not", () => {
  const fired = { ...after(opened)[0]!, warnedAt: at(48), breachedAt: at(60) }
  const under = (minutes: number) =>
    rescheduled(
      fired,
      { ...rules, terms: { ...terms, minutes: { ...terms.minutes, first_response: minutes } } },
      at(70),
    )
  assert.deepEqual(alarmsOf(under(30), at(70)), [])
  const later = under(80)
  assert.deepEqual([minutesOf(later.dueAt), alarmsOf(later, at(70)), alarmsOf(later, at(80))], [80, [], ["breach"]])
  assert.deepEqual(alarmsOf(under(100), at(80)), ["warning"])
})

test("of two that run for one metric the earlier counts, and wakes alone", () => {
  const here = after(opened)
  const guest = { ...here[0]!, ticketId: "tkt_b", dueAt: at(10), warnAt: at(8) }
  const all = [...here, guest]
  assert.deepEqual(shown(liveTargets(all)).toSorted(), ["first_response: 10", "resolution: 240"])
  assert.deepEqual(
    withWakes(all).map(({ wakesAt }) => minutesOf(wakesAt)),
    [null, 192, 8],
  )
})

test("a first response for which another ticket's policy grants no time keeps the next one of this ticket from nothing", () => {
  const brought = afterFact([], opened, { ...rules, ticketId: "tkt_b", terms: noTerms })
  const merged = [...after(byStaff), ...brought.map((one) => ({ ...one, countedOn: "tkt_a" }))]
  const wrote = afterFact(merged, fact("customer_wrote", 10), rules)
  assert.deepEqual(shown(wrote.slice(merged.length)), ["next_response: 40"])
  assert.deepEqual(shown(liveTargets(afterFact(wrote, fact("answered", 20), rules))), ["resolution: 240"])
})

const nothing: CycleSummary = {
  ticketId: "tkt_a",
  cycle: 1,
  policyId: null,
  state: "none",
  dueAt: null,
  pausedAt: null,
  breachedAt: null,
  hasMet: false,
  isRunning: false,
}
const summaries: [what: string, facts: Fact[], minutes: number, state: string, due: number | null][] = [
  ["runs", [opened], 1, "on_track", 60],
  ["the worst of what runs", [opened], 50, "warning", 60],
  ["overdue", [opened], 60, "breached", 60],
  ["stands", [byStaff, fact("paused", 10)], 20, "paused", null],
  ["what runs goes before what stands", [opened, fact("paused", 10)], 20, "paused", 60],
  ["overdue before it was paused", [byStaff, fact("paused", 250)], 300, "breached", null],
  ["all met", [opened, fact("answered", 5), fact("ended", 50)], 50, "met", null],
]
for (const [what, facts, minutes, state, due] of summaries)
  test(`a ticket as a whole: ${what}`, () => {
    const summary = summaryOf(nothing, after(...facts), at(minutes))
    assert.deepEqual([summary.state, minutesOf(summary.dueAt)], [state, due])
  })

test("work is counted as in the recorded case of a ticket that waited", () => {
  const run = { startedAt: at(0), pauses: [{ from: at(90), until: at(120) }], pausedAt: null }
  const until = (minutes: number) => workedMs(alwaysOpen, run, at(minutes)) / 60_000
  assert.deepEqual([until(30), until(90), until(120), until(120) - until(30)], [30, 90, 90, 60])
})
