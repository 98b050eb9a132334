// A support ticket comes into being: for staff and customers, for keys of other systems, as a follow-up.
import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { record, type DecisionReason } from "#event-log/index.ts"
import type { Uploader } from "#files/index.ts"
import type { Principal } from "#people/index.ts"
import type { Assignment } from "../assignment/assign.ts"
import { assignByHand } from "../assignment/assign-by-hand.ts"
import type { channels } from "../api-contract.ts"
import { indexValues } from "../fields/custom-field-store.ts"
import type { Values } from "../fields/validate-field-values.ts"
import { insertTickets } from "../insert-tickets.ts"
import { insertOpeningMessage } from "../insert-message-on-ticket.ts"
import { lockTicket, saveCategories } from "../ticket-store.ts"
import { type TicketRow } from "../ticket-row.ts"

export type NewSupportTicket = {
  subject: string
  description: string
  channel?: (typeof channels)[number] | undefined
  priority?: string | undefined
  tags?: string[] | undefined
  categoryIds?: string[] | undefined
  customFields?: Values | undefined
  attachmentIds?: string[] | undefined
  /** Whose files these are, when no account opens it. */
  uploadedBy?: Uploader | undefined
  contactId?: string | null
  /** Which of the contact's addresses it was opened for, or from. */
  requesterIdentityId?: string | null
  /** Without one it gets the default team. */
  teamId?: string | null | undefined
  /** Who has it from the start, whatever the rules of giving say. */
  assigneeId?: string | null
  threadKey?: string | null
  /** Why Hilo opened it by itself. */
  why?: DecisionReason
  /** Given at once, by this person's hand. */
  assignment?: (Assignment & { by: Principal }) | undefined
}

/**
 * Opens a support ticket with its first message, in the order in which the events are documented: created, assigned,
 * message. Refuses (409 `thread_busy`) when the thread has an active ticket; waits for a transaction that is making one.
 */
export async function openSupportTicket(act: Act, opening: NewSupportTicket): Promise<TicketRow> {
  const id = newId("tkt")
  if (!(await insertSupport(act, id, opening))) throw new Refusal("conflict", "thread_busy")
  if (opening.categoryIds?.length) await saveCategories(act, [{ id, categoryIds: opening.categoryIds }])
  const values = opening.customFields ?? {}
  if (Object.keys(values).length > 0) await indexValues(act, [{ id, values }])
  await record(act, "ticket.created", {
    ticketId: id,
    data: opening.teamId ? { teamGiven: true } : {},
    why: opening.why ?? null,
  })
  const { by, ...assignment } = opening.assignment ?? {}
  if (by) await assignByHand(act, by, await lockTicket(act, id), assignment)
  const { description: content, attachmentIds, uploadedBy, contactId = null } = opening
  if (content !== "" || attachmentIds?.length)
    await insertOpeningMessage(act, { id, contactId }, { content, attachmentIds, uploadedBy })
  return lockTicket(act, id)
}

async function insertSupport(act: Act, id: string, opening: NewSupportTicket): Promise<boolean> {
  const { subject, description, channel = "web", priority = "medium", requesterIdentityId = null } = opening
  const { tags = [], customFields = {}, contactId = null, assigneeId = null, teamId = null, threadKey = null } = opening
  const given = { subject, description, channel, priority, requesterIdentityId, tags, customFields }
  // Who rang up waits from then on, as much as who wrote.
  const placed = { contactId, assigneeId, teamId, threadKey, waitingFrom: contactId === null ? null : act.now }
  return (await insertTickets(act, [{ id, kind: "support", status: "open", ...given, ...placed }])).has(id)
}
