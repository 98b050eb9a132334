import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import { can, type Principal } from "#people/index.ts"
import { assign } from "../assignment/assign.ts"
import { transition } from "./transition.ts"
import { reopenForCustomer } from "./reopen-or-follow-up-for-customer.ts"
import type { Status } from "./lifecycle-table.ts"
import type { TicketRow } from "../ticket-row.ts"
import { accessOf, mayMove } from "../ticket-view.ts"

export type StatusChange = { status: Status; resolution?: string | undefined }

/**
 * What somebody does by hand: a ticket that they reopen is theirs, unless it has an agent. A customer who reopens goes on
 * where their words would go on. Returns that ticket.
 */
export async function changeStatus(act: Act, who: Principal, ticket: TicketRow, { status, resolution }: StatusChange) {
  refuseMirrored(ticket)
  if (!mayMove(who, accessOf(ticket), ticket, status)) throw new Refusal("forbidden", "forbidden")
  if (!can.beStaff(who) && status === "open" && !ticket.active) return reopenForCustomer(act, ticket)
  const ends = status === "resolved" || status === "closed"
  const moved = await transition(act, ticket, { to: status, ...(ends && resolution !== undefined && { resolution }) })
  // Back to pending is back to everybody: it waits for an agent to take it.
  const reopened = status === "open" && !ticket.active
  if (!reopened || ticket.assigneeId !== null) return moved
  return assign(act, moved, { agentId: who.id, teamId: ticket.teamId })
}

/** Refuses (409 `by_agreement`) what other systems decide. */
export function refuseMirrored({ kind }: Pick<TicketRow, "kind">) {
  if (kind === "mirrored") throw new Refusal("conflict", "by_agreement")
}
