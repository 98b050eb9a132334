// The rule that keeps one problem one ticket (domain §4). It knows only its arguments, and says why.
import type { DecisionReason } from "#event-log/index.ts"
import { statusOnReturn, supportReturn } from "#tickets/lifecycle/reopen-rule.ts"
import { isAcknowledgement } from "./detect-acknowledgement.ts"

export type Candidate = {
  id: string
  number: string
  /** A thread leads to a ticket of another kind once its own was merged into that. */
  kind: string
  status: string
  assigneeId: string | null
  campaignShipmentId: string | null
  updatedAt: Date
  closedAt: Date | null
  /** The longest window among the ticket's categories that override it; null when none does. */
  categoryWindowMinutes: number | null
}

export type Candidates = {
  /** The active ticket of the thread: there is at most one. */
  active: Candidate | null
  /** The latest-updated ticket of the thread, none of which is active. */
  latest: Candidate | null
  /** A closed ticket whose span of messages encloses the message's own time. */
  enclosing: Candidate | null
  /** The ticket of the message that a reaction or a notice is about. */
  reactedTo: Candidate | null
}

export type IncomingMessage = {
  kind: "message" | "reaction" | "system"
  direction: "in" | "out"
  text: string
  hasAttachments: boolean
  isGroup: boolean
  campaignShipmentId: string | null
  bot: boolean
  /** The call names the agent whose conversation this is. */
  hasUser: boolean
  /** Its sender, or the group, is blocked. */
  isBlocked: boolean
  /** It names its thread: what comes after the window goes on with that in a new ticket, and a notice belongs there, however long it is over. */
  isOfThread: boolean
  /** It is of the past: it was there before its connection. */
  isSilent: boolean
}

export type Policy = {
  windowMinutes: number
  reopenFrom: "activity" | "closure"
  acknowledgements: readonly string[]
  farewellText: string | null
  /** How long after closing a customer's message reopens a support ticket. */
  supportDays: number
}

export type Decision =
  | { action: "joined" | "attached"; ticketId: string; why: DecisionReason }
  | { action: "reopened"; ticketId: string; to: "open" | "pending"; why: DecisionReason }
  | { action: "kept"; ticketId: string; why: DecisionReason }
  // `follows`: the ticket that is closed for good.
  | { action: "created"; status: "closed" | "open" | "pending"; why: DecisionReason; follows?: string }
  | { action: "ignored"; why: DecisionReason }

type RejectedCandidates = DecisionReason["rejected"]

/** What becomes of one message. The order of the lines is the order of the rules. */
export function decideTicket(found: Candidates, message: IncomingMessage, policy: Policy, now: Date): Decision {
  if (message.kind !== "message") return decideNotice(found, message)
  if (message.isBlocked && message.direction === "in") return decideBlocked(found)
  if (found.active)
    // There was nothing to weigh: a thread has one active ticket.
    return { action: "joined", ticketId: found.active.id, why: why("joined", "joined_active", null) }
  const attached = attachesTo(found, message, policy, now)
  if (attached) return attached
  const { latest } = found
  if (!latest) return create(message, "created_no_ticket")
  if (message.isSilent)
    return { action: "attached", ticketId: latest.id, why: why("attached", "attached_silent", latest) }
  const to = statusOnReturn(latest, message.isGroup)
  if (message.isGroup)
    return { action: "reopened", ticketId: latest.id, to, why: why("reopened", "reopened_group", latest) }
  if (latest.kind === "support" && message.direction === "in") return reopensSupport(latest, message, policy, now)
  if (message.campaignShipmentId !== null && latest.campaignShipmentId !== message.campaignShipmentId) {
    return create(message, "created_campaign_mismatch", latest)
  }
  const window = windowOf(latest, policy, now)
  if (!window.open) {
    const code = window.minutes === 0 ? "created_never_reopens" : "created_window_passed"
    const created = create(message, code, latest, window.inputs)
    return message.isOfThread ? { ...created, follows: latest.id } : created
  }
  if (latest.campaignShipmentId !== null && message.direction === "out") {
    return { action: "kept", ticketId: latest.id, why: why("kept", "kept_campaign", latest, window.inputs) }
  }
  return {
    action: "reopened",
    ticketId: latest.id,
    to,
    why: why("reopened", "reopened_in_window", latest, window.inputs),
  }
}

/** What somebody blocked writes is kept and wakes nothing and nobody. */
function decideBlocked({ active, enclosing, latest }: Candidates): Decision {
  const place = active ?? enclosing ?? latest
  if (!place) return { action: "created", status: "closed", why: why("created", "created_blocked", null) }
  return { action: "attached", ticketId: place.id, why: why("attached", "attached_blocked", place) }
}

/** A customer's message wakes a resolved ticket at any time, a closed one within some days. */
function reopensSupport(latest: Candidate, message: IncomingMessage, { supportDays }: Policy, now: Date): Decision {
  const { isLate, inputs } = supportReturn(latest, now, supportDays)
  if (isLate) return { ...create(message, "created_support_closed", latest, inputs), follows: latest.id }
  return {
    action: "reopened",
    ticketId: latest.id,
    to: "open",
    why: why("reopened", "reopened_support", latest, inputs),
  }
}

/** Reactions and notices of a channel never create, reopen or count as unread. */
function decideNotice(found: Candidates, message: IncomingMessage): Decision {
  // A notice may be about a message too: that it was changed or deleted.
  const ofThread = found.active ?? (message.isOfThread ? found.latest : null)
  const target = message.kind === "reaction" ? found.reactedTo : (found.reactedTo ?? ofThread)
  const code = message.kind === "reaction" ? "reaction" : "system"
  if (!target) return { action: "ignored", why: why("ignored", `ignored_${code}`, null) }
  return { action: "attached", ticketId: target.id, why: why("attached", `attached_${code}`, target) }
}

/** Messages that belong to a closed ticket without waking it: late ones, thanks, our own farewell. */
function attachesTo(found: Candidates, message: IncomingMessage, policy: Policy, now: Date): Decision | null {
  if (found.enclosing)
    return { action: "attached", ticketId: found.enclosing.id, why: why("attached", "attached_late", found.enclosing) }
  const { latest } = found
  if (!latest) return null
  if (message.direction === "out") {
    const farewell = policy.farewellText !== null && message.text.trim() === policy.farewellText.trim()
    return farewell
      ? { action: "attached", ticketId: latest.id, why: why("attached", "attached_farewell", latest) }
      : null
  }
  const thanks = !message.hasAttachments && isAcknowledgement(message.text, policy.acknowledgements)
  const window = windowOf(latest, policy, now)
  if (!thanks || !window.open) return null
  return {
    action: "attached",
    ticketId: latest.id,
    why: why("attached", "attached_acknowledgement", latest, window.inputs),
  }
}

/** The window is inclusive: a ticket exactly as old as the window still reopens. */
function windowOf(latest: Candidate, policy: Policy, now: Date) {
  const minutes = latest.categoryWindowMinutes ?? policy.windowMinutes
  const isFromClosure = policy.reopenFrom === "closure" && latest.closedAt !== null
  const from = isFromClosure && latest.closedAt ? latest.closedAt : latest.updatedAt
  // What another server wrote a moment ago may be a trace ahead.
  const elapsed = Math.max(0, now.getTime() - from.getTime())
  const isOpen = elapsed <= minutes * 60_000
  return {
    minutes,
    open: minutes > 0 && isOpen,
    inputs: {
      // What is a little more than the window must not be said to be as much.
      elapsedMinutes: isOpen ? Math.floor(elapsed / 60_000) : Math.ceil(elapsed / 60_000),
      windowMinutes: minutes,
      measuredFrom: isFromClosure ? "closure" : "activity",
      ...(latest.categoryWindowMinutes !== null && { windowOf: "category" }),
    },
  }
}

function create(
  message: IncomingMessage,
  code: string,
  rejected: Candidate | null = null,
  inputs: DecisionReason["inputs"] = {},
): Extract<Decision, { action: "created" }> {
  const others: RejectedCandidates = rejected ? [{ candidate: rejected.number, because: code }] : []
  return {
    action: "created",
    status: firstStatus(message),
    why: { ...why("created", code, null, inputs), rejected: others },
  }
}

/** What we send of ourselves waits for nobody; a group or a conversation with an agent is open; the rest waits. */
function firstStatus(message: IncomingMessage): "closed" | "open" | "pending" {
  if (message.direction === "out" && (message.campaignShipmentId !== null || message.bot)) return "closed"
  return message.isGroup || message.hasUser ? "open" : "pending"
}

function why(
  answer: string,
  code: string,
  candidate: Candidate | null,
  inputs: DecisionReason["inputs"] = {},
): DecisionReason {
  const about = candidate ? { ticket: candidate.number, status: candidate.status } : {}
  return { question: "which_ticket", answer, code, inputs: { ...about, ...inputs }, rejected: [] }
}
