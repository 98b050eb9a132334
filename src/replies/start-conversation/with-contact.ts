import type { z } from "zod"
import type { Act } from "#kernel/act.ts"
import { invalidField, notFound, Refusal } from "#kernel/errors.ts"
import { type Channel, channels } from "#channels/index.ts"
import { connectionById, type ConnectionRow, fillTemplate } from "#connections/index.ts"
import { findOrCreateContact, refuseChange } from "#contacts/index.ts"
import { type Counterpart, type Message, messageById, noCounterpart, replyRecipient } from "#messages/index.ts"
import { can, type Principal } from "#people/index.ts"
import { refuseClosedConnection } from "../reply-options.ts"
import { addressesOf, addressOf } from "../thread-and-address-lookups.ts"
import type { startBody } from "./api-contract.ts"
import { checkMailFields } from "./plan-first-mail.ts"
import { sendFirstMessage } from "./send-first-message.ts"

type Start = z.output<typeof startBody> & { clientKey?: string | undefined }

/**
 * Begins a conversation with one person, whom the writer sees or describes: by a template where the channel wants one, else by a
 * text, which as a mail has a subject. Refuses what `sendFirstMessage` does, 404 a contact that they do not see, and 409 `thread_busy`
 * (with `ticketId` and `number`) where the two have an active conversation there, which is read before it is answered: by mail each
 * matter is a conversation of its own.
 */
export async function startConversation(act: Act, who: Principal, starting: Start): Promise<Message> {
  if (!can.beStaff(who)) throw new Refusal("forbidden", "forbidden", "Conversations are begun by staff")
  const { connectionId, content = "", attachmentIds, clientKey, subject, cc, bcc } = starting
  const { connection, channel } = await connectionToStartOn(act, connectionId, starting)
  const template = starting.template ? await fillTemplate(act.tx, connection.id, starting.template) : null
  const to = await recipientOf(act, who, connection, channel, starting)
  const mail = { subject, cc, bcc }
  const first = { connection, channel, to, template, content, mail, attachmentIds, clientKey }
  const { ticket, messageId, action } = await sendFirstMessage(act, who, first)
  if (action === "joined")
    throw new Refusal("conflict", "thread_busy", `The conversation already has the active ticket ${ticket.number}`, {
      more: { ticketId: ticket.id, number: ticket.number },
    })
  return messageById(act.tx, messageId, act.now)
}

/** Does the channel reach people who have not written on the connection? */
export const startsConversations = ({ reach, templates, replyLimits }: Channel): boolean =>
  reach.anywhere.length > 0 && (templates !== undefined || replyLimits === null)

async function connectionToStartOn(
  act: Act,
  id: string,
  { template, ...mail }: Start,
): Promise<{ connection: ConnectionRow; channel: Channel }> {
  const connection = await connectionById(act.tx, id)
  const channel = connection && channels[connection.kind]
  if (!connection || !channel || !startsConversations(channel))
    throw invalidField("connectionId", "is no connection on which conversations are begun")
  if (channel.templates && !template) throw invalidField("template", `must be given: ${channel.name} begins with one`)
  if (!channel.templates && template) throw invalidField("template", `must be left out: ${channel.name} knows none`)
  checkMailFields(channel, mail)
  refuseClosedConnection(connection)
  return { connection, channel }
}

/**
 * Of a contact whom they see: of the addresses that are offered the one that they chose, else what the contact's messages and
 * addresses say. Of somebody described: the first address that was typed, is theirs and is reached on the channel; never another
 * one, for that would write to an address which the writer has not named, and tell them whether the contact has one.
 */
async function recipientOf(
  act: Act,
  who: Principal,
  connection: ConnectionRow,
  channel: Channel,
  { contactId, identityId, contact = {} }: Start,
): Promise<Counterpart> {
  if (contactId !== undefined) {
    await refuseChange(act, who, contactId)
    const first = await replyRecipient(act.tx, { id: "", connectionId: connection.id, contactId })
    if (identityId === undefined || identityId === first.identityId) return first
    const offered = await addressesOf(act.tx, channel, contactId, connection.id)
    const chosen = offered.find(({ id }) => id === identityId)
    if (!chosen) throw notFound("address of the contact")
    return { contactId, identityId, address: chosen.value }
  }
  const found = await findOrCreateContact(act, who, contact)
  for (const id of found.identityIds) {
    const typed = await addressOf(act.tx, channel, id, connection.id)
    if (typed) return { contactId: found.contactId, identityId: typed.id, address: typed.value }
  }
  return { ...noCounterpart, contactId: found.contactId }
}
