import type { MailAddress } from "./received-messages-and-reports.ts"

/**
 * What a message says beside its text where it leaves as a mail. `references`: the mails before it, the oldest first: Message-IDs without
 * brackets, and messages of ours by their own id.
 */
export type OutgoingMail = {
  threadId: string
  subject: string
  /** The address that it leaves by; the name is the mailbox's. */
  sender: MailAddress
  recipients: readonly (MailAddress & { role: "to" | "cc" | "bcc" })[]
  references: readonly string[]
  /** What stands below it: a mail before it, without its own quotes. */
  quoted: { at: Date; from: MailAddress; text: string } | null
  /** Where in the message's text begins what is forwarded; null where nothing is. */
  foldedFrom: number | null
}

/**
 * A mail of a machine that is no message of a ticket. `messageId`: of the form of a message's, its Message-ID is made of it. `threadId`:
 * the thread to which its answers come; null where nobody reads them.
 */
export type OutgoingNotice = { messageId: string; threadId: string | null; to: string; subject: string; text: string }

/** A message of ours on its way out, as a channel needs it. */
export type OutgoingMessage = {
  messageId: string
  /** Whom it goes to: the address as it is stored, and as the channel wrote it. Null: nobody any more. */
  to: { kind: string; value: string; address: string } | null
  content: string
  contentHtml: string | null
  /** The message that this one answers: our id of it, and the channel's. */
  replyTo: string | null
  replyToExternalId: string | null
  at: Date
  template: FilledTemplate | null
  files: OutgoingFile[]
  /** Nobody of the staff wrote it. */
  isAutomatic: boolean
  mail: OutgoingMail | null
}

/** A template with its values in place, as the channel's API takes it. */
export type FilledTemplate = { name: string; language: string; components: unknown[] }

export type OutgoingFile = { id: string; name: string; mimeType: string; sha256: string; read: () => Promise<Buffer> }

/** Why a try did not succeed. `why` names the text `failure.<why>`; the rest is for those who count and classify. */
export type SendFault = { why: string; class?: string; code?: number; httpStatus?: number }

/** `refused`: recipients whom the server did not take, while it took others. `mailId`: the Message-ID that it gave the mail instead of ours. */
export type SentMail = { refused: readonly { address: string; why: string }[]; mailId: string | null }

/**
 * What became of one try. `retry`: nothing is known to have arrived, and trying again is safe. `unknown`: it may have
 * arrived, and only a report tells. `blocked`: the whole account cannot send; nothing is wrong with the message.
 */
export type SendOutcome =
  | { state: "sent" | "delivered"; externalId?: string; mail?: SentMail }
  | ({ state: "retry"; afterMs?: number } & SendFault)
  | ({ state: "rejected" | "unknown" | "blocked" } & SendFault)

/** So many sends per second of one connection, and so many to one recipient in a span of time. */
export type SendRate = { perSecond: number; perRecipient: { sends: number; withinMs: number } }

export type FailureClass = "rate" | "transient" | "recipient" | "request" | "account" | "policy" | "media"

/** What a refusal means. `reasonCode` names the text `failure.<reasonCode>`. */
export type Failure = {
  class: FailureClass
  retry: "later" | "after_24h" | "never" | "once"
  reasonCode: string
}
