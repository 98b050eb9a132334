import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import { record } from "#event-log/index.ts"
import { connectionById } from "#connections/index.ts"
import { replyRecipient, type Message, messageById, requeueMessageTo, setDelivery } from "#messages/index.ts"
import { adoptNewestEmail, markFirstResponse, type TicketRow } from "#tickets/index.ts"
import { queueSend } from "#outbox/index.ts"
import { canReach, refuseBlocked, refuseClosedConnection } from "./reply-options.ts"
import { refuseUndeliverable } from "./refuse-undeliverable-message.ts"

/** A reply that nobody could get, sent now that somebody can be reached. Refuses 409 `not_retryable` while nobody can. */
export async function sendToNewAddress(act: Act, ticket: TicketRow, message: Message): Promise<Message> {
  const connection = ticket.connectionId === null ? undefined : await connectionById(act.tx, ticket.connectionId)
  refuseClosedConnection(connection)
  const to = await replyRecipient(act.tx, ticket)
  await refuseBlocked(act.tx, to.contactId)
  const reached = await canReach(act.tx, ticket, to)
  if (reached === "no") throw new Refusal("conflict", "not_retryable", "There is still no address to send it to")
  if (reached === "by a new address") await adoptNewestEmail(act, ticket.id)
  const { id, content, attachments } = message
  if (connection !== undefined && to.identityId !== null) {
    const line = { connectionId: connection.id, identityId: to.identityId }
    await refuseUndeliverable(act, line, connection, { content, files: attachments.length, template: null })
    await requeueMessageTo(act, { id, ticketId: ticket.id, from: "unreachable" }, to)
    await queueSend(act, { messageId: id, connectionId: connection.id, recipient: to.identityId, template: null })
  } else {
    await setDelivery(act, id, "sent")
  }
  await record(act, "message.sent_again", { ticketId: ticket.id, subjectId: id })
  await markFirstResponse(act, ticket.id)
  return messageById(act.tx, id, act.now)
}
