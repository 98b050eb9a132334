import { attachmentsOf } from "#files/index.ts"
import { cleanHtml } from "./render-markdown.ts"
import { type DeliveryState, heldBackReasons, heldBackForMs, type Message, permanentFailures } from "./api-contract.ts"

// A channel names the message by its own id of it, and may do so before that message has come.
const replyTo = `coalesce(
  (select r.id from messages r where r.connection_id = g.connection_id and r.external_id = g.reply_to), g.reply_to)`

/** What the mail of a message says, in the API's parts; null for what is no mail. */
const mailSql = (message: string) => `(select json_build_object('recipients', w.recipients, 'foldedFrom', w.folded_from,
    'quotedFrom', w.quoted_from, 'mail', json_build_object('messageId', w.mail_id, 'from', w.sender,
      'writer', case when w.writer_role is not null then (select i.value from contact_identities i where i.id = ${message}.identity_id) end, 'replyTo', w.reply_to,
      'writerRole', w.writer_role, 'automatic', w.automatic, 'auth', w.auth, 'claimsToBeUs', w.claims_to_be_us,
      'hasHtml', w.html is not null, 'hasRaw', w.raw_sha256 is not null))
  from message_mails w where w.message_id = ${message}.id)`

/** Columns of the API's message over a row `g`; names of senders are joined here and nowhere else. */
export const messageColumns = `
  g.id, g.ticket_id as "ticketId", g.kind, g.direction, g.sender_kind as "senderKind", g.sender_id as "senderId",
  coalesce(gu.name, gc.name) as "senderName", g.content, g.content_html as "contentHtml", g.is_internal as "isInternal",
  ${replyTo} as "replyTo", ${attachmentsOf("g.id")} as attachments, g.delivery_state as "deliveryState", g.delivery_reason as "deliveryReason",
  g.delivery_code as "deliveryCode", g.delivery_settled_at is not null as "isDismissed", g.sent_at as "sentAt", g.created_at as "createdAt",
  ${mailSql("g")} as mail,
  case when g.delivery_state = 'queued' then (select s.next_at from sends s
    where s.message_id = g.id and s.state = 'queued' and s.claimed_at is null) end as "undoUntil",
  case when g.delivery_state = 'failed' then (select s.claimed_at from sends s where s.message_id = g.id) end as "triedAt"`

/** SQL for the key under which its writer sent a message, for them alone. */
export const clientKeyFor = (reader: string) =>
  `case when g.sender_kind = 'user' and g.sender_id = ${reader} then g.client_key end as "clientKey"`

export const messageJoins = `
  left join users gu on g.sender_kind = 'user' and gu.id = g.sender_id
  left join contacts gc on g.sender_kind = 'contact' and gc.id = g.sender_id`

type MailParts = Pick<Message, "recipients" | "foldedFrom" | "quotedFrom" | "mail">

export type MessageRow = Omit<Message, "sender" | "delivery" | keyof MailParts> & {
  mail: MailParts | null
  senderKind: Message["sender"]["type"]
  senderId: string | null
  senderName: string | null
  deliveryState: Message["delivery"]["state"]
  deliveryReason: string | null
  deliveryCode: number | null
  isDismissed: boolean
  /** Of one that no server has begun to send: when one may. */
  undoUntil: Date | null
  /** Of one that failed: its last try. */
  triedAt: Date | null
}

export function toMessage(row: MessageRow, now: Date): Message {
  const {
    senderKind,
    senderId,
    senderName,
    deliveryState,
    deliveryReason,
    deliveryCode,
    isDismissed,
    undoUntil,
    triedAt,
    mail,
    ...rest
  } = row
  return {
    ...rest,
    ...mail,
    contentHtml: rest.contentHtml === null ? null : cleanHtml(rest.contentHtml),
    sender: { type: senderKind, id: senderId, name: senderName },
    delivery: {
      state: deliveryState,
      ...(deliveryReason !== null && { reason: deliveryReason }),
      ...(deliveryCode !== null && { code: deliveryCode }),
      ...(isDismissed && { isDismissed }),
      ...(undoUntil !== null && undoUntil > now && { undoUntil }),
      canRetry: canRetry(deliveryState, deliveryReason, now.getTime() - (triedAt ?? row.sentAt).getTime()),
    },
  }
}

/** Sending the very same again makes sense unless the channel has refused it for what it is, or for today. */
function canRetry(state: DeliveryState, reason: string | null, waitedMs: number): boolean {
  if (state !== "failed") return state === "unknown"
  return !permanentFailures.has(reason ?? "") && !(heldBackReasons.has(reason ?? "") && waitedMs < heldBackForMs)
}
