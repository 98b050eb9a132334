import type { Act } from "#kernel/act.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { type Channel, channels, templateChannels } from "#channels/index.ts"
import { connectionById, type ConnectionRow, fillTemplate, type TemplateUse } from "#connections/index.ts"
import { replyRecipient, deleteDraft, type Message, messageById } from "#messages/index.ts"
import { can, type Principal } from "#people/index.ts"
import { link, resolveMerge } from "#tickets/index.ts"
import { refuseClosedConnection } from "../reply-options.ts"
import { refuseUnseenReply } from "../refuse-over-newer-colleague-reply.ts"
import { threadOf } from "../thread-and-address-lookups.ts"
import { sendFirstMessage } from "./send-first-message.ts"

export type ConversationFromTicket = {
  connectionId: string
  template: TemplateUse
  attachmentIds?: string[] | undefined
  lastSeenMessageId?: string | undefined
  clientKey?: string | undefined
}

/**
 * Writes to the contact of a ticket that has no connection, by a template on a connection that takes them, and links the
 * conversation to the ticket. Refuses what `sendFirstMessage` does, and 409 `connection_disabled`.
 */
export async function startConversationFromTicket(
  act: Act,
  who: Principal,
  ref: string,
  starting: ConversationFromTicket,
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
  const { attachmentIds, clientKey } = starting
  const first = { connection, channel, to, template, content: "", attachmentIds, clientKey }
  const { ticket, messageId } = await sendFirstMessage(act, who, first)
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
