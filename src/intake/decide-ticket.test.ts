import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { intakeDecisions as texts } from "#texts/en/why-intake-chose-the-ticket.ts"
import { fc } from "#test/fast-check-seed.ts"
import {
  type Candidate,
  type Candidates,
  decideTicket,
  type Decision,
  type IncomingMessage,
  type Policy,
} from "./decide-ticket.ts"
import { closedCandidate, incomingMessage } from "#test/sample-intake-input.ts"

const now = new Date("2026-11-22T12:00:00.000Z")
const minute = 60_000
const hour = 60 * minute
const year = 365 * 24 * hour
const window = 120 * minute

const ago = (ms: number) => new Date(now.getTime() - ms)

/** A ticket last touched, and closed, `ms` ago. */
const closed = (ms: number, more: Partial<Candidate> = {}) => closedCandidate(ago(ms), more)
const active = (more: Partial<Candidate> = {}) => closed(hour, { status: "pending", closedAt: null, ...more })
const ana = { assigneeId: "usr_ana" }
const shipment = (id: string) => ({ campaignShipmentId: id })

const policy: Policy = {
  windowMinutes: 120,
  reopenFrom: "activity",
  acknowledgements: ["gracias", "muchas gracias", "ok", "👍", "thank you"],
  farewellText: "¡Hasta luego!",
  supportDays: 14,
}

type Case = [
  is: string,
  found: Partial<Candidates>,
  said: Partial<IncomingMessage>,
  rules: Partial<Policy>,
  expected: string,
]

const ours = { direction: "out" } as const
const thanks = { text: "¡Gracias!" }
const group = { isGroup: true }
const never = { windowMinutes: 0 }
const fromClosure = { reopenFrom: "closure" } as const
const touchedAfterClosing = (updated: number, closedAgo: number) => closed(updated, { closedAt: ago(closedAgo) })

function answers(title: string, cases: Case[]) {
  describe(title, () => {
    for (const [is, found, said, rules, expected] of cases) {
      it(is, () => assert.equal(short(ask(found, said, rules)), expected))
    }
  })
}

const none: Candidates = { active: null, latest: null, enclosing: null, reactedTo: null }

function ask(found: Partial<Candidates>, said: Partial<IncomingMessage> = {}, rules: Partial<Policy> = {}): Decision {
  return decideTicket({ ...none, ...found }, { ...incomingMessage, ...said }, { ...policy, ...rules }, now)
}

function short(decision: Decision): string {
  const status = decision.action === "created" ? decision.status : decision.action === "reopened" ? decision.to : null
  return [decision.action, ...(status ? [status] : []), decision.why.code].join(" ")
}

// oxfmt-ignore
answers("an active ticket takes everything in", [
  ["a second message", { active: active() }, {}, {}, "joined joined_active"],
  ["our own message", { active: active() }, ours, {}, "joined joined_active"],
  ["a message of a year-old conversation", { active: active({ updatedAt: ago(year) }) }, {}, {}, "joined joined_active"],
  ["when the window is 0", { active: active() }, {}, never, "joined joined_active"],
  ["thanks", { active: active() }, thanks, {}, "joined joined_active"],
  ["our farewell", { active: active() }, { ...ours, text: "¡Hasta luego!" }, {}, "joined joined_active"],
  ["a message of another campaign", { active: active(shipment("A")) }, shipment("B"), {}, "joined joined_active"],
  ["a campaign's own message", { active: active() }, { ...ours, ...shipment("A") }, {}, "joined joined_active"],
  ["a bot's message", { active: active() }, { ...ours, bot: true }, {}, "joined joined_active"],
  ["a group's message", { active: active({ status: "open" }) }, group, {}, "joined joined_active"],
  ["a late message too: what is active goes first", { active: active(), enclosing: closed(hour) }, {}, {}, "joined joined_active"],
])

// oxfmt-ignore
answers("no ticket at all", [
  ["a customer waits for an agent", {}, {}, {}, "created pending created_no_ticket"],
  ["what we write waits for an agent too", {}, ours, {}, "created pending created_no_ticket"],
  ["a group is open", {}, group, {}, "created open created_no_ticket"],
  ["with an agent it is open", {}, { hasUser: true }, {}, "created open created_no_ticket"],
  ["what we write with an agent is open", {}, { ...ours, hasUser: true }, {}, "created open created_no_ticket"],
  ["a campaign's message waits for nobody", {}, { ...ours, ...shipment("A") }, {}, "created closed created_no_ticket"],
  ["a bot's message waits for nobody", {}, { ...ours, bot: true }, {}, "created closed created_no_ticket"],
  ["a campaign's message to a group too", {}, { ...ours, ...group, ...shipment("A") }, {}, "created closed created_no_ticket"],
  ["a bot's message with an agent too", {}, { ...ours, bot: true, hasUser: true }, {}, "created closed created_no_ticket"],
  ["an answer to a campaign waits", {}, shipment("A"), {}, "created pending created_no_ticket"],
  ["thanks for nothing is a ticket", {}, thanks, {}, "created pending created_no_ticket"],
  ["a farewell to nobody is a ticket", {}, { ...ours, text: "¡Hasta luego!" }, {}, "created pending created_no_ticket"],
])

// oxfmt-ignore
answers("the window", [
  ["a minute later", { latest: closed(minute) }, {}, {}, "reopened pending reopened_in_window"],
  ["at once", { latest: closed(0) }, {}, {}, "reopened pending reopened_in_window"],
  ["touched by a clock that runs ahead", { latest: closed(-minute) }, {}, {}, "reopened pending reopened_in_window"],
  ["exactly the window", { latest: closed(window) }, {}, {}, "reopened pending reopened_in_window"],
  ["a millisecond less", { latest: closed(window - 1) }, {}, {}, "reopened pending reopened_in_window"],
  ["a millisecond more", { latest: closed(window + 1) }, {}, {}, "created pending created_window_passed"],
  ["a year later", { latest: closed(year) }, {}, {}, "created pending created_window_passed"],
  ["past the window with an agent named", { latest: closed(year) }, { hasUser: true }, {}, "created open created_window_passed"],
  ["past the window, by a bot", { latest: closed(year) }, { ...ours, bot: true }, {}, "created closed created_window_passed"],
  ["to the agent who had it", { latest: closed(hour, ana) }, {}, {}, "reopened open reopened_in_window"],
  ["by our own message", { latest: closed(hour) }, ours, {}, "reopened pending reopened_in_window"],
  ["by our own message, with an agent", { latest: closed(hour, ana) }, ours, {}, "reopened open reopened_in_window"],
  ["one minute: exactly", { latest: closed(minute) }, {}, { windowMinutes: 1 }, "reopened pending reopened_in_window"],
  ["one minute: a millisecond more", { latest: closed(minute + 1) }, {}, { windowMinutes: 1 }, "created pending created_window_passed"],
  ["0 never reopens, not even at once", { latest: closed(0) }, {}, never, "created pending created_never_reopens"],
  ["0 never reopens by our message", { latest: closed(0, ana) }, ours, never, "created pending created_never_reopens"],
])

// oxfmt-ignore
answers("where the window is measured from", [
  ["activity: touched long after closing", { latest: touchedAfterClosing(hour, year) }, {}, {}, "reopened pending reopened_in_window"],
  ["closure: the same ticket", { latest: touchedAfterClosing(hour, year) }, {}, fromClosure, "created pending created_window_passed"],
  ["closure: exactly the window", { latest: touchedAfterClosing(0, window) }, {}, fromClosure, "reopened pending reopened_in_window"],
  ["closure: a millisecond more", { latest: touchedAfterClosing(0, window + 1) }, {}, fromClosure, "created pending created_window_passed"],
  ["closure unknown: activity counts", { latest: closed(hour, { closedAt: null }) }, {}, fromClosure, "reopened pending reopened_in_window"],
])

// oxfmt-ignore
answers("a category's window goes before the connection's", [
  ["longer", { latest: closed(5 * hour, { categoryWindowMinutes: 300 }) }, {}, {}, "reopened pending reopened_in_window"],
  ["longer, a millisecond more", { latest: closed(5 * hour + 1, { categoryWindowMinutes: 300 }) }, {}, {}, "created pending created_window_passed"],
  ["shorter", { latest: closed(11 * minute, { categoryWindowMinutes: 10 }) }, {}, {}, "created pending created_window_passed"],
  ["0 never reopens", { latest: closed(0, { categoryWindowMinutes: 0 }) }, {}, {}, "created pending created_never_reopens"],
  ["reopens though the connection never does", { latest: closed(hour, { categoryWindowMinutes: 60 }) }, {}, never, "reopened pending reopened_in_window"],
])

// oxfmt-ignore
answers("a group keeps its ticket", [
  ["of a year ago", { latest: closed(year) }, group, {}, "reopened open reopened_group"],
  ["when the window is 0", { latest: closed(year) }, group, never, "reopened open reopened_group"],
  ["with its agent", { latest: closed(year, ana) }, group, {}, "reopened open reopened_group"],
  ["by our own message", { latest: closed(year) }, { ...group, ...ours }, {}, "reopened open reopened_group"],
  ["whatever the campaign", { latest: closed(year, shipment("A")) }, { ...group, ...shipment("B") }, {}, "reopened open reopened_group"],
  ["but thanks in the window wake nobody", { latest: closed(hour) }, { ...group, ...thanks }, {}, "attached attached_acknowledgement"],
  ["thanks after the window do", { latest: closed(year) }, { ...group, ...thanks }, {}, "reopened open reopened_group"],
  ["a late message wakes nobody", { latest: closed(hour), enclosing: closed(hour) }, group, {}, "attached attached_late"],
])

// oxfmt-ignore
answers("campaigns: the shipment of the call against the ticket's", [
  ["none, none", { latest: closed(hour) }, {}, {}, "reopened pending reopened_in_window"],
  ["none, some: an answer to a campaign in the window", { latest: closed(hour, shipment("A")) }, {}, {}, "reopened pending reopened_in_window"],
  ["none, some: an answer after the window", { latest: closed(window + 1, shipment("A")) }, {}, {}, "created pending created_window_passed"],
  ["the same, in", { latest: closed(hour, shipment("A")) }, shipment("A"), {}, "reopened pending reopened_in_window"],
  ["the same, in, with an agent", { latest: closed(hour, { ...ana, ...shipment("A") }) }, shipment("A"), {}, "reopened open reopened_in_window"],
  ["the same, after the window", { latest: closed(window + 1, shipment("A")) }, shipment("A"), {}, "created pending created_window_passed"],
  ["another, in", { latest: closed(hour, shipment("A")) }, shipment("B"), {}, "created pending created_campaign_mismatch"],
  ["some, none, in", { latest: closed(hour) }, shipment("A"), {}, "created pending created_campaign_mismatch"],
  ["the same, out: touched by our own message", { latest: closed(hour, shipment("A")) }, { ...ours, ...shipment("A") }, {}, "kept kept_campaign"],
  ["the same, out, after the window", { latest: closed(window + 1, shipment("A")) }, { ...ours, ...shipment("A") }, {}, "created closed created_window_passed"],
  ["another, out", { latest: closed(hour, shipment("A")) }, { ...ours, ...shipment("B") }, {}, "created closed created_campaign_mismatch"],
  ["some, none, out", { latest: closed(hour) }, { ...ours, ...shipment("A") }, {}, "created closed created_campaign_mismatch"],
  ["none, some, out: our own message keeps its status", { latest: closed(hour, { ...ana, ...shipment("A") }) }, ours, {}, "kept kept_campaign"],
  ["none, some, out, after the window", { latest: closed(window + 1, shipment("A")) }, ours, {}, "created pending created_window_passed"],
  ["a mismatch matters also where nothing reopens", { latest: closed(hour) }, shipment("A"), never, "created pending created_campaign_mismatch"],
])

// oxfmt-ignore
answers("a plain acknowledgement wakes nobody", [
  ["what is of the past", { latest: closed(hour) }, { isSilent: true }, {}, "attached attached_silent"],
  ["thanks", { latest: closed(hour) }, thanks, {}, "attached attached_acknowledgement"],
  ["a thumb", { latest: closed(hour) }, { text: "👍🏽" }, {}, "attached attached_acknowledgement"],
  ["two in one", { latest: closed(hour) }, { text: "Ok, muchas gracias 👍" }, {}, "attached attached_acknowledgement"],
  ["with an agent", { latest: closed(hour, ana) }, thanks, {}, "attached attached_acknowledgement"],
  ["exactly the window", { latest: closed(window) }, thanks, {}, "attached attached_acknowledgement"],
  ["a millisecond after the window", { latest: closed(window + 1) }, thanks, {}, "created pending created_window_passed"],
  ["where nothing reopens", { latest: closed(hour) }, thanks, never, "created pending created_never_reopens"],
  ["but a complaint does", { latest: closed(hour) }, { text: "ok pero no funciona" }, {}, "reopened pending reopened_in_window"],
  ["thanks with a picture do", { latest: closed(hour) }, { ...thanks, hasAttachments: true }, {}, "reopened pending reopened_in_window"],
  ["what we write is no thanks", { latest: closed(hour) }, { ...ours, ...thanks }, {}, "reopened pending reopened_in_window"],
  ["with an empty list nothing is", { latest: closed(hour) }, thanks, { acknowledgements: [] }, "reopened pending reopened_in_window"],
  ["in a campaign's ticket", { latest: closed(hour, shipment("A")) }, thanks, {}, "attached attached_acknowledgement"],
])

// oxfmt-ignore
answers("late messages and farewells wake nobody", [
  ["within the span of the latest", { latest: closed(hour), enclosing: closed(hour) }, {}, {}, "attached attached_late"],
  ["within the span of an older one", { latest: closed(hour), enclosing: closed(year, { id: "tkt_0" }) }, {}, {}, "attached attached_late"],
  ["of ours", { latest: closed(hour), enclosing: closed(hour) }, ours, {}, "attached attached_late"],
  ["long after the window", { latest: closed(year), enclosing: closed(year) }, {}, never, "attached attached_late"],
  ["of another campaign", { latest: closed(hour), enclosing: closed(hour) }, shipment("B"), {}, "attached attached_late"],
  ["our farewell", { latest: closed(hour) }, { ...ours, text: " ¡Hasta luego!\n" }, {}, "attached attached_farewell"],
  ["our farewell after the window", { latest: closed(year) }, { ...ours, text: "¡Hasta luego!" }, never, "attached attached_farewell"],
  ["the customer's goodbye is not ours", { latest: closed(hour) }, { text: "¡Hasta luego!" }, {}, "reopened pending reopened_in_window"],
  ["other words of ours", { latest: closed(hour) }, { ...ours, text: "¡Hasta luego! ¿Algo más?" }, {}, "reopened pending reopened_in_window"],
  ["without a farewell text", { latest: closed(hour) }, { ...ours, text: "¡Hasta luego!" }, { farewellText: null }, "reopened pending reopened_in_window"],
])

const reaction = { kind: "reaction", text: "👍" } as const
const notice = { kind: "system", text: "" } as const

// oxfmt-ignore
answers("reactions and notices change nothing", [
  ["a reaction to a known message", { reactedTo: closed(year) }, reaction, {}, "attached attached_reaction"],
  ["a reaction while the ticket is active", { active: active(), reactedTo: active() }, reaction, {}, "attached attached_reaction"],
  ["a reaction to what we do not know", { active: active(), latest: closed(hour) }, reaction, {}, "ignored ignored_reaction"],
  ["a reaction of a stranger", {}, reaction, {}, "ignored ignored_reaction"],
  ["a notice on an active ticket", { active: active() }, notice, {}, "attached attached_system"],
  ["a notice on a closed ticket", { latest: closed(minute) }, notice, {}, "ignored ignored_system"],
  ["a notice about nobody", {}, notice, {}, "ignored ignored_system"],
  ["a notice of a group", { latest: closed(minute) }, { ...notice, ...group }, {}, "ignored ignored_system"],
])

describe("the reason", () => {
  it("gives the figures it was decided by", () => {
    const { why } = ask({ latest: closed(41 * minute + 59_999) })
    assert.deepEqual(why.inputs, {
      ticket: "TKT-00001",
      status: "closed",
      elapsedMinutes: 41,
      windowMinutes: 120,
      measuredFrom: "activity",
    })
  })

  it("names the candidate that was refused", () => {
    const { why } = ask({ latest: closed(year) })
    assert.deepEqual(why.rejected, [{ candidate: "TKT-00001", because: "created_window_passed" }])
  })

  it("lands on the ticket it speaks of", () => {
    const enclosing = closed(year, { id: "tkt_0", number: "TKT-00000" })
    const late = ask({ latest: closed(hour), enclosing })
    assert.equal("ticketId" in late && late.ticketId, "tkt_0")
    assert.equal(late.why.inputs["ticket"], "TKT-00000")
  })
})

describe("whatever comes", () => {
  const id = fc.constantFrom(null, "A", "B")
  const anyTicket = fc.option(
    fc
      .record({ ms: fc.integer({ min: -minute, max: year }), shipment: id, agent: fc.boolean() })
      .map((it) => closed(it.ms, { campaignShipmentId: it.shipment, ...(it.agent && ana) })),
  )
  const anyFound = fc.record({ active: anyTicket, latest: anyTicket, enclosing: anyTicket, reactedTo: anyTicket })
  const anySaid: fc.Arbitrary<IncomingMessage> = fc.record({
    kind: fc.constantFrom("message", "reaction", "system"),
    direction: fc.constantFrom("in", "out"),
    text: fc.constantFrom("", "hola", "gracias", "¡Hasta luego!", "👍"),
    hasAttachments: fc.boolean(),
    isGroup: fc.boolean(),
    campaignShipmentId: id,
    bot: fc.boolean(),
    hasUser: fc.boolean(),
    isBlocked: fc.boolean(),
    isOfThread: fc.boolean(),
    isSilent: fc.boolean(),
  })
  const rules = fc.record({
    windowMinutes: fc.constantFrom(0, 1, 120),
    reopenFrom: fc.constantFrom("activity", "closure"),
  })

  it("the answer has a text, and its words agree with its deed", () => {
    fc.assert(
      fc.property(anyFound, anySaid, rules, (found, said, given) => {
        const decision = ask(found, said, given)
        assert.ok(`why.${decision.why.code}` in texts, decision.why.code)
        assert.ok(decision.why.code.startsWith(decision.action), decision.why.code)
      }),
    )
  })

  it("only messages create or reopen, and while one is active nothing else gets them", () => {
    fc.assert(
      fc.property(anyFound, anySaid, rules, (found, said, given) => {
        const { action } = ask(found, said, given)
        const moves = ["created", "reopened", "kept", "joined"].includes(action)
        if (said.kind !== "message") assert.equal(moves, false)
        else if (said.isBlocked && said.direction === "in")
          assert.ok(action === "attached" || (action === "created" && !found.active))
        else if (found.active) assert.equal(action, "joined")
        else assert.notEqual(action, "joined")
        if (action === "reopened") assert.equal(found.latest === null, false)
      }),
    )
  })
})
