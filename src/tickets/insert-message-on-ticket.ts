// Words that come to a ticket inside Hilo: a customer's message, a report that joins, the text a ticket opens with.
import { type Act } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import { anyIsBlocked } from "#contacts/index.ts"
import { record } from "#event-log/index.ts"
import { attachUploads, type Uploader } from "#files/index.ts"
import {
  type Counterpart,
  insertMessage,
  type Message,
  messageById,
  noCounterpart,
  replyHtml,
} from "#messages/index.ts"
import { can, isLinkViewer, isPrincipal } from "#people/index.ts"
import { messageConsequence } from "./lifecycle/unread-and-event-of-message.ts"
import type { TicketRow } from "./ticket-row.ts"
import { applyMessageEffect } from "./message-effects-on-ticket.ts"

/** `uploadedBy`: whose files these are, when no account writes. */
export type MessageText = {
  content: string
  attachmentIds?: string[] | undefined
  uploadedBy?: Uploader | undefined
  replyTo?: string | undefined
}

type Place = Pick<TicketRow, "id" | "contactId">
type Author = { senderKind: "user" | "contact"; senderId: string | null } & Omit<Counterpart, "address">

/**
 * Something new was reported: it counts as unread, unless its sender is blocked: that is kept, and wakes nobody.
 * Markdown is for staff; what customers write is taken as it is.
 */
export async function receiveOnTicket(act: Act, ticket: Place, words: MessageText): Promise<Message> {
  const author = authorOf(act, ticket)
  const { contactId } = author
  const message = await store(act, ticket, words, { ...author, direction: "in" })
  const isBlocked = author.senderKind === "contact" && (await anyIsBlocked(act.tx, [contactId]))
  const { unread, touches, event } = messageConsequence("in", isBlocked ? "blocked" : null)
  await applyMessageEffect(act, ticket.id, { unread, touches, answers: false })
  const data = { ...event.data, contactId }
  const why = isBlocked ? attachedBlocked : null
  await record(act, event.kind, { ticketId: ticket.id, subjectId: message.id, data, why })
  return message
}

/** The text with which a ticket opens. That of staff answers nobody: it is no first response and nothing to be read. */
export async function insertOpeningMessage(act: Act, ticket: Place, words: MessageText): Promise<void> {
  const author = authorOf(act, ticket)
  if (author.senderKind === "contact") {
    await receiveOnTicket(act, ticket, words)
    return
  }
  const message = await store(act, ticket, words, { ...author, direction: "out" })
  await applyMessageEffect(act, ticket.id, { unread: "keep", touches: true, answers: false })
  const data = { isFirstResponse: false, opening: true }
  await record(act, "message.posted", { ticketId: ticket.id, subjectId: message.id, data })
}

const attachedBlocked = {
  question: "which_ticket",
  answer: "attached",
  code: "attached_blocked",
  inputs: {},
  rejected: [],
}

/**
 * Staff write as themselves, to the ticket's contact. A customer is their own contact, also where a merge has led them to
 * somebody else's ticket; everybody else is the ticket's.
 */
function authorOf({ actor }: Act, { contactId }: Place): Author {
  if (isPrincipal(actor) && can.beStaff(actor))
    return { senderKind: "user", senderId: actor.id, contactId, identityId: null }
  const { contactId: own = null, identityId = null } = isPrincipal(actor) || isLinkViewer(actor) ? actor : {}
  const writer = own ?? contactId
  return { senderKind: "contact", senderId: writer, contactId: writer, identityId }
}

async function store(act: Act, ticket: Place, words: MessageText, by: Author & { direction: "in" | "out" }) {
  const message = await insertMessage(act, ticket.id, {
    id: newId("msg"),
    connectionId: null,
    externalId: null,
    kind: "message",
    senderKind: by.senderKind,
    senderId: by.senderId,
    direction: by.direction,
    content: words.content,
    contentHtml: by.senderKind === "user" ? await replyHtml(act, ticket.id, words) : null,
    isInternal: false,
    replyTo: words.replyTo ?? null,
    // What was said to staff is sent to nobody.
    deliveryState: "received",
    sentAt: act.now,
    now: act.now,
    ...noCounterpart,
    contactId: by.contactId,
    identityId: by.identityId,
    position: null,
  })
  const files = words.attachmentIds ?? []
  if (files.length === 0) return message
  await attachUploads(act, message.id, words.uploadedBy ?? { userId: act.actor.id ?? "" }, files)
  return messageById(act.tx, message.id, act.now)
}
