// What becomes of several messages, one after the other: each finds what those before it have made of what is stored.
import assert from "node:assert/strict"
import { test } from "node:test"
import { incomingMessage } from "#test/sample-intake-input.ts"
import type { IncomingMessage, Policy } from "./decide-ticket.ts"
import { type KnownTicket, type PlanInput, planMessages } from "./plan-messages.ts"

const now = new Date("2026-11-29T12:00:00.000Z")
const minute = 60_000
const ago = (minutes: number) => new Date(now.getTime() - minutes * minute)
const policy: Policy = {
  windowMinutes: 120,
  reopenFrom: "activity",
  acknowledgements: ["gracias"],
  farewellText: null,
  supportDays: 14,
}

/** A conversation that was closed `minutes` ago, with messages of the ten minutes before. */
const closed = (minutes: number, more: Partial<KnownTicket> = {}): KnownTicket => ({
  id: "tkt_old",
  number: "TKT-00001",
  kind: "conversation",
  status: "closed",
  active: false,
  assigneeId: null,
  campaignShipmentId: null,
  updatedAt: ago(minutes),
  closedAt: ago(minutes),
  firstMessageAt: ago(minutes + 10),
  lastMessageAt: ago(minutes),
  categoryWindowMinutes: null,
  ...more,
})
const open = (more: Partial<KnownTicket> = {}) => closed(30, { status: "open", active: true, closedAt: null, ...more })
const supportTicket = { kind: "support", status: "pending" }

type Words = Partial<IncomingMessage> & { at?: number; thread?: string }
const ours = { direction: "out" } as const
const blocked = { isBlocked: true }
const thanks = { text: "gracias" }
const campaign = { ...ours, campaignShipmentId: "A" }

/** What becomes of each: where it lands, unread, which events; a small letter ahead for other events of the ticket. */
function become(stored: KnownTicket[], ...said: Words[]): string[] {
  const inputs = said.map(({ at, thread = "thread", ...more }, n): PlanInput => ({
    said: { ...incomingMessage, ...more },
    policy,
    threadKey: thread,
    sentAt: at === undefined ? null : ago(at),
    about: null,
    newTicketId: `tkt_new${n}`,
  }))
  return planMessages({ now, threads: new Map([["thread", stored]]) }, inputs).map((outcome) => {
    if (outcome === "later") return "later"
    if ("ignored" in outcome) return "ignored"
    const { decision, ticketId, unread, touches, isAwaited, event } = outcome
    const status = "to" in decision ? ` ${decision.to}` : "status" in decision ? ` ${decision.status}` : ""
    const more = `${isAwaited ? " awaited" : ""}${touches ? "" : " quiet"}${event.data.blocked ? " blocked" : ""}`
    return `${decision.action}${status} ${ticketId} ${unread} ${event.kind.slice(8)}${more}`
  })
}

type Case = [is: string, stored: KnownTicket[], said: Words[], expected: string[]]
// oxfmt-ignore
const cases: Case[] = [
  ["the first opens the ticket, the others join it", [], [{}, thanks, ours], ["created pending tkt_new0 add received", "joined tkt_new0 add received", "joined tkt_new0 clear received"]],
  ["each thread has a ticket of its own", [], [{}, { thread: "another" }, {}], ["created pending tkt_new0 add received", "created pending tkt_new1 add received", "joined tkt_new0 add received"]],
  ["the first reopens the ticket, the others join it", [closed(30)], [{}, thanks], ["reopened pending tkt_old add received", "joined tkt_old add received"]],
  ["thanks wake nobody, what follows does", [closed(30)], [thanks, {}], ["attached tkt_old keep attached quiet", "reopened pending tkt_old add received"]],
  ["late words that thanks have made late", [closed(30)], [{ ...thanks, at: 5 }, { at: 20 }], ["attached tkt_old keep attached quiet", "attached tkt_old keep attached quiet"]],
  ["past the window the second joins what the first has opened", [closed(200)], [{}, {}], ["created pending tkt_new0 add received", "joined tkt_new0 add received"]],
  ["words that were waited for", [open(supportTicket)], [ours, {}, {}], ["joined tkt_old clear received", "joined tkt_old add received awaited", "joined tkt_old add received"]],
  ["the blocked are kept beside the others", [open()], [blocked, {}], ["attached tkt_old keep attached quiet blocked", "joined tkt_old add received"]],
  ["what a blocked person begins is closed, and goes on once it is written", [], [blocked, blocked, blocked], ["created closed tkt_new0 keep attached quiet blocked", "later", "later"]],
  ["a campaign's own message touches its ticket, an answer reopens it", [closed(30, { campaignShipmentId: "A" })], [campaign, {}], ["kept tkt_old clear received", "reopened pending tkt_old add received"]],
  ["an answer to what a campaign has just said comes later", [], [campaign, {}, { thread: "another" }], ["created closed tkt_new0 clear received", "later", "created pending tkt_new2 add received"]],
  ["a notice without a ticket is nothing, after the first message it lands", [], [{ kind: "system" }, {}], ["ignored", "created pending tkt_new1 add received"]],
]

for (const [is, stored, said, expected] of cases) test(is, () => assert.deepEqual(become(stored, ...said), expected))

test("what was read is left as it was", () => {
  const stored = [closed(30)]
  const before = structuredClone(stored)
  become(stored, thanks, {})
  assert.deepEqual(stored, before)
})

test("what opens or reopens the ticket is logged with the reason, its message without", () => {
  const input = {
    said: incomingMessage,
    policy,
    threadKey: "thread",
    sentAt: null,
    about: null,
    newTicketId: "tkt_new",
  }
  const [first, second] = planMessages({ now, threads: new Map() }, [input, input])
  assert.ok(typeof first === "object" && "decision" in first && typeof second === "object" && "decision" in second)
  assert.deepEqual([first.event.why, first.decision.why.code], [null, "created_no_ticket"])
  assert.equal(second.event.why?.code, "joined_active")
})
