// The message with which staff begin a conversation with somebody, or go on with it.
import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import type { Channel } from "#channels/index.ts"
import type { ConnectionRow, fillTemplate } from "#connections/index.ts"
import { receiveInTransaction, type NewMailThread, plainMessage, type ReceivedMessage } from "#intake/index.ts"
import { type Counterpart, lockForSending, renderMarkdown } from "#messages/index.ts"
import { can, type Principal } from "#people/index.ts"
import { queueSend } from "#outbox/index.ts"
import { accessOf, assign, lockTicket, markFirstResponse, type TicketRow } from "#tickets/index.ts"
import { saveReplyMail } from "../mails/save-reply-mail.ts"
import { undoPeriodOf } from "../mails/undo-message.ts"
import { refuseBlocked } from "../reply-options.ts"
import { refuseUndeliverable } from "../refuse-undeliverable-message.ts"
import { addressOf } from "../thread-and-address-lookups.ts"
import { type FirstMail, type FirstMailInput, planFirstMail } from "./plan-first-mail.ts"

export type FirstMessage = {
  connection: ConnectionRow
  channel: Channel
  to: Counterpart
  /** Either a template, filled in, or a text. */
  template: Awaited<ReturnType<typeof fillTemplate>> | null
  content: string
  /** Of a mail. */
  mail?: FirstMailInput | undefined
  attachmentIds?: string[] | undefined
  clientKey?: string | undefined
}

/** `action`: whether the conversation was opened, reopened, or active already. */
export type SentFirstMessage = {
  ticket: TicketRow
  messageId: string
  action: ReceivedMessage["decision"]["action"]
}

/**
 * It is said on the conversation of the two there, as intake's rule chooses or makes it, a mail on one of its own, and queued for its
 * channel. Who says it takes the conversation when nobody has it. Nothing is locked before intake has locked what it needs. Refuses: 403
 * when the conversation is on a ticket that they may not see, 409 `contact_blocked`, `undeliverable` (reason `no_address`: nothing that the
 * channel reaches is known of them).
 */
export async function sendFirstMessage(act: Act, who: Principal, first: FirstMessage): Promise<SentFirstMessage> {
  const { connection, channel, to, template } = first
  const identity = to.identityId === null ? null : await addressOf(act.tx, channel, to.identityId, connection.id)
  if (identity === null) throw new Refusal("conflict", "undeliverable", undefined, { more: { reason: "no_address" } })
  await refuseBlocked(act.tx, to.contactId)
  const content = template?.text ?? first.content
  const line = { connectionId: connection.id, identityId: identity.id }
  const files = first.attachmentIds?.length ?? 0
  await refuseUndeliverable(act, line, connection, { content, files, template })
  const mail = await planFirstMail(act, first, identity.value, first.mail ?? {})
  const sent = await writeThere(act, who, first, { content, address: to.address ?? identity.value, identity, mail })
  const { messageId } = sent
  if (mail) await saveFirstMail(act, messageId, mail)
  await lockForSending(act, messageId)
  const notBefore = await undoPeriodOf(act, mail !== null)
  await queueSend(act, { messageId, connectionId: connection.id, recipient: identity.id, template, notBefore })
  await markFirstResponse(act, sent.ticket.id)
  const { assigneeId, teamId } = sent.ticket
  if (assigneeId === null) await assign(act, sent.ticket, { agentId: who.id, teamId })
  return sent
}

const saveFirstMail = (act: Act, messageId: string, { threadId, subject, ...chosen }: FirstMail) =>
  saveReplyMail(act, messageId, { answered: { threadId, subject, references: [] }, ...chosen, quotedId: null })

type Place = {
  content: string
  address: string
  identity: NonNullable<Awaited<ReturnType<typeof addressOf>>>
  mail: FirstMail | null
}

/** One way in for all messages: the thread keeps its one ticket, no matter who writes on it. */
async function writeThere(
  act: Act,
  who: Principal,
  { connection, template, attachmentIds, clientKey }: FirstMessage,
  { content, address, identity: { kind, scope, value }, mail }: Place,
): Promise<SentFirstMessage> {
  const contentHtml = template ? null : renderMarkdown(content)
  const { ticket, message, decision } = await receiveInTransaction(act, {
    ...plainMessage,
    connectionId: connection.id,
    externalId: newId("msg"),
    direction: "out",
    person: { identity: { kind, scope, value, also: [] }, name: "" },
    address,
    text: content,
    ...(mail && { newThread: threadOfMail(mail) }),
    ...(attachmentIds?.length && { uploads: { by: { userId: who.id }, ids: attachmentIds } }),
    author: { userId: who.id, clientKey, contentHtml },
  })
  if (!ticket || !message) throw new Refusal("conflict", "transition")
  const row = await lockTicket(act, ticket.id)
  if (decision.action !== "created" && !can.seeTicket(who, accessOf(row)))
    throw new Refusal("forbidden", "forbidden", "The conversation is on a ticket that you may not see")
  return { ticket: row, messageId: message.id, action: decision.action }
}

function threadOfMail({ threadId: id, subject, recipients }: FirstMail): NewMailThread {
  const [requester, ...others] = recipients.filter(({ role }) => role !== "bcc")
  return { id, subject, requester: requester!, followers: others }
}
