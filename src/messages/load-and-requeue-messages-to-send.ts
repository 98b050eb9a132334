// What those who send need of a message.
import type { Act } from "#kernel/act.ts"
import { sql } from "kysely"
import type { Database } from "#kernel/db.ts"
import type { OutgoingMessage } from "#channels/index.ts"
import { record } from "#event-log/index.ts"
import type { Counterpart } from "./insert-messages.ts"
import { clearRecipientFailures } from "./message-mails.ts"

export type MessageToSend = Omit<OutgoingMessage, "template" | "files" | "mail"> & {
  ticketId: string
  sealedContent: string | null
}

/** By their ids. Notes are never among them. */
export async function messagesToSend(db: Database, ids: string[]): Promise<Map<string, MessageToSend>> {
  const { rows } = await sql<MessageToSend>`
    select g.id as message_id, g.ticket_id, g.content, g.content_html, g.sealed_content, g.reply_to, o.external_id as reply_to_external_id,
      g.sent_at as at, g.sender_kind <> 'user' as is_automatic, case when i.id is not null then json_build_object('kind', i.kind, 'value', i.value,
        'address', coalesce(g.address, i.value)) end as "to"
    from messages g left join messages o on o.id = g.reply_to left join contacts c on c.id = g.contact_id
      left join contact_identities i on i.id = g.identity_id and i.contact_id = coalesce(c.merged_into, c.id)
    where g.id = any(${ids}::text[]) and not g.is_internal`.execute(db.kysely)
  return new Map(rows.map((row) => [row.messageId, { ...row, replyToExternalId: outsideId(row) }]))
}

// Until the channel has given one, our own id stands for the message's id outside; no channel would know it.
const outsideId = ({ replyTo, replyToExternalId }: { replyTo: string | null; replyToExternalId: string | null }) =>
  replyToExternalId === replyTo ? null : replyToExternalId

/** Back to `queued`, by hand or after an outage: the only way in which a delivery state goes back. */
export async function requeueMessage(act: Act, message: { id: string; ticketId: string; from: string }): Promise<void> {
  await act.tx
    .updateTable("messages")
    .set({ deliveryState: "queued", deliveryReason: null, deliveryCode: null, deliverySettledAt: null })
    .where("id", "=", message.id)
    .execute()
  await clearRecipientFailures(act, message.id)
  const data = { from: message.from, to: "queued" }
  await record(act, "message.delivery_changed", { ticketId: message.ticketId, subjectId: message.id, data })
}

/** The same, to another address than before, or to the first one. */
export async function requeueMessageTo(
  act: Act,
  message: { id: string; ticketId: string; from: string },
  { contactId, identityId, address }: Counterpart,
): Promise<void> {
  await act.tx.updateTable("messages").set({ contactId, identityId, address }).where("id", "=", message.id).execute()
  await requeueMessage(act, message)
}

/** A message of ours that intake has just stored is not sent yet: it waits for the outbox. */
export async function lockForSending(act: Act, messageId: string): Promise<void> {
  await act.tx.updateTable("messages").set({ deliveryState: "queued" }).where("id", "=", messageId).execute()
}
