// POST /tickets: who may give what, whose problem it is, and whether it is a thread that has a ticket already.
import type { Act } from "#kernel/act.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { anyIsBlocked, findOrCreateContact, giveTicketEmail, lockContactForShare } from "#contacts/index.ts"
import { can, type Principal, teamExists } from "#people/index.ts"
import { namingAssignee } from "../assignment/assign-by-hand.ts"
import { waitsForCustomer } from "../lifecycle/reopen-rule.ts"
import { transition } from "../lifecycle/transition.ts"
import type { NewTicketBody } from "../api-contract.ts"
import { valuesForNewTicket } from "../fields/accept-given-custom-values.ts"
import { lockActiveTicket } from "../merge/follow-merge.ts"
import { receiveOnTicket } from "../insert-message-on-ticket.ts"
import { link } from "../links/links.ts"
import { releaseThread } from "../merge/ticket-holding-thread.ts"
import { openSupportTicket } from "./open-support-ticket.ts"
import { contactOfAccount } from "../contact-of-account.ts"
import { supportKey } from "../threads/thread-key.ts"
import { idVisible, lockVisible, unknownCategories } from "../ticket-store.ts"
import { type TicketRow } from "../ticket-row.ts"
import { distinctTags } from "../fields/tags.ts"
import { accessOf } from "../ticket-view.ts"

type Requester = { contactId: string | null; identityId: string | null }
/** `requester`: whom the ticket was opened for. A customer's first one makes them a contact. */
export type CreatedTicket = { id: string; joined: boolean; requester?: Requester }

/**
 * Opens a ticket, or joins the active one of the given thread. Of two that race for a thread one opens it and the other
 * joins; a thread that closes in that very moment is opened once more.
 */
export async function createSupport(act: Act, who: Principal, body: NewTicketBody): Promise<CreatedTicket> {
  if (!can.beStaff(who)) refuseStaffFields(body)
  if (body.threadKey === undefined) return open(act, who, body, null)
  const threadKey = supportKey(who.id, body.threadKey)
  const joined = await join(act, who, threadKey, body)
  if (joined) return joined
  try {
    return await open(act, who, body, threadKey)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "thread_busy") throw error
    return (await join(act, who, threadKey, body)) ?? open(act, who, body, threadKey)
  }
}

const customersOwn = new Set(["subject", "description", "categoryIds", "customFields", "attachmentIds"])

function refuseStaffFields(body: NewTicketBody) {
  const [name] = Object.entries(body).flatMap(([key, value]) =>
    value === undefined || customersOwn.has(key) ? [] : [key],
  )
  if (name !== undefined) throw new Refusal("forbidden", "forbidden", `${name}: only staff may give this`)
}

/** Null when the thread has no active ticket. */
async function join(act: Act, who: Principal, threadKey: string, body: NewTicketBody): Promise<CreatedTicket | null> {
  const ticket = await lockActiveTicket(act, threadKey)
  if (!ticket) return null
  const joined = { id: ticket.id, joined: true }
  if (!can.seeTicket(who, accessOf(ticket))) throw new Refusal("conflict", "thread_busy")
  const { description: content = "", attachmentIds } = body
  if (content === "" && !attachmentIds?.length) return joined
  if (waitsForCustomer(ticket)) await transition(act, ticket, { to: "open" })
  await receiveOnTicket(act, ticket, { content, attachmentIds })
  return joined
}

async function open(act: Act, who: Principal, body: NewTicketBody, threadKey: string | null): Promise<CreatedTicket> {
  const { subject, description = "", channel, priority, categoryIds = [], attachmentIds } = body
  const [unknown] = await unknownCategories(act, categoryIds)
  if (unknown !== undefined) throw invalidField("categoryIds", `${unknown} is not a category`)
  if (body.teamId !== undefined && !(await teamExists(act, body.teamId))) throw invalidField("teamId", "is not a team")
  const customFields = await valuesForNewTicket(act, who, body.customFields ?? {})
  const conversation = body.conversationId === undefined ? null : await conversationOf(act, who, body.conversationId)
  const requester = await requesterOf(act, who, body, conversation)
  // Not before its contact: who holds that may be waiting for the conversation.
  if (conversation) await lockVisible(act, who, conversation.id)
  const { contactId, identityId } = requester
  // Should the thread lead to a ticket that is over, it is the new one's.
  if (threadKey !== null) await releaseThread(act, threadKey)
  const ticket = await openSupportTicket(act, {
    subject,
    description,
    channel,
    priority,
    categoryIds,
    attachmentIds,
    customFields,
    contactId,
    requesterIdentityId: identityId,
    threadKey,
    tags: body.tags && distinctTags(body.tags),
    ...placing(who, body),
  }).catch(namingAssignee)
  // What somebody blocked opens is kept, closed.
  if (!can.beStaff(who) && (await anyIsBlocked(act.tx, [contactId]))) await transition(act, ticket, { to: "closed" })
  if (conversation) await link(act, { from: ticket.id, to: conversation.id, type: "conversation" })
  return { id: ticket.id, joined: false, requester }
}

/** A team alone is where the ticket is made; an agent is given it, by the rules of giving. */
function placing(who: Principal, { assigneeId, teamId }: NewTicketBody) {
  if (teamId !== undefined && !can.giveIntoTeam(who, teamId, false))
    throw new Refusal("forbidden", "forbidden", "teamId: is not a team of yours")
  if (assigneeId === undefined) return { teamId }
  return { teamId, assignment: { agentId: assigneeId, teamId, by: who } }
}

type Conversation = Pick<TicketRow, "id" | "kind" | "contactId" | "isGroup">

async function conversationOf(act: Act, who: Principal, ref: string): Promise<Conversation> {
  const id = await idVisible(act, who, ref)
  const query = act.tx.selectFrom("tickets").select(["id", "kind", "contactId", "isGroup"]).where("id", "=", id)
  const ticket = (await query.executeTakeFirstOrThrow()) as Conversation
  if (ticket.kind !== "conversation") throw invalidField("conversationId", "is not a conversation")
  return ticket
}

async function requesterOf(
  act: Act,
  who: Principal,
  { contact, language }: NewTicketBody,
  conversation: Conversation | null,
): Promise<Requester> {
  if (!can.beStaff(who)) return contactOfAccount(act, who.id)
  const { contactId: known = null, isGroup = false } = conversation ?? {}
  const isAnothers = known === null || isGroup || contact?.phone !== undefined
  if (contact && isAnothers) {
    const { contactId, identityIds } = await findOrCreateContact(act, who, { ...contact, language })
    return { contactId, identityId: identityIds[0] ?? null }
  }
  if (known === null) return { contactId: null, identityId: null }
  const contactId = await lockContactForShare(act, known)
  if (contact?.email === undefined) return { contactId, identityId: null }
  // Asked for in the chat, it says nothing of whose contact has it: it stands with the ticket.
  const identityId = await giveTicketEmail(act, contactId, contact.email, "staff")
  if (identityId === null) throw invalidField("contact.email", "must be an e-mail address", "email")
  return { contactId, identityId }
}
