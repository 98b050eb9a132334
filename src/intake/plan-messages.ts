// What becomes of each of several messages that come one after the other, and why. It knows only its arguments: what is
// stored is read by read-snapshot.ts, what is planned is written by write-batch.ts. One message is a batch of one.
import type { DecisionReason } from "#event-log/index.ts"
import { type MessageConsequence, messageConsequence } from "#tickets/lifecycle/unread-and-event-of-message.ts"
import { waitsForCustomer } from "#tickets/lifecycle/reopen-rule.ts"
import { type Candidate, decideTicket, type Decision, type IncomingMessage, type Policy } from "./decide-ticket.ts"

/** A ticket as far as the rule looks at it. */
export type KnownTicket = Candidate & { active: boolean; firstMessageAt: Date | null; lastMessageAt: Date | null }

export type PlanInput = {
  said: IncomingMessage
  policy: Policy
  threadKey: string
  /** The message's own time; null when it came without one. */
  sentAt: Date | null
  /** The ticket of the message that this one is about. */
  about: KnownTicket | null
  /** The id of the ticket that it would open. */
  newTicketId: string
}

/** The tickets of each thread that a message may land on. */
export type Snapshot = { now: Date; threads: ReadonlyMap<string, readonly KnownTicket[]> }

type TicketDecision = Exclude<Decision, { action: "ignored" }>

/** Where a message lands, what that means for its ticket, and which events that makes. */
export type MessagePlan = Omit<MessageConsequence, "event"> & {
  decision: TicketDecision
  ticketId: string
  /** A support ticket waited for these words. */
  isAwaited: boolean
  event: MessageConsequence["event"] & { why: DecisionReason | null }
}

/** `later`: it depends on what the database makes of the messages before, and is planned once they are written. */
export type Outcome = MessagePlan | { ignored: DecisionReason } | "later"

type Batch = {
  now: Date
  tickets: Map<string, KnownTicket>
  threads: Map<string, string[]>
  opened: Set<string>
  halted: Set<string>
}

/** Each message finds what those before it have made of what is stored. */
export function planMessages({ now, threads }: Snapshot, messages: readonly PlanInput[]): Outcome[] {
  const tickets = [...threads.values()].flat().map((ticket) => [ticket.id, { ...ticket }] as const)
  const batch: Batch = {
    now,
    tickets: new Map(tickets),
    threads: new Map([...threads].map(([key, all]) => [key, all.map(({ id }) => id)])),
    opened: new Set(),
    halted: new Set(),
  }
  return messages.map((message) => planNext(batch, message))
}

function planNext(batch: Batch, message: PlanInput): Outcome {
  const { said, policy, threadKey } = message
  if (batch.halted.has(threadKey)) return "later"
  const decision = decideTicket(candidatesFor(batch, message), said, policy, batch.now)
  if (decision.action === "ignored") return { ignored: decision.why }
  const planned = toPlanned(decision, message, batch.tickets)
  // The reason would name the ticket, which gets its number when it is written.
  if (batch.opened.has(planned.ticketId) && decision.action !== "joined") {
    batch.halted.add(threadKey)
    return "later"
  }
  apply(batch, message, planned)
  return planned
}

const newestFirst = (a: KnownTicket, b: KnownTicket) =>
  b.updatedAt.getTime() - a.updatedAt.getTime() || (a.id < b.id ? 1 : -1)

function candidatesFor({ threads, tickets }: Batch, { threadKey, sentAt, about }: PlanInput) {
  const thread = (threads.get(threadKey) ?? []).map((id) => tickets.get(id)!).toSorted(newestFirst)
  const closed = thread.filter(({ active }) => !active)
  const active = thread.find((ticket) => ticket.active) ?? null
  const enclosing = sentAt === null ? undefined : closed.find((ticket) => encloses(ticket, sentAt))
  return { active, latest: active ? null : (closed[0] ?? null), enclosing: enclosing ?? null, reactedTo: about }
}

const encloses = ({ firstMessageAt: first, lastMessageAt: last }: KnownTicket, at: Date) =>
  first !== null && last !== null && first <= at && at <= last

function toPlanned(decision: TicketDecision, { said, newTicketId }: PlanInput, tickets: Batch["tickets"]): MessagePlan {
  const ticketId = decision.action === "created" ? newTicketId : decision.ticketId
  const ticket = tickets.get(ticketId)
  const { event, ...consequence } = messageConsequence(said.direction, keptAs(decision))
  // What opens or reopens the ticket is logged with the reason; its message then needs none.
  const isTold = decision.action === "created" || decision.action === "reopened"
  const isWaiting = decision.action === "joined" && ticket !== undefined && waitsForCustomer(ticket)
  return {
    ...consequence,
    decision,
    ticketId,
    isAwaited: isWaiting && said.direction === "in",
    event: { ...event, why: isTold ? null : decision.why },
  }
}

/** Is it kept without waking anything or anybody, and is that because of who wrote it? */
function keptAs({ action, why: { code } }: TicketDecision): "quiet" | "blocked" | null {
  if (code === "attached_blocked" || code === "created_blocked") return "blocked"
  return action === "attached" ? "quiet" : null
}

/** The ticket as the next message finds it. */
function apply({ now, tickets, threads, opened }: Batch, message: PlanInput, planned: MessagePlan) {
  const { decision, ticketId } = planned
  const sentAt = message.sentAt ?? now
  if (decision.action === "created") {
    opened.add(ticketId)
    tickets.set(ticketId, openedTicket(message, decision.status, ticketId, now))
    threads.set(message.threadKey, [...(threads.get(message.threadKey) ?? []), ticketId])
    return
  }
  const ticket = tickets.get(ticketId)
  if (!ticket) return
  const [first, last] = [ticket.firstMessageAt ?? sentAt, ticket.lastMessageAt ?? sentAt]
  Object.assign(ticket, {
    firstMessageAt: first < sentAt ? first : sentAt,
    lastMessageAt: last > sentAt ? last : sentAt,
  })
  if (!planned.touches) return
  ticket.updatedAt = ticket.updatedAt > now ? ticket.updatedAt : now
  ticket.campaignShipmentId = message.said.campaignShipmentId ?? ticket.campaignShipmentId
  if (planned.isAwaited) ticket.status = "open"
  if (decision.action === "reopened") Object.assign(ticket, { status: decision.to, active: true, closedAt: null })
}

function openedTicket({ said, sentAt }: PlanInput, status: string, id: string, now: Date): KnownTicket {
  const isClosed = status === "closed"
  return {
    id,
    number: "",
    kind: "conversation",
    status,
    active: !isClosed,
    assigneeId: null,
    campaignShipmentId: said.campaignShipmentId,
    updatedAt: now,
    closedAt: isClosed ? now : null,
    firstMessageAt: sentAt ?? now,
    lastMessageAt: sentAt ?? now,
    categoryWindowMinutes: null,
  }
}
