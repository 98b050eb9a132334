// What came in by a channel, in words that all channels share.

export type AddressKind = "phone" | "email" | "bsuid" | "visitor" | "external" | "group"

/** `scope` is empty where the address means the same person everywhere. */
export type ChannelAddress = { kind: AddressKind; value: string; scope: string }

/** A file that the channel keeps for us; `sha256` as lower-case hex when the channel said it. */
export type ChannelFile = { providerId: string; mimeType: string; fileName: string; sha256: string | null }

/** Somebody named in a mail; `address` in lower case, `name` may be empty. */
export type MailAddress = { name: string; address: string }

/**
 * What a mail says of the thread that it belongs to. `tokens`: threads that it names by addresses which we signed. `ids`: mails that it
 * names, the most telling first; `messageId`: of a message of ours, by an id that we signed, so that nobody knows it who has not got that mail.
 */
export type ThreadReferences = {
  tokens: readonly string[]
  ids: readonly { id: string; messageId: string | null }[]
}

/** What a mail says beside its text. Offsets are into the message's text. */
export type ChannelMail = {
  subject: string
  /** Its Message-ID without brackets; null when it has none. */
  mailId: string | null
  inReplyTo: readonly string[]
  references: readonly string[]
  thread: ThreadReferences
  from: MailAddress
  /** Who has written it, where From is a form's, a robot's or a list's own address. */
  writer: MailAddress
  replyTo: readonly MailAddress[]
  recipients: readonly (MailAddress & { role: "to" | "cc" | "bcc" })[]
  /** Who got it beside us. */
  others: readonly MailAddress[]
  automatic: "no" | "auto_reply" | "bounce" | "list" | "receipt"
  auth: "pass" | "fail" | "unknown"
  /** It came from outside, and its sender is an address of ours. */
  claimsToBeUs: boolean
  /** It was there before the mailbox was connected: it disturbs nobody. */
  isSilent: boolean
  /** What is new in the text: neither quoted nor signature. */
  newText: string
  html: string | null
  foldedFrom: number | null
  quotedFrom: number | null
  /** The mail as it came, in the file storage. */
  rawSha256: string | null
}

export type ChannelMessage<Address = ChannelAddress> = {
  kind: "message" | "reaction" | "system"
  direction: "in" | "out"
  externalId: string
  /** Every address of whom the conversation is with, the one it is written to first. Never empty. */
  addresses: Address[]
  name: string
  group: { id: string; name: string } | null
  text: string
  sentAt: Date | null
  replyTo: string | null
  files: ChannelFile[]
  /** Where threads go by the ids of messages, and not by persons. */
  mail?: ChannelMail
}

export type ChannelReport = {
  externalId: string
  status: "sent" | "delivered" | "read" | "failed"
  /** Of a group: whose report it is. Of a mail: the address that it did not reach; empty where that is not said. */
  participant: string
  at: Date | null
  code: number | null
  /** What the code means: names the text `failure.<reason>`. */
  reason: string | null
  failureClass: string | null
  /** Our own id of the message, when the channel gives back what we gave along. */
  messageId: string | null
}

/** A template of the account: what it became. What is left out stays. */
export type TemplateChange = { name: string; language: string; status?: string; category?: string }

/** What people see of an element that could not be received. `sender` null: nobody can be read from it. */
export type ElementSummary = { sender: MailAddress | null; subject: string; bytes: number }

/** What one element of a delivery means, and for which connection. */
export type ReceivedElement =
  /** `bounces`: what it says of a mail of ours besides. */
  | { type: "message"; connectionId: string; message: ChannelMessage; bounces?: ChannelReport[] }
  /** A mail of ours did not reach these of its recipients. */
  | { type: "bounce"; connectionId: string; bounces: ChannelReport[] }
  | { type: "report"; connectionId: string; report: ChannelReport }
  /** One person: the address that is known, and the new one. */
  | { type: "identity"; before: ChannelAddress; after: ChannelAddress }
  | { type: "template"; connectionIds: string[]; change: TemplateChange }
  /** Whether somebody wants marketing, since when. */
  | { type: "preference"; addresses: ChannelAddress[]; wantsMarketing: boolean; at: Date | null }
  | { type: "ignored"; because: string }
