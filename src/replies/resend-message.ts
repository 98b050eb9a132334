import type { Act } from "#kernel/act.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import { channels } from "#channels/index.ts"
import { connectionById } from "#connections/index.ts"
import {
  replyRecipient,
  heldBackReasons,
  heldBackForMs,
  type Message,
  messageById,
  requeueMessage,
} from "#messages/index.ts"
import { giveBackAnswer, type TicketRow } from "#tickets/index.ts"
import { sendToNewAddress } from "./send-unreachable-reply-to-new-address.ts"
import { requeueSend, sendById } from "#outbox/index.ts"
import { refuseBlocked, refuseClosedConnection } from "./reply-options.ts"
import { refuseUndeliverable } from "./refuse-undeliverable-message.ts"

// A report of a try without an answer comes within minutes, if it comes.
const unknownForMs = 15 * 60_000

/**
 * Sends a message again that was refused, that nobody could get, or of which nobody knows whether it arrived. Refuses 409
 * `not_retryable` what would be refused again, and what may yet be reported.
 */
export async function resendMessage(act: Act, ticket: TicketRow, messageId: string): Promise<Message> {
  const message = await messageById(act.tx, messageId, act.now)
  if (message.ticketId === ticket.id && message.delivery.state === "unreachable")
    return sendToNewAddress(act, ticket, message)
  const send = message.ticketId === ticket.id ? await sendById(act, messageId) : undefined
  if (!send) throw notFound("message that was sent")
  const waited = act.now.getTime() - (send.claimedAt ?? send.createdAt).getTime()
  const { state, reason = "" } = message.delivery
  if (state === "unknown") refuseUntil(unknownForMs - waited, "It may have arrived: a report can still tell")
  const connection = await connectionById(act.tx, send.connectionId)
  const channel = (connection && channels[connection.kind]?.name) ?? "The channel"
  if (heldBackReasons.has(reason))
    refuseUntil(heldBackForMs - waited, `${channel} holds messages to this person back for a day`)
  if (!message.delivery.canRetry) throw new Refusal("conflict", "not_retryable")
  refuseClosedConnection(connection)
  await refuseBlocked(act.tx, (await replyRecipient(act.tx, ticket)).contactId)
  if (send.template === null && send.sealedTemplate === null) {
    const { content, attachments } = message
    const line = { connectionId: send.connectionId, identityId: send.recipient }
    await refuseUndeliverable(act, line, connection, { content, files: attachments.length, template: null })
  }
  await requeueSend(act, messageId)
  await requeueMessage(act, { id: messageId, ticketId: ticket.id, from: state })
  if (reason === "cancelled") await giveBackAnswer(act, ticket.id)
  return messageById(act.tx, messageId, act.now)
}

function refuseUntil(leftMs: number, why: string) {
  if (leftMs <= 0) return
  throw new Refusal("conflict", "not_retryable", why, { retryAfterSeconds: Math.ceil(leftMs / 1000) })
}
