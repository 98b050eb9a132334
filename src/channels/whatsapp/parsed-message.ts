import type { MediaFile } from "./message-content.ts"

export type ChannelAddress = { kind: "phone" | "bsuid"; value: string }

export type ParsedMessage = {
  kind: "message" | "reaction" | "system"
  direction: "in" | "out"
  externalId: string
  /** Every address of whom the conversation is with; the phone first. Never empty. */
  addresses: ChannelAddress[]
  name: string
  group: { id: string; name: string } | null
  text: string
  sentAt: Date | null
  replyTo: string | null
  files: MediaFile[]
}
