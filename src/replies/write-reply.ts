import type { Act } from "#kernel/act.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { record } from "#event-log/index.ts"
import { connectionById, fillTemplate, type TemplateUse } from "#connections/index.ts"
import { attachUploads } from "#files/index.ts"
import {
  replyRecipient,
  deleteDraft,
  insertMessage,
  type Message,
  messageById,
  noCounterpart,
  replyHtml,
} from "#messages/index.ts"
import { can, type Principal } from "#people/index.ts"
import {
  accessOf,
  adoptNewestEmail,
  assign,
  kindsWithContact,
  reopenForCustomer,
  receiveOnTicket,
  markFirstResponse,
  refuseBusyThread,
  refusePersonal,
  type TicketRow,
  applyMessageEffect,
  applyStaffReply,
} from "#tickets/index.ts"
import { saveNoteMentions } from "./save-note-mentions.ts"
import { queueSend } from "#outbox/index.ts"
import { canReach, refuseBlocked, refuseClosedConnection } from "./reply-options.ts"
import type { GivenRecipients } from "./mails/reply-recipients.ts"
import { counterpartOf, refuseMailFields } from "./mails/mail-counterpart.ts"
import { addAsFollowers, planReplyMail, saveReplyMail } from "./mails/save-reply-mail.ts"
import { undoPeriodOf } from "./mails/undo-message.ts"
import { refuseUndeliverable } from "./refuse-undeliverable-message.ts"
import { refuseUnseenReply } from "./refuse-over-newer-colleague-reply.ts"

export type ReplyInput = GivenRecipients & {
  /** The last public mail below it. */
  quote?: boolean | undefined
  content?: string | undefined
  isInternal?: boolean | undefined
  replyTo?: string | undefined
  attachmentIds?: string[] | undefined
  template?: TemplateUse | undefined
  lastSeenMessageId?: string | undefined
  /** Under which a browser sent it. */
  clientKey?: string | undefined
}

/**
 * Writes a reply or a note on a locked ticket. A public reply clears the unread count, takes the ticket when nobody has
 * it, and is queued for its channel; the status of the ticket stays. A note changes nothing that a contact could see.
 */
export async function writeReply(act: Act, who: Principal, ticket: TicketRow, writing: ReplyInput): Promise<Message> {
  if (!kindsWithContact.includes(ticket.kind)) refuseWithoutContact(ticket, writing)
  if (writing.replyTo !== undefined) await refuseForeignReply(act, ticket, writing)
  if (writing.isInternal !== true && !can.beStaff(who)) return fromCustomer(act, ticket, writing)
  return writing.isInternal === true ? note(act, who, ticket, writing) : reply(act, who, ticket, writing)
}

/** There is nobody to answer. What is noted on an incident must not bring anybody in; a file could hold anything. */
function refuseWithoutContact(ticket: TicketRow, { isInternal, content, attachmentIds = [] }: ReplyInput) {
  const detail = `A ticket of the kind ${ticket.kind} has nobody to write to`
  if (isInternal !== true) throw new Refusal("conflict", "undeliverable", detail)
  if (ticket.kind !== "incident") return
  if (attachmentIds.length > 0) throw invalidField("attachmentIds", "an incident takes no files")
  refusePersonal(ticket, "content", content)
}

async function note(act: Act, who: Principal, ticket: TicketRow, writing: ReplyInput): Promise<Message> {
  if (!can.noteOnTicket(who, accessOf(ticket))) throw new Refusal("forbidden", "forbidden", "Notes are for staff")
  const written = await insertMessage(act, ticket.id, {
    ...(await newReply(act, who, ticket, writing)),
    ...noCounterpart,
    isInternal: true,
    deliveryState: "received",
  })
  const message = await withFiles(act, who, written, writing)
  await applyStaffReply(act, ticket.id)
  await deleteDraft(act, who.id, ticket.id, "note")
  const mentions = await saveNoteMentions(act, ticket, message.id, message.content)
  const notifiedIds = mentions.flatMap(({ id, notified }) => (notified ? [id] : []))
  const data = notifiedIds.length > 0 ? { mentions: notifiedIds } : {}
  await record(act, "message.noted", { ticketId: ticket.id, subjectId: message.id, data })
  return mentions.length > 0 ? { ...message, mentions } : message
}

/** What a customer writes with their account comes in like any message of theirs, and goes out nowhere. */
async function fromCustomer(act: Act, ticket: TicketRow, writing: ReplyInput): Promise<Message> {
  if (writing.template !== undefined) throw new Refusal("forbidden", "forbidden", "Templates are for staff")
  refuseMailFields(writing)
  const { content = "", attachmentIds, replyTo } = writing
  const place = await reopenForCustomer(act, ticket)
  return receiveOnTicket(act, place, { content, attachmentIds, replyTo: place.id === ticket.id ? replyTo : undefined })
}

async function reply(act: Act, who: Principal, ticket: TicketRow, writing: ReplyInput): Promise<Message> {
  if (!ticket.active) await refuseBusyThread(act, ticket)
  if (writing.lastSeenMessageId !== undefined) await refuseUnseenReply(act, who, ticket, writing.lastSeenMessageId)
  const connection = ticket.connectionId === null ? undefined : await connectionById(act.tx, ticket.connectionId)
  refuseClosedConnection(connection)
  const template = writing.template ? await fillTemplate(act.tx, ticket.connectionId ?? "", writing.template) : null
  const content = template?.text ?? writing.content ?? ""
  const files = writing.attachmentIds?.length ?? 0
  const mail = await planReplyMail(act, connection, ticket.id, writing)
  if (!mail) refuseMailFields(writing)
  const last = await replyRecipient(act.tx, ticket)
  const to = mail ? await counterpartOf(act, last, mail.recipients, ticket.contactId) : last
  await refuseBlocked(act.tx, to.contactId)
  const line = { connectionId: ticket.connectionId, identityId: to.identityId }
  await refuseUndeliverable(act, line, connection, { content, files, template })
  const reached = mail ? "yes" : await canReach(act.tx, ticket, to)
  if (reached === "by a new address") await adoptNewestEmail(act, ticket.id)
  const isReached = reached !== "no"
  const isQueued = connection !== undefined && (mail !== null || to.identityId !== null)
  const deliveryState = isQueued ? "queued" : isReached ? "sent" : "unreachable"
  const worded = { ...(await newReply(act, who, ticket, { ...writing, content })), ...to, deliveryState } as const
  const written = await insertMessage(act, ticket.id, template ? { ...worded, contentHtml: null } : worded)
  const message = await withFiles(act, who, written, writing)
  if (mail) await saveReplyMail(act, message.id, mail)
  // One that begins a matter whose first mail was taken back brings in all that it goes to.
  if (mail && (writing.to || writing.cc || mail.answered.references.length === 0)) await addAsFollowers(act, mail)
  if (isQueued) {
    const recipient = to.identityId ?? mail?.answered.threadId ?? ""
    const notBefore = await undoPeriodOf(act, mail !== null)
    await queueSend(act, { messageId: message.id, connectionId: connection.id, recipient, template, notBefore })
  }
  await applyMessageEffect(act, ticket.id, { unread: "clear", touches: true, answers: isReached })
  // What nobody can get has answered nobody.
  const isFirstResponse = isReached && (await markFirstResponse(act, ticket.id))
  await deleteDraft(act, who.id, ticket.id, "reply")
  await record(act, "message.posted", {
    ticketId: ticket.id,
    subjectId: message.id,
    data: { isFirstResponse, contactId: to.contactId, ...(!isReached && { unreachable: true }) },
  })
  if (ticket.assigneeId === null) await assign(act, ticket, { agentId: who.id, teamId: ticket.teamId })
  // With whom it goes to, and until when it can be taken back.
  return mail ? messageById(act.tx, message.id, act.now) : message
}

async function withFiles(act: Act, who: Principal, message: Message, { attachmentIds = [] }: ReplyInput) {
  if (attachmentIds.length === 0) return message
  await attachUploads(act, message.id, { userId: who.id }, attachmentIds)
  return messageById(act.tx, message.id, act.now)
}

async function newReply(act: Act, who: Principal, ticket: TicketRow, writing: ReplyInput) {
  const id = newId("msg")
  const { content = "", attachmentIds, isInternal, clientKey } = writing
  return {
    id,
    connectionId: ticket.connectionId,
    // Our own id is the message's id outside too, until the channel gives one: an echo of it is recognised.
    externalId: writing.isInternal ? null : id,
    kind: "message",
    direction: "out",
    senderKind: "user",
    senderId: who.id,
    content,
    contentHtml: await replyHtml(act, ticket.id, { content, attachmentIds, isInternal }),
    isInternal: false,
    replyTo: writing.replyTo ?? null,
    deliveryState: ticket.connectionId === null ? "sent" : "queued",
    clientKey,
    sentAt: act.now,
    now: act.now,
    position: null,
  } as const
}

/** A public message answers no note: its reader would learn that there is one. */
async function refuseForeignReply(act: Act, ticket: TicketRow, { replyTo = "", isInternal = false }: ReplyInput) {
  const answered = await messageById(act.tx, replyTo, act.now).catch((error: unknown) => {
    if (error instanceof Refusal && error.kind === "not_found") return null
    throw error
  })
  if (answered?.ticketId !== ticket.id || (answered.isInternal && !isInternal))
    throw invalidField("replyTo", "is not a message of this ticket")
}
