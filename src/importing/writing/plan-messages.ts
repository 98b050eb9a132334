// What each message of a batch will be here. Decides and reports; writes nothing.
import { newId } from "#kernel/ids.ts"
import { htmlToText } from "#kernel/parsing/html-to-text.ts"
import type { PlacedMessage } from "#messages/index.ts"
import type { MessageRow } from "./batch-of-records.ts"
import { type Staff, staffOf } from "./create-users.ts"
import type { Contacts } from "./find-or-create-contacts.ts"
import type { ImportStep } from "./batch-import-context.ts"

/** The ticket on which a message stands: of this batch, or imported before. */
export type MessageTicket = {
  id: string
  contactId: string | null
  requesterIdentityId: string | null
  createdAt: Date
}

type Ground = { step: ImportStep; staff: Staff; contacts: Contacts }
type Sender = Pick<PlacedMessage, "senderKind" | "senderId">

/** The words of a message as they are kept. */
export const contentOf = ({ content, html }: Pick<MessageRow, "content" | "html">) =>
  content ?? (html === undefined ? "" : htmlToText(html))

/** Null: there is nothing to be stored. `hasFiles`: a message without words is one then. */
export function planMessage(
  ground: Ground,
  row: MessageRow,
  ticket: MessageTicket,
  hasFiles: boolean,
): PlacedMessage | null {
  const { step } = ground
  const say = (field: string, expected: string, isRefused = false) =>
    step.say({ line: row.line, field: [row.field, field].filter(Boolean).join("."), expected, isRefused })
  const content = contentOf(row)
  if (content.trim() === "" && !hasFiles) {
    say("content", "a text, or files", row.field === "")
    return null
  }
  const sender = senderOf(ground, row, ticket, say)
  const isInternal = row.isInternal === true
  const isIn = sender.senderKind === "contact" && !isInternal
  const sentAt = row.createdAt ?? ticket.createdAt
  return {
    id: newId("msg"),
    ticketId: ticket.id,
    position: null,
    // Nothing is said over any connection by it: no window opens, and no report finds it.
    connectionId: null,
    externalId: null,
    kind: "message",
    direction: isIn ? "in" : "out",
    ...(isInternal && sender.senderKind === "contact" ? { senderKind: "system", senderId: null } : sender),
    content,
    contentHtml: null,
    isInternal,
    replyTo: null,
    deliveryState: isIn || isInternal ? "received" : "sent",
    sentAt,
    now: sentAt,
    // What was said on the ticket was exchanged with whom it was opened for.
    contactId: ticket.contactId,
    identityId: ticket.requesterIdentityId,
    address: null,
  }
}

function senderOf(
  { step, staff, contacts }: Ground,
  { author = {} }: MessageRow,
  ticket: MessageTicket,
  say: (field: string, expected: string) => void,
): Sender {
  if (author.kind === "system") return { senderKind: "system", senderId: null }
  const isNamed = author.id !== undefined || author.email !== undefined
  const account = author.kind !== "contact" && isNamed ? staffOf(step, staff, author) : null
  if (account) return { senderKind: "user", senderId: account.id }
  if (author.kind === "user") {
    if (isNamed) say("author", "a member of staff, of this desk or imported before; the words stay without a name")
    return { senderKind: "user", senderId: null }
  }
  return { senderKind: "contact", senderId: contacts.of(author)?.contactId ?? ticket.contactId }
}
