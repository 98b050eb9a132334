// The cases of source document 002 and of domain.md §13, each with its clock given.
import assert from "node:assert/strict"
import { test } from "node:test"
import { type AgreementFacts, nextStep } from "./agreement.ts"

const at = (time: string) => new Date(`2026-11-30T${time}Z`)
const closedAt = at("10:00:00")
const nothing: AgreementFacts = {
  isOver: false,
  work: { status: "open", closedAt: null },
  record: { isKnown: true, closedAt: null },
  reopenings: 0,
  intent: null,
  isWanted: false,
  isRefused: false,
}
type KnownFacts = Partial<AgreementFacts>
const waits = { status: "closed", closedAt } as const
const closedThere = { status: "closed", closedAt: null } as const
const record = (time: string) => ({ isKnown: true, closedAt: at(time) })
const [unanswered, answered] = [
  { isLeased: false, isAnswered: false },
  { isLeased: false, isAnswered: true },
]

type Case = [what: string, given: KnownFacts, now: string, expected: string, windowMinutes?: number, isShadow?: true]
const cases: Case[] = [
  ["both are open", {}, "10:00:00", "none agreed_open"],
  [
    "the work system was not asked yet",
    { work: { status: "unknown", closedAt: null } },
    "10:00:00",
    "none agreed_open",
  ],
  ["case 1: closed in the work system alone", { work: closedThere }, "10:00:00", "start_window awaiting 10:07:00"],
  ["case 1: at 6:59 the window runs", { work: waits }, "10:06:59", "none awaiting 10:07:00"],
  ["case 1: at 6:59.999 too", { work: waits }, "10:06:59.999", "none awaiting 10:07:00"],
  ["case 1: at exactly 7:00 it is over", { work: waits }, "10:07:00", "reopen acting 10:07:00"],
  ["case 1: long after, all servers having been down", { work: waits }, "13:00:00", "reopen acting 10:07:00"],
  [
    "case 2: the closure comes within the window",
    { work: waits, record: record("10:03:00") },
    "10:03:00",
    "close agreed_closed",
  ],
  [
    "case 2: it comes after the end, before anybody looked",
    { work: waits, record: record("10:08:00") },
    "10:08:30",
    "close agreed_closed",
  ],
  ["case 3: closed in the record system first", { record: record("09:50:00") }, "09:50:00", "none disagreed"],
  [
    "case 3: and now in the work system",
    { work: closedThere, record: record("09:50:00") },
    "10:00:00",
    "close agreed_closed",
  ],
  [
    "no number in the record system: closed at once",
    { work: closedThere, record: { isKnown: false, closedAt: null } },
    "10:00:00",
    "close agreed_closed",
  ],
  ["open again within the window", { work: { status: "open", closedAt } }, "10:05:00", "clear_window agreed_open"],
  ["open again after it", { work: { status: "open", closedAt } }, "10:09:00", "clear_window agreed_open"],
  ["a window of 0 is over as it begins", { work: waits }, "10:00:00", "reopen acting 10:00:00", 0],
  [
    "it begins all the same, so that a closure may have come",
    { work: closedThere },
    "10:00:00",
    "start_window awaiting 10:00:00",
    0,
  ],
  ["made shorter while it runs: over at once", { work: waits }, "10:05:00", "reopen acting 10:05:00", 5],
  ["made longer while it runs: it goes on", { work: waits }, "10:07:00", "none awaiting 10:30:00", 30],
  ["shadow mode: it says so and does nothing", { work: waits }, "10:07:00", "report disagreed 10:07:00", 7, true],
  ["shadow mode: within the window as ever", { work: waits }, "10:06:59", "none awaiting 10:07:00", 7, true],
  [
    "shadow mode: what both closed is closed",
    { work: waits, record: record("10:03:00") },
    "10:03:00",
    "close agreed_closed",
    7,
    true,
  ],
  ["refused by the work system", { work: waits, isRefused: true }, "10:09:00", "report disagreed 10:07:00"],
  [
    "refused, and then closed in the record system",
    { work: waits, isRefused: true, record: record("10:20:00") },
    "10:20:00",
    "close agreed_closed",
  ],
  ["wanted by hand within the window", { work: waits, isWanted: true }, "10:01:00", "reopen acting"],
  [
    "wanted by hand in shadow mode, and not done yet",
    { work: waits, isWanted: true, intent: answered },
    "10:01:00",
    "reopen acting",
    7,
    true,
  ],
  ["wanted by hand in shadow mode", { work: waits, isWanted: true }, "10:01:00", "reopen acting", 7, true],
  ["wanted by hand, but it is open", { isWanted: true }, "10:01:00", "clear_window agreed_open"],
  [
    "wanted by hand, but both have closed it",
    { work: waits, isWanted: true, record: record("10:00:30") },
    "10:01:00",
    "close agreed_closed",
  ],
  [
    "the request is on its way",
    { work: waits, intent: { isLeased: true, isAnswered: false } },
    "10:07:01",
    "none acting",
  ],
  [
    "a closure crosses it: nothing before its end is known",
    { work: waits, record: record("10:07:01"), intent: { isLeased: true, isAnswered: false } },
    "10:07:02",
    "none acting",
  ],
  [
    "what was answered meanwhile to others says closed",
    { work: waits, intent: { isLeased: true, isAnswered: true } },
    "10:07:02",
    "none acting",
  ],
  ["its server died: the work system is asked", { work: waits, intent: unanswered }, "10:09:00", "ask acting"],
  ["it was done", { work: { status: "open", closedAt }, intent: answered }, "10:09:00", "count_reopening agreed_open"],
  [
    "it was done, and somebody else's poll sees it first",
    { work: { status: "open", closedAt }, intent: { isLeased: true, isAnswered: true } },
    "10:07:02",
    "count_reopening agreed_open",
  ],
  [
    "what is known is older than the request",
    { work: { status: "open", closedAt }, intent: unanswered },
    "10:09:00",
    "ask acting",
  ],
  ["it was not done: once more", { work: waits, intent: answered }, "10:09:00", "reopen acting"],
  [
    "it was not done, and a closure crossed it",
    { work: waits, intent: answered, record: record("10:07:01") },
    "10:09:00",
    "close agreed_closed",
  ],
  [
    "it was done, and a closure crossed it",
    { work: { status: "open", closedAt }, intent: answered, record: record("10:07:01") },
    "10:09:00",
    "count_reopening disagreed",
  ],
  [
    "it was not done, and shadow mode is on since",
    { work: waits, intent: answered },
    "10:09:00",
    "report disagreed",
    7,
    true,
  ],
  ["reopened twice", { reopenings: 2 }, "11:00:00", "none agreed_open"],
  [
    "the third time a lead is notified",
    { reopenings: 2, work: { status: "open", closedAt }, intent: answered },
    "11:00:00",
    "count_reopening escalated",
  ],
  ["from then on it is escalated", { reopenings: 3 }, "11:00:00", "none escalated"],
  ["and the rules go on", { reopenings: 9, work: waits }, "11:00:00", "reopen acting 10:07:00"],
  [
    "closed is final, whatever either side says",
    { isOver: true, work: waits, intent: unanswered },
    "11:00:00",
    "none agreed_closed",
  ],
  [
    "not opened in the work system yet",
    { work: { status: "none", closedAt: null }, isWanted: true },
    "10:00:00",
    "none agreed_open",
  ],
  [
    "closed in the record system before that",
    { work: { status: "none", closedAt: null }, isWanted: true, record: record("09:50:00") },
    "10:00:00",
    "close agreed_closed",
  ],
  [
    "the work system refuses to open it",
    { work: { status: "none", closedAt: null }, isRefused: true },
    "10:00:00",
    "report disagreed",
  ],
]
for (const [what, given, now, expected, windowMinutes = 7, isShadow = false] of cases)
  test(what, () => {
    const { act, state, deadline } = nextStep({ ...nothing, ...given }, { windowMinutes, isShadow }, at(now))
    const when = deadline === null ? [] : [deadline.toISOString().slice(11, 19)]
    assert.equal([act, state, ...when].join(" "), expected)
  })

/** All that can be known, crossed with each other. */
function everything(): AgreementFacts[] {
  const flags = [false, true]
  const windows = [null, closedAt]
  const ranges = {
    isOver: flags,
    work: (["open", "closed", "unknown", "none"] as const).flatMap((status) =>
      windows.map((window) => ({ status, closedAt: window })),
    ),
    record: flags.flatMap((isKnown) => [null, at("10:01:00")].map((closure) => ({ isKnown, closedAt: closure }))),
    reopenings: [0, 2, 3],
    intent: [null, unanswered, answered, { isLeased: true, isAnswered: false }],
    isWanted: flags,
    isRefused: flags,
  }
  let all: object[] = [{}]
  for (const [name, values] of Object.entries(ranges))
    all = all.flatMap((facts) => values.map((value) => ({ ...facts, [name]: value })))
  return all as AgreementFacts[]
}

test("whatever is known: nothing is reopened that both closed, nothing closed that is open, and nothing final moves", () => {
  let checked = 0
  for (const facts of everything())
    for (const now of [at("10:06:59.999"), at("10:07:00")])
      for (const isShadow of [false, true]) {
        const { act, state } = nextStep(facts, { windowMinutes: 7, isShadow }, now)
        const about = JSON.stringify({ facts, now, act })
        if (facts.isOver) assert.deepEqual([act, state], ["none", "agreed_closed"], about)
        if (act === "close")
          assert.ok(facts.work.status !== "open" && (facts.record.closedAt || !facts.record.isKnown), about)
        if (act === "reopen") {
          assert.ok(facts.work.status !== "none" && facts.record.closedAt === null, about)
          assert.ok(!isShadow || facts.isWanted, about)
          assert.ok(facts.isWanted || facts.intent || now >= at("10:07:00"), about)
        }
        if (act === "count_reopening") assert.ok(facts.intent?.isAnswered && facts.work.status === "open", about)
        if (facts.intent?.isLeased) assert.ok(act === "none" || act === "count_reopening", about)
        assert.equal(state === "agreed_closed", act === "close" || facts.isOver, about)
        checked++
      }
  assert.ok(checked > 5_000)
})
