import type { Act } from "#kernel/act.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { type Channel, channels, templateChannels } from "#channels/index.ts"
import { connectionById, type ConnectionRow, fillTemplate, type TemplateUse } from "#connections/index.ts"
import { receiveInTransaction, plainMessage } from "#intake/index.ts"
import { replyRecipient, deleteDraft, lockForSending, type Message, messageById } from "#messages/index.ts"
import { can, type Principal } from "#people/index.ts"
import { accessOf, assign, resolveMerge, link, lockTicket, markFirstResponse, type TicketRow } from "#tickets/index.ts"
import { queueSend } from "#outbox/index.ts"
import { refuseBlocked, refuseClosedConnection } from "./reply-options.ts"
import { refuseUndeliverable } from "./refuse-undeliverable-message.ts"
import { addressOf, threadOf } from "./thread-and-address-lookups.ts"
import { refuseUnseenReply } from "./refuse-over-newer-colleague-reply.ts"

export type ConversationStart = {
  connectionId: string
  template: TemplateUse
  attachmentIds?: string[] | undefined
  lastSeenMessageId?: string | undefined
  clientKey?: string | undefined
}

/**
 * Writes to the contact of a ticket that has no connection, by a template on a connection that takes them. It is said on the
 * conversation of the two there, as intake's rule chooses or makes it, and that is linked to the ticket. The agent who says it
 * takes the conversation when nobody has it. Nothing is locked before intake has locked what it needs.
 * Refuses: 403 when the conversation is on a ticket that they may not see, 409 `connection_disabled`, `contact_blocked`,
 * `undeliverable` (reason `no_address`: nothing that the channel reaches is known of them).
 */
export async function startConversation(
  act: Act,
  who: Principal,
  ref: string,
  starting: ConversationStart,
): Promise<Message> {
  if (!can.beStaff(who)) throw new Refusal("forbidden", "forbidden", "Templates are for staff")
  const { root: fromId } = await resolveMerge(act, who, ref)
  const { connection, channel } = await templateConnection(act, starting.connectionId)
  const from = (await threadOf(act.tx, fromId))!
  if (from.connectionId !== null) throw invalidField("connectionId", "the ticket has a connection of its own")
  if (starting.lastSeenMessageId !== undefined)
    await refuseUnseenReply(act, who, { id: fromId }, starting.lastSeenMessageId)
  const template = await fillTemplate(act.tx, connection.id, starting.template)
  const to = await replyRecipient(act.tx, { ...from, connectionId: connection.id })
  const identity = to.identityId === null ? null : await addressOf(act.tx, channel, to.identityId)
  if (identity === null) throw new Refusal("conflict", "undeliverable", undefined, { more: { reason: "no_address" } })
  await refuseBlocked(act.tx, to.contactId)
  const files = starting.attachmentIds?.length ?? 0
  const line = { connectionId: connection.id, identityId: to.identityId }
  await refuseUndeliverable(act, line, connection, { content: template.text, files, template })
  const said = { ...starting, text: template.text, address: to.address ?? identity.value, identity }
  const { ticket, messageId } = await sayThere(act, who, said)
  await lockForSending(act, messageId)
  await queueSend(act, { messageId, connectionId: connection.id, recipient: identity.id, template })
  await markFirstResponse(act, ticket.id)
  if (ticket.assigneeId === null) await assign(act, ticket, { agentId: who.id, teamId: ticket.teamId })
  const isConversation = ticket.kind === "conversation" && from.kind !== "conversation"
  await link(act, { from: fromId, to: ticket.id, type: isConversation ? "conversation" : "related" })
  await deleteDraft(act, who.id, fromId, "reply")
  return messageById(act.tx, messageId, act.now)
}

async function templateConnection(act: Act, id: string): Promise<{ connection: ConnectionRow; channel: Channel }> {
  const connection = await connectionById(act.tx, id)
  const channel = connection && channels[connection.kind]
  if (!connection || !channel?.templates) throw invalidField("connectionId", `is no ${templateChannels()} connection`)
  refuseClosedConnection(connection)
  return { connection, channel }
}

type Said = ConversationStart & {
  text: string
  address: string
  identity: NonNullable<Awaited<ReturnType<typeof addressOf>>>
}

/** One way in for all messages: the thread keeps its one ticket, no matter who writes on it. */
async function sayThere(act: Act, who: Principal, said: Said): Promise<{ ticket: TicketRow; messageId: string }> {
  const { kind, scope, value } = said.identity
  const { ticket, message, decision } = await receiveInTransaction(act, {
    ...plainMessage,
    connectionId: said.connectionId,
    externalId: newId("msg"),
    direction: "out",
    person: { identity: { kind, scope, value, also: [] }, name: "" },
    address: said.address,
    text: said.text,
    ...(said.attachmentIds?.length && { uploads: { by: { userId: who.id }, ids: said.attachmentIds } }),
    author: { userId: who.id, clientKey: said.clientKey },
  })
  if (!ticket || !message) throw new Refusal("conflict", "transition")
  const row = await lockTicket(act, ticket.id)
  if (decision.action !== "created" && !can.seeTicket(who, accessOf(row)))
    throw new Refusal("forbidden", "forbidden", "The conversation is on a ticket that you may not see")
  return { ticket: row, messageId: message.id }
}
