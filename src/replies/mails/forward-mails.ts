// Somebody outside is written to by mail: what the customer and we have said goes along, notes never do.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { runIn } from "#kernel/db.ts"
import type { MailAddress } from "#channels/index.ts"
import { connectionById } from "#connections/index.ts"
import { findOrCreateContact } from "#contacts/index.ts"
import { record } from "#event-log/index.ts"
import { copyFileStatement } from "#files/index.ts"
import { insertMessage, isForwardSql, longestMessage, type Message, messageById } from "#messages/index.ts"
import { queueSend } from "#outbox/index.ts"
import type { Principal } from "#people/index.ts"
import { readSetting } from "#settings/index.ts"
import { applyMessageEffect, lockMergeTarget, refuseMerged, resolveMerge, type TicketRow } from "#tickets/index.ts"
import { forwardedText, type ForwardedMessage } from "./forwarded-text.ts"
import { refuseClosedConnection } from "../reply-options.ts"
import { refuseBlockedRecipients } from "./refuse-blocked-recipients.ts"
import { chooseRecipients, suggestReplyMail } from "./reply-recipients.ts"
import { saveReplyMail } from "./save-reply-mail.ts"
import { undoPeriodOf } from "./undo-message.ts"

export type Forwarding = {
  to: MailAddress[]
  cc?: MailAddress[] | undefined
  /** That one with its files; else what was said with the customer, without files. */
  messageId?: string | undefined
  content?: string | undefined
}

/** So many of the newest messages; older ones are left out. */
const mostMessages = 200

/**
 * It is exchanged with who gets it, answers nobody, and stops no clock. What they answer comes to the ticket by the token in Reply-To, as
 * a stranger's until somebody adds them. Refuses (409 `no_mail`) a ticket without mails. Contacts are locked before tickets, as intake does.
 */
export async function forwardMails(act: Act, who: Principal, ref: string, forwarding: Forwarding): Promise<Message> {
  await resolveMerge(act, who, ref)
  const [first] = forwarding.to
  const found = await findOrCreateContact(act, who, { name: first!.name, email: first!.address })
  const ticket = await lockMergeTarget(act, who, ref)
  refuseMerged(ticket)
  const connection = ticket.connectionId === null ? undefined : await connectionById(act.tx, ticket.connectionId)
  refuseClosedConnection(connection)
  const suggested = await suggestReplyMail(act.tx, connection, ticket.id)
  if (!suggested || !connection) throw new Refusal("conflict", "no_mail")
  const { to, cc = [] } = forwarding
  await refuseBlockedRecipients(act.tx, { to, cc })
  const chosen = chooseRecipients(suggested, { to, cc })
  const messages = await publicMessages(act, ticket, forwarding.messageId)
  const note = forwarding.content?.trim() ?? ""
  const language = await readSetting(act, "language")
  const forwarded = forwardedText(language, messages, longestMessage - note.length - 2)
  const counterpart = { contactId: found.contactId, identityId: found.identityIds[0] ?? null, address: first!.address }
  const message = await insertMessage(act, ticket.id, {
    ...messageOf(act, who, connection.id, note === "" ? forwarded : `${note}\n\n${forwarded}`),
    ...counterpart,
  })
  const { answered } = suggested
  const subject = `Fwd: ${answered.subject.replace(/^\s*(?:(?:fwd?|rv|re)\s*:\s*){1,20}/i, "")}`
  // A thread of its own for who gets it: what is said with the customer goes on without it.
  const begun = { ...answered, subject, references: [] }
  const foldedFrom = note === "" ? 0 : note.length + 2
  await saveReplyMail(act, message.id, { answered: begun, ...chosen, quotedId: null }, { foldedFrom })
  await copyFiles(act, forwarding.messageId, message.id)
  const recipient = counterpart.identityId ?? answered.threadId
  const notBefore = await undoPeriodOf(act, true)
  await queueSend(act, { messageId: message.id, connectionId: connection.id, recipient, template: null, notBefore })
  await applyMessageEffect(act, ticket.id, { unread: "keep", touches: true, answers: false })
  await record(act, "message.forwarded", {
    ticketId: ticket.id,
    subjectId: message.id,
    data: { contactId: found.contactId, messages: messages.length },
  })
  return messageById(act.tx, message.id, act.now)
}

/**
 * Of the ticket, oldest first; a note is none, nor is what was taken back. That one in any case; else those with the
 * ticket's customer: no forwarded mail and no answer to one, nothing of strangers, and of a merged ticket no other customer's words.
 */
async function publicMessages(
  act: Act,
  { id, contactId }: Pick<TicketRow, "id" | "contactId">,
  messageId: string | undefined,
): Promise<ForwardedMessage[]> {
  const withCustomer = sql`coalesce(w.writer_role, '') <> 'stranger'
    and not coalesce(${sql.raw(isForwardSql("w"))}, false)
    and (m.contact_id is null or m.contact_id = ${contactId}
      or (select k.merged_into from contacts k where k.id = m.contact_id) = ${contactId})`
  const { rows } = await sql<ForwardedMessage>`
    select m.sent_at, m.content, w.subject, w.recipients, coalesce(w.sender ->> 'name', u.name, c.name, '') as name,
      coalesce(w.sender ->> 'address', m.address, '') as address
    from messages m left join message_mails w on w.message_id = m.id
      left join users u on m.sender_kind = 'user' and u.id = m.sender_id
      left join contacts c on m.sender_kind = 'contact' and c.id = m.sender_id
    where m.ticket_id = ${id} and m.kind = 'message' and not m.is_internal and m.delivery_reason is distinct from 'cancelled'
      and ${messageId === undefined ? withCustomer : sql`m.id = ${messageId}`}
    order by m.position desc limit ${mostMessages}`.execute(act.tx)
  if (rows.length > 0) return rows.toReversed()
  throw messageId === undefined ? new Refusal("conflict", "no_mail") : notFound("message")
}

async function copyFiles(act: Act, from: string | undefined, to: string): Promise<void> {
  if (from === undefined) return
  const { attachments } = await messageById(act.tx, from, act.now)
  for (const { id, state } of attachments)
    if (state === "stored") await runIn(act.tx, copyFileStatement(id, [to], act.now))
}

function messageOf(act: Act, who: Principal, connectionId: string, content: string) {
  const id = newId("msg")
  return {
    id,
    connectionId,
    externalId: id,
    kind: "message",
    direction: "out",
    senderKind: "user",
    senderId: who.id,
    content,
    contentHtml: null,
    isInternal: false,
    replyTo: null,
    deliveryState: "queued",
    sentAt: act.now,
    now: act.now,
    position: null,
  } as const
}
