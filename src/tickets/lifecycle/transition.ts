// The only function through which a ticket changes status.
import type { Act } from "#kernel/act.ts"
import { Refusal, uniqueViolation } from "#kernel/errors.ts"
import { dismissFailures } from "#messages/index.ts"
import { type EventKind, record, recordBatch, type DecisionReason } from "#event-log/index.ts"
import { can, isPrincipal } from "#people/index.ts"
import { refusePersonal } from "../refuse-personal-text-on-incidents.ts"
import { isActive, nextStatuses, type Status } from "./lifecycle-table.ts"
import { activeOf, releaseThread } from "../merge/ticket-holding-thread.ts"
import { saveStatus, saveStatuses } from "../ticket-store.ts"
import { recountWaiting } from "./waiting-since.ts"
import { type TicketRow } from "../ticket-row.ts"

export type StatusTransition = {
  to: Status
  resolution?: string
  why?: DecisionReason
  marks?: Record<string, unknown>
}

/**
 * Moves a locked ticket. Same → same succeeds and records nothing. Returns the row as it is now.
 * Refuses (409): a step the lifecycle does not have; a ticket that was merged into another one; reopening while the
 * thread has another active ticket; with a `cause` when the index says so, which ends the transaction.
 */
export async function transition(
  act: Act,
  ticket: TicketRow,
  { to, resolution, why, marks }: StatusTransition,
): Promise<TicketRow> {
  if (ticket.status === to) return ticket
  if (!nextStatuses(ticket.kind, ticket.status).includes(to)) throw unknownStep(ticket, to)
  refusePersonal(ticket, "resolution", resolution)
  const wasActive = ticket.active
  refuseMerged(ticket)
  const active = isActive(ticket.kind, to)
  if (active && !wasActive) await takeThread(act, ticket)
  // What is over waits for nothing: should it come back, it is in sight at once.
  const snoozedUntil = active ? ticket.snoozedUntil : null
  const ended = active ? {} : { waitingSince: null }
  const set = {
    ...times(act, ticket, to),
    ...ended,
    snoozedUntil,
    ...(resolution !== undefined && { resolution }),
    ...marks,
  }
  try {
    await saveStatus(act, ticket, to, set)
  } catch (error) {
    if (uniqueViolation(error) !== "tickets_one_active_per_thread") throw error
    throw Object.assign(new Refusal("conflict", "thread_busy"), { cause: error })
  }
  // What staff take up again waits for what was written before; who takes it up by writing waits from then on.
  const isByStaff = isPrincipal(act.actor) && can.beStaff(act.actor)
  if (active && !wasActive && isByStaff) await recountWaiting(act, [ticket.id])
  const kind: EventKind = active && !wasActive ? "ticket.reopened" : "ticket.status_changed"
  // What is merged ends here, and goes on there.
  const led = typeof marks?.["mergedInto"] === "string" ? { mergedInto: marks["mergedInto"] } : {}
  // The reason of an end stands at the end itself.
  const isEnd = to === "closed" || to === "resolved"
  const [stepWhy, endWhy] = isEnd ? [null, why ?? null] : [why ?? null, null]
  await record(act, kind, { ticketId: ticket.id, data: { from: ticket.status, to, ...led }, why: stepWhy })
  // A person who ends it has seen what did not arrive; a program has not.
  if (!active && act.actor.kind === "user") await dismissFailures(act, ticket.id)
  if (to === "closed") await record(act, "ticket.closed", { ticketId: ticket.id, data: led, why: endWhy })
  if (to === "resolved") await record(act, "ticket.resolved", { ticketId: ticket.id, why: endWhy })
  return { ...ticket, status: to, active, snoozedUntil, version: ticket.version + 1 }
}

/** The one step that many take at once: waiting conversations that have an agent now are open. */
export async function openInBulk(act: Act, waiting: TicketRow[]): Promise<void> {
  if (waiting.length === 0) return
  const ids = waiting.map(({ id }) => id)
  await saveStatuses(act, ids, "open")
  const facts = waiting.map(({ id, status }) => ({ ticketId: id, data: { from: status, to: "open" } }))
  await recordBatch(act, "ticket.status_changed", facts)
}

/** Reopening clears what closing set and starts a new cycle; closing directly counts as resolving too. */
function times(act: Act, ticket: TicketRow, to: Status): Record<string, unknown> {
  if (to === "resolved") return { resolvedAt: act.now }
  if (to === "closed") return { closedAt: act.now, ...(ticket.status === "resolved" ? {} : { resolvedAt: act.now }) }
  if (ticket.active) return {}
  return {
    resolvedAt: null,
    closedAt: null,
    // What was noted on an incident stays true when it is taken up again.
    ...(ticket.kind === "incident" ? {} : { resolution: null }),
    reopenCount: ticket.reopenCount + 1,
    cycle: ticket.cycle + 1,
  }
}

/** Refuses (409 `merged`, naming it) what was merged into another ticket: it ended there. */
export function refuseMerged(ticket: Pick<TicketRow, "id" | "number" | "mergedInto">) {
  if (ticket.mergedInto === null) return
  throw new Refusal("conflict", "merged", `${ticket.number} was merged into another ticket`, {
    more: { ticketId: ticket.id, mergedInto: ticket.mergedInto },
  })
}

/** Refuses (409 `thread_busy`, naming it) when another ticket of the same thread is active, or one it leads to. */
export async function refuseBusyThread(act: Act, ticket: Pick<TicketRow, "id" | "threadKey">) {
  if (ticket.threadKey === null) return
  const other = await activeOf(act.tx, ticket.threadKey)
  if (!other || other.id === ticket.id) return
  throw new Refusal("conflict", "thread_busy", `The conversation already has the active ticket ${other.number}`, {
    more: { ticketId: other.id, number: other.number },
  })
}

/** Nothing active is on the thread: should it lead to a closed ticket elsewhere, it is this one's again. */
async function takeThread(act: Act, ticket: TicketRow) {
  await refuseBusyThread(act, ticket)
  if (ticket.threadKey !== null) await releaseThread(act, ticket.threadKey)
}

function unknownStep(ticket: TicketRow, to: Status): Refusal {
  return new Refusal("conflict", "transition", `A ${ticket.kind} ticket cannot go from ${ticket.status} to ${to}`, {
    more: { from: ticket.status, to, allowed: nextStatuses(ticket.kind, ticket.status) },
  })
}
