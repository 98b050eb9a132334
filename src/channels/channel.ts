import type { IncomingHttpHeaders } from "node:http"
import type { Pool } from "pg"
import type { Readable } from "node:stream"
import type { z } from "zod"
import type { Database } from "#kernel/db.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import type { Invariant } from "#kernel/invariant.ts"
import type { Purge } from "#kernel/jobs/cleanup.ts"
import type { PollingLoop } from "#kernel/jobs/polling-loop.ts"
import type { Log } from "#kernel/log.ts"
import type { Secrets } from "#kernel/secrets.ts"
import type { Outbound } from "#kernel/outbound/http-client.ts"
import type { SocketEvent, SocketNamespace } from "#kernel/socket-server.ts"
import type { FileStorage } from "#kernel/storage/file-storage.ts"
import type { ChannelMarks } from "#markdown/index.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import type { Failure, OutgoingMessage, OutgoingNotice, SendOutcome, SendRate } from "./outgoing-message.ts"
import type {
  AddressKind,
  ChannelMessage,
  ElementSummary,
  MailAddress,
  ReceivedElement,
} from "./received-messages-and-reports.ts"

/** A connection as its channel uses it, with its secrets open. */
export type ChannelAccount = {
  now: () => Date
  id: string
  kind: string
  settings: Record<string, unknown>
  secrets: Record<string, string>
  /** The desk's own: signs what leaves and comes back. */
  deskSecrets: Secrets
  /** What its verification has shown; empty before that. */
  learnt: Record<string, unknown>
  /** Where its provider's API answers; empty when it has none of its own. */
  apiUrl: string
  outbound: Outbound
  /** Of an account that was signed in at its provider. `refused`: one whose time is not over, and that its server did not take. */
  accessToken: (refused?: string) => Promise<AccessToken>
}

/** `ended`: somebody has to sign in. `later`: none now, for the sign-in server does not answer well or does not know our `app`. */
export type AccessToken =
  | { state: "ok"; token: string }
  | { state: "ended" }
  | { state: "later"; because: "app" | "server"; afterMs: number }

/** How Hilo is known where accounts are signed in (OAuth 2.0). */
export type OAuthClient = {
  /** Without endpoints the issuer tells them (OpenID Connect Discovery). */
  server: { issuer: string; authorizationEndpoint?: string; tokenEndpoint?: string }
  clientId: string
  clientSecret: string
  scope: string
  /** What is said besides when a person is sent there. */
  parameters: Record<string, string>
}

/** What every kind of connection brings; `channels.test.ts` holds all of them to it. What is left out the channel does not know. */
export type Channel = {
  /** As the API's answers call it. */
  name: string
  /** The ticket's channel word. */
  word: string
  /** Settings that anybody who manages connections may read. */
  settings: z.ZodObject
  /** Settings that are sealed and never shown again. */
  secrets: z.ZodObject
  /** By secret: the settings that say to whom it is shown. When one of them changes, it must be given again. */
  secretsGoTo?: Record<string, readonly string[]>
  /** Of accounts that may be signed in at their provider. `boundTo`: settings that say to whom that access is shown: when one changes, it ends. */
  oauth?: {
    /** Null: this account has a password, or its client is not set yet. */
    clientOf: (settings: Record<string, unknown>, secrets: Record<string, string>) => OAuthClient | null
    boundTo: readonly string[]
  }
  /** The setting that no two connections may have the same, and the unique index that sees to it. */
  uniqueSetting?: { name: string; index: string }
  /** Settings that hold an address that we call. */
  urlSettings?: readonly string[]
  /** What a connection has that says nothing of it; else 120 minutes from the last activity. */
  reopenWindow?: { minutes: number; from: "activity" | "closure" }
  /** A new desk begins with such a connection, by this name. */
  firstConnection?: string
  /** Of a channel whose messages are mails: the addresses of ours, which get no copy of what we send. */
  ownAddresses?: (settings: Record<string, unknown>) => readonly string[]
  /** Those of them that mails may leave by, by what its verification has shown; the first unless another one is named. */
  senderAddresses?: (connection: Pick<ChannelAccount, "settings" | "learnt">) => readonly MailAddress[]
  /** The kinds of addresses that it can be written to at: `anywhere` whatever connection they are of, `here` its own. */
  reach: { anywhere: readonly AddressKind[]; here: readonly AddressKind[] }
  /** How it writes bold, italic and the like. */
  marks: ChannelMarks
  /** Null: it takes everything at any time. */
  replyLimits: ReplyLimits | null
  /** How fast it may be sent at, whatever the number of servers. Without it: as fast as we can. */
  sendRate?: SendRate
  /** The receiver recognises a repeat by our id: a try without an answer may simply be made again. */
  repeatable: boolean
  send: (account: ChannelAccount, message: OutgoingMessage) => Promise<SendOutcome>
  /** Of a channel whose messages are mails: sends one that is no message of a ticket. */
  sendNotice?: (account: ChannelAccount, notice: OutgoingNotice) => Promise<SendOutcome>
  /** Of such a channel: the Message-ID, without brackets, that is made of the id of a message. */
  mailIdOf?: (account: ChannelAccount, messageId: string) => string
  /** Of such a channel, where its provider does not do so: puts what was sent where people look for it; done again it changes nothing. */
  sentCopies?: {
    areWanted: (settings: Record<string, unknown>) => boolean
    keep: (account: ChannelAccount, message: OutgoingMessage) => Promise<void>
  }
  /** By the channel's own code when there is one, else by the HTTP status. */
  classifyFailure?: (fault: { code: number | null; httpStatus: number | null }) => Failure
  templates?: Templates
  /** Shows the customer that we have read up to this message, and that somebody is writing. True when the channel took it. */
  sendReadReceipt?: (account: ChannelAccount, externalId: string, isTyping: boolean) => Promise<boolean>
  /** The same where the customer's page holds a socket of ours; `identityId`: whom it is shown to. It may be lost. */
  signal?: (db: Database, identityId: string, what: "typing" | "read") => void
  files?: FileSource
  /** It stays switched off until this has shown that messages come and go; `learnt` is what was found out on the way. */
  verify?: (account: ChannelAccount, language: Language) => Promise<Verification>
  /** The settings that this was shown of: when one changes, it is off again. */
  provedSettings?: readonly string[]
  /** Asks the other side now. `lastArrival`: when it last reached us. */
  check?: (account: ChannelAccount, lastArrival: string | null) => Promise<LiveChecks>
  webhook?: Webhook
  receive?: DeliveryReader
  /** What the doctor looks after. */
  checks?: Invariant[]
}

/** Lengths in characters, as the channel counts them; null where it sets none. */
export type ReplyLimits = {
  /** How long after the customer's last message it may be written to freely; then only by a template. */
  windowMs: number | null
  longestText: number | null
  longestCaption: number | null
  filesPerMessage: number | null
}

/** Texts that the channel has approved, with values to fill in. */
export type Templates = {
  /** The kind of address that one may be the first message to. */
  firstTo: AddressKind
  /** The setting without which they cannot be fetched. */
  setting: string
  fetch: (
    account: ChannelAccount,
  ) => Promise<{ state: "ok"; all: FetchedTemplate[] } | { state: "failed"; why: string }>
  /** Pure: what stands in a template. */
  open: (components: unknown[]) => OpenTemplate
}

export type FetchedTemplate = {
  name: string
  language: string
  category: string
  status: string
  components: unknown[]
}

/** One value to give, in the order in which they are given. */
export type Placeholder = { part: "header" | "body" | "button"; name: string; index?: number; label: string }

export type OpenTemplate = {
  placeholders: Placeholder[]
  /** What the header shows: it is sent along as a file. */
  headerMedia: "image" | "video" | "document" | null
  /** The part that nothing here fills, and without which it cannot be sent. */
  unfillablePart: string | null
  /** The template as the customer reads it. */
  text: (values: string[]) => string
  /** As the channel's API takes it, without the header's media. One value for each placeholder. */
  fill: (values: string[]) => unknown[]
}

/** Files that the channel keeps for us. `gone`: it will not come back, whatever we do. `later`: try again. */
export type FileSource = {
  maxBytes: number
  fetch: (account: ChannelAccount, providerId: string, storage: FileStorage) => Promise<FetchedFile>
}
export type FetchedFile = { state: "ok"; bytes: Readable } | { state: "gone" } | { state: "later" }

/** `failure` names the text `verification.<failure>`; null: it works. */
export type Verification = { learnt: Record<string, unknown>; failure: string | null }

export type LiveCheck = { name: "token" | "number" | "webhook" | "templates" | "login"; ok: boolean; detail: string }
/** `canSend`: nothing that was found keeps messages from leaving. `needsPerson`: asking again by ourselves would only do harm. */
export type LiveChecks = { checks: LiveCheck[]; canSend: boolean; needsPerson?: boolean }

/** The address that the other side calls, at /webhooks/{kind}/{connectionId}. */
export type Webhook = {
  maxBytes: number
  /** The answer to the GET with which it asks whether the address is ours. */
  handshake: (
    query: Record<string, unknown>,
    account: ChannelAccount | null,
  ) => { status: 200; body: string } | { status: 400 | 403 }
  /** Were these bytes sent by who has the account's secret? */
  isAuthentic: (body: Buffer, headers: IncomingHttpHeaders, account: ChannelAccount) => boolean
}

/** What stored deliveries mean. Nothing here knows what is stored already. */
export type DeliveryReader = {
  /** The smallest elements that can be processed, quarantined and replayed by themselves, as they came. Throws when it holds none. */
  split: (body: string) => object[]
  /** Of a channel whose elements are kept as files: reads what one stands for. It may take seconds, and no transaction is open. */
  load?: (element: object, by: ChannelAccount, storage: FileStorage) => Promise<object>
  /** Of such a channel: the contents that `load` puts into the storage from this file. */
  filesIn?: (sha256: string, storage: FileStorage) => Promise<string[]>
  /** Throws when the element has not the shape of its type. `by`: the account that it came by, one of `all` of this channel. */
  read: (element: object, by: ChannelAccount, all: ChannelAccount[]) => ReceivedElement
  /** What a list shows of one that could not be received; it reads no more than the beginning of its file. */
  summarize?: (element: object, storage: FileStorage) => Promise<ElementSummary>
  /**
   * The message that people make of one that could not be received, with what can be read of it. `sender`: whose it is where it does not
   * say so; null: it does not, and nobody did.
   */
  salvage?: (
    element: object,
    by: ChannelAccount,
    how: { storage: FileStorage; sender: MailAddress | null },
  ) => Promise<ChannelMessage | null>
}

export type StoreDelivery = (delivery: { connectionId: string; body: Buffer; now: Date }) => Promise<void>

/** How messages get to a channel beside the webhooks, and what its entry points leave to be purged. */
export type EntryPoints = {
  routes?: (app: Server, kit: Kit & { publicUrl: string; mailIsSet: boolean }) => void
  namespace?: (kit: Kit & { publicUrl: string }) => SocketNamespace
  /** Hands on to sockets what servers tell each other; ends with the function that it returns. */
  signals?: (kit: Kit, emit: (event: SocketEvent) => void) => () => Promise<void>
  /** Where the other side calls nobody: loops that fetch what has come, and store it as a webhook would. */
  loops?: (kit: Kit, log: Log, store: StoreDelivery) => PollingLoop[]
  purges?: Purge[]
  /** Sets the gauges of /metrics. */
  measure?: (db: Pick<Pool, "query">) => Promise<void>
}
