// What a message may bring along for its ticket: files, categories, an agent; and what it follows.
import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import { attachUploads } from "#files/index.ts"
import type { NewMessage } from "#messages/index.ts"
import { can, isPrincipal } from "#people/index.ts"
import {
  accessOf,
  assign,
  assignByHand,
  assignNewTicket,
  isAnothersConversation,
  link,
  lockTicket,
  namingAssignee,
  saveCategories,
  type TicketRow,
  updateFields,
} from "#tickets/index.ts"
import type { InboundMessage } from "./inbound-message.ts"
import type { PlannedMessage } from "./plan-batch-from-snapshot.ts"

/**
 * Optional fields change only when given; given categories replace, unless a merge led the message to another customer's
 * ticket: they would show that customer what it is about. `act`: the sender's.
 */
export async function saveOptionalFields(act: Act, { inbound, message, planned, by }: PlannedMessage): Promise<void> {
  const { decision, ticketId } = planned
  const { uploads, categoryIds, assigneeId } = inbound
  if (uploads) await attachUploads(act, message.id, uploads.by, uploads.ids)
  if (decision.action === "created") {
    if (categoryIds) await saveCategories(act, [{ id: ticketId, categoryIds }])
    if (decision.follows !== undefined)
      await link({ ...act, actor: by }, { from: decision.follows, to: ticketId, type: "follow_up" })
    return
  }
  if (!planned.touches || (categoryIds === null && assigneeId === null)) return
  if (categoryIds && !(await isAnothers(act, await lockTicket(act, ticketId), message)))
    await updateFields(act, await lockTicket(act, ticketId), { categoryIds })
  if (assigneeId !== null) await give(act, await lockTicket(act, ticketId), assigneeId)
}

async function isAnothers(act: Act, ticket: TicketRow, { contactId, identityId }: NewMessage): Promise<boolean> {
  if (ticket.contactId !== null && ticket.contactId !== contactId) return true
  return identityId !== null && isAnothersConversation(act, ticket.id, identityId)
}

/** A caller who names an agent assigns the ticket, by the rules of assignment: they must see it, and may assign it there. */
async function give(act: Act, ticket: TicketRow, agentId: string) {
  const { actor } = act
  if (!isPrincipal(actor)) return assign(act, ticket, { agentId })
  if (!can.assignTicket(actor, accessOf(ticket)))
    throw new Refusal("forbidden", "forbidden", "assigneeId: the ticket is none that you may give")
  return assignByHand(act, actor, ticket, { agentId }).catch(namingAssignee)
}

/** The teams of the connection; of a new ticket that is given at once, the team in which that puts it. */
export async function teamsAfterGiving(act: Act, { assigneeId }: InboundMessage, teamIds: string[]): Promise<string[]> {
  const { actor } = act
  if (assigneeId === null || !isPrincipal(actor)) return teamIds
  const fresh = { kind: "conversation", status: "open", teamId: teamIds.length === 1 ? teamIds[0]! : null } as const
  const teamId = await assignNewTicket(act, actor, fresh, assigneeId).catch(namingAssignee)
  return teamId === null ? [] : [teamId]
}
