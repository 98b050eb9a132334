import type { z } from "zod"

/** A message of ours on its way out, as a channel needs it. */
export type Outgoing = {
  messageId: string
  /** The addresses of whom it goes to, as stored. */
  to: { kind: string; value: string }[]
  content: string
  contentHtml: string | null
  replyTo: string | null
  at: Date
}

/** What became of one try. `retry` means that nothing is known to have arrived and trying again is safe. */
export type Outcome =
  | { state: "sent" | "delivered"; externalId?: string }
  | { state: "retry"; why: string }
  | { state: "rejected"; why: string }

export type Sender = {
  id: string
  settings: Record<string, unknown>
  secrets: Record<string, string>
}

/** What every kind of connection brings. One contract test holds all of them to it. */
export type Channel = {
  /** The ticket's channel word. */
  word: "chat" | "api" | "whatsapp" | "email"
  /** Settings that anybody who manages connections may read. */
  settings: z.ZodObject
  /** Settings that are sealed and never shown again. */
  secrets: z.ZodObject
  send: (sender: Sender, message: Outgoing) => Promise<Outcome>
}
