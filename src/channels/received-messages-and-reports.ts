// What came in by a channel, in words that all channels share.

export type AddressKind = "phone" | "email" | "bsuid" | "visitor" | "external" | "group"

/** `scope` is empty where the address means the same person everywhere. */
export type ChannelAddress = { kind: AddressKind; value: string; scope: string }

/** A file that the channel keeps for us; `sha256` as lower-case hex when the channel said it. */
export type ChannelFile = { providerId: string; mimeType: string; fileName: string; sha256: string | null }

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
}

export type ChannelReport = {
  externalId: string
  status: "sent" | "delivered" | "read" | "failed"
  /** Of a group: whose report it is. */
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

/** What one element of a delivery means, and for which connection. */
export type ReceivedElement =
  | { type: "message"; connectionId: string; message: ChannelMessage }
  | { type: "report"; connectionId: string; report: ChannelReport }
  /** One person: the address that is known, and the new one. */
  | { type: "identity"; before: ChannelAddress; after: ChannelAddress }
  | { type: "template"; connectionIds: string[]; change: TemplateChange }
  /** Whether somebody wants marketing, since when. */
  | { type: "preference"; addresses: ChannelAddress[]; wantsMarketing: boolean; at: Date | null }
  | { type: "ignored"; because: string }
