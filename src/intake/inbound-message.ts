import type { ChannelMail, MailAddress } from "#channels/index.ts"
import type { Identity, Proof } from "#contacts/index.ts"
import type { DecisionReason } from "#event-log/index.ts"
import type { PromisedFile, Uploader } from "#files/index.ts"
import type { Message } from "#messages/index.ts"
import type { ViewRow } from "#tickets/index.ts"
import type { IncomingMessage } from "./decide-ticket.ts"

/** One message as a connection hands it in, whatever the channel. Identities are normalised, texts are safe to store. */
export type InboundMessage = {
  connectionId: string
  /** The provider's id of the message: with the connection it makes a repeat recognisable. */
  externalId: string
  kind: "message" | "reaction" | "system"
  direction: "in" | "out"
  /** Who wrote, or whom we wrote to. In a group: the participant. */
  person: {
    identity: Identity
    name: string
    /** Other addresses that the channel says are the same person's: a phone and the channel's own id of them. */
    also?: readonly Identity[]
  }
  group: { identity: Identity; name: string } | null
  /** Of whom the thread is with, the group or the person, as the channel writes it. */
  address: string
  /** The place it took when it came, if it waited since. */
  position?: number
  text: string
  /** Files that the channel keeps for us until we fetch them. */
  files?: readonly PromisedFile[]
  /** Files that the sender has uploaded before. */
  uploads?: { by: Uploader; ids: readonly string[] }
  /** The message's own time as the provider gave it; null when it came without one. Never later than `now`. */
  sentAt: Date | null
  replyTo: string | null
  categoryIds: string[] | null
  campaignShipmentId: string | null
  assigneeId: string | null
  bot: boolean
  /** What a mail says beside its text: its thread goes by ids of mails. */
  mail?: ChannelMail
  /** We begin a matter by mail: it gets a ticket and a mail thread of their own, whatever else there is with this person. */
  newThread?: NewMailThread
  /** One of the staff who wrote it here, with the HTML of their marks; `externalId` is then the message's own id. */
  author?: { userId: string; clientKey: string | undefined; contentHtml?: string | null }
}

/** `followers`: who gets a copy that everybody sees. */
export type NewMailThread = { id: string; subject: string; requester: MailAddress; followers: readonly MailAddress[] }

/** What a message of mere words says beside them; who hands in more says it after this. */
export const plainMessage = {
  kind: "message",
  group: null,
  sentAt: null,
  replyTo: null,
  categoryIds: null,
  campaignShipmentId: null,
  assigneeId: null,
  bot: false,
} as const

/** What became of it. */
export type ReceivedMessage = {
  ticket: ViewRow | null
  message: Message | null
  decision: { action: "joined" | "reopened" | "created" | "attached" | "duplicate" | "ignored"; why: DecisionReason }
}

export const hasFiles = ({ files = [], uploads }: InboundMessage): boolean => files.length > 0 || uploads !== undefined

/** One address on one connection, as one text. */
export const addressKey = (connectionId: string | null, { kind, scope, value }: Identity) =>
  [connectionId, kind, scope, value].join("\n")

/** What proves the address of a new contact: that a message came from it, or that a list brought it. Nothing does where its mail came from elsewhere. */
export function proofOf({ direction, mail }: InboundMessage): Proof {
  if (direction === "out") return "import"
  return mail && mail.writer.address !== mail.from.address ? "visitor" : "message"
}

/** Does it show that its writer has the address that it names? */
export const provesAddress = (inbound: InboundMessage): boolean =>
  inbound.kind === "message" &&
  inbound.mail !== undefined &&
  inbound.mail.auth !== "fail" &&
  proofOf(inbound) === "message"

/** What the rule looks at. `isBlocked`: its sender, or the group, is blocked. */
export function toSaid(inbound: InboundMessage, isBlocked: boolean): IncomingMessage {
  const { kind, direction, group, campaignShipmentId, bot, assigneeId, mail } = inbound
  const text = mail?.newText ?? inbound.text
  const more = { hasAttachments: hasFiles(inbound), isGroup: group !== null, hasUser: assigneeId !== null, isBlocked }
  const ofMail = { isOfThread: mail !== undefined, isSilent: mail?.isSilent ?? false }
  return { kind, direction, text, campaignShipmentId, bot, ...ofMail, ...more }
}

/** Is it the everyday case, which one statement can settle? */
export function isPlainMessage(message: InboundMessage): boolean {
  return (
    message.kind === "message" &&
    message.group === null &&
    !message.person.also?.length &&
    message.categoryIds === null &&
    message.assigneeId === null &&
    !hasFiles(message) &&
    message.mail === undefined
  )
}
