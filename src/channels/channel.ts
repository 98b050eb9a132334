import type { z } from "zod"
import type { Kit } from "#kernel/http/request-transaction.ts"
import type { Server } from "#kernel/http/server.ts"
import type { Purge } from "#kernel/jobs/cleanup.ts"
import type { Outbound } from "#kernel/outbound/client.ts"
import type { SocketNamespace } from "#kernel/socket-server.ts"

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
}

/** A template with its values in place, as the channel's API takes it. */
export type FilledTemplate = { name: string; language: string; components: unknown[] }

export type OutgoingFile = { id: string; name: string; mimeType: string; sha256: string; read: () => Promise<Buffer> }

/** Why a try did not succeed. `why` names the text `failure.<why>`; the rest is for those who count and classify. */
export type SendFault = { why: string; class?: string; code?: number; httpStatus?: number }

/**
 * What became of one try. `retry`: nothing is known to have arrived, and trying again is safe. `unknown`: it may have
 * arrived, and only a report tells. `blocked`: the whole account cannot send; nothing is wrong with the message.
 */
export type SendOutcome =
  | { state: "sent" | "delivered"; externalId?: string }
  | ({ state: "retry"; afterMs?: number } & SendFault)
  | ({ state: "rejected" | "unknown" | "blocked" } & SendFault)

export type ChannelAccount = {
  now: () => Date
  id: string
  settings: Record<string, unknown>
  secrets: Record<string, string>
  graphUrl: string
  outbound: Outbound
}

/** What every kind of connection brings. One contract test holds all of them to it. */
export type Channel = {
  /** The ticket's channel word. */
  word: "chat" | "api" | "whatsapp" | "email"
  /** Settings that anybody who manages connections may read. */
  settings: z.ZodObject
  /** Settings that are sealed and never shown again. */
  secrets: z.ZodObject
  /** How fast it may be sent at, whatever the number of servers. Without it: as fast as we can. */
  sendRate?: SendRate
  /** The receiver recognises a repeat by our id: a try without an answer may simply be made again. */
  repeatable: boolean
  send: (sender: ChannelAccount, message: OutgoingMessage) => Promise<SendOutcome>
}

/** So many sends per second of one connection, and so many to one recipient in a span of time. */
export type SendRate = { perSecond: number; perRecipient: { sends: number; withinMs: number } }

/** How a channel is called by its customers themselves: its own routes and sockets, and what they leave to be purged. */
export type EntryPoints = {
  routes?: (app: Server, kit: Kit) => void
  namespace?: (kit: Kit) => SocketNamespace
  purges?: Purge[]
}
