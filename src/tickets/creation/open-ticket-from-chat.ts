// A visitor of a chat opens a support ticket. The e-mail that they type proves nothing: it stands on this ticket alone, so that
// its holder can follow it, and joins or takes from nobody.
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import {
  anyIsBlocked,
  ensureContact,
  giveTicketEmail,
  type Identity,
  lockContactForShare,
  nameContact,
} from "#contacts/index.ts"
import type { Uploader } from "#files/index.ts"
import { transition } from "../lifecycle/transition.ts"
import { link } from "../links/links.ts"
import type { TicketRow } from "../ticket-row.ts"
import { openSupportTicket } from "./open-support-ticket.ts"

/** `connectionId`: of the chat. */
type Visitor = { identity: Identity; connectionId: string }

type ChatTicket = {
  subject: string
  text: string
  name?: string | undefined
  email: string
  files: { ids: string[]; by: Uploader }
}

/** Opens it and links it to the visitor's conversation, if there is one. What somebody blocked opens is kept, closed. */
export async function openTicketFromChat(asking: Act, visitor: Visitor, given: ChatTicket): Promise<TicketRow> {
  const { subject, text, name = "", email, files } = given
  const found = await ensureContact(asking, { identity: visitor.identity, name: name.trim(), proof: "message" }, false)
  const contactId = await lockContactForShare(asking, found)
  const act: Act = { ...asking, actor: { kind: "contact", id: contactId } }
  await nameContact(act.tx, contactId, { name, now: act.now })
  const requesterIdentityId = await giveTicketEmail(act, contactId, email, "visitor")
  if (requesterIdentityId === null) throw invalidField("email", "must be an e-mail address", "email")
  const ticket = await openSupportTicket(act, {
    subject,
    description: text,
    channel: "chat",
    attachmentIds: files.ids,
    uploadedBy: files.by,
    contactId,
    requesterIdentityId,
  })
  if (await anyIsBlocked(act.tx, [contactId])) await transition(act, ticket, { to: "closed" })
  const conversationId = await newestConversation(act, contactId, visitor.connectionId)
  if (conversationId !== null) await link(act, { from: ticket.id, to: conversationId, type: "conversation" })
  return ticket
}

async function newestConversation(act: Act, contactId: string, connectionId: string): Promise<string | null> {
  const row = await act.tx
    .selectFrom("tickets")
    .select("id")
    .where("kind", "=", "conversation")
    .where("contactId", "=", contactId)
    .where("connectionId", "=", connectionId)
    .where("mergedInto", "is", null)
    .orderBy("active", "desc")
    .orderBy("updatedAt", "desc")
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}
