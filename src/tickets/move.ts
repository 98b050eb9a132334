import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import { can, type Principal } from "#people/index.ts"
import { assign } from "./assign.ts"
import { change } from "./change.ts"
import { comeBack } from "./come-back.ts"
import type { Status } from "./lifecycle.ts"
import type { TicketRow } from "./store.ts"
import { accessOf, mayMove } from "./view.ts"

export type Move = { status: Status; resolution?: string | undefined }

/**
 * What somebody does by hand: a ticket that they reopen is theirs, unless it has an agent. A customer who reopens goes on
 * where their words would go on. Returns that ticket.
 */
export async function moveTo(act: Act, who: Principal, ticket: TicketRow, { status, resolution }: Move) {
  if (!mayMove(who, accessOf(ticket), ticket, status)) throw new Refusal("forbidden", "forbidden")
  if (!can.beStaff(who) && status === "open" && !ticket.active) return comeBack(act, ticket)
  const ends = status === "resolved" || status === "closed"
  const moved = await change(act, ticket, { to: status, ...(ends && resolution !== undefined && { resolution }) })
  // Back to pending is back to everybody: it waits for whoever takes it.
  const reopened = status === "open" && !ticket.active
  if (!reopened || ticket.assigneeId !== null) return moved
  return assign(act, moved, { agentId: who.id, teamId: ticket.teamId })
}
