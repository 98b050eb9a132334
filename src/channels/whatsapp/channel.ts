// A number of the WhatsApp Business Cloud API.
import { z } from "zod"
import { languages } from "#texts/contract.ts"
import type { Channel } from "../channel.ts"
import { sendMessage } from "./send-message.ts"

const id = z.string().regex(/^\d{5,30}$/, "must be the number that Meta shows, digits only")
const token = z.string().min(8, "must have at least 8 characters").max(1_000)

export const whatsapp: Channel = {
  word: "whatsapp",
  settings: z.strictObject({
    phoneNumberId: id,
    wabaId: id.optional(),
    /** Companies with several business accounts: their customers' ids are the same in all of one portfolio. */
    portfolioId: id.optional(),
    /** Of the words that stand where a message holds something else than words. */
    language: z.enum(languages).optional(),
  }),
  secrets: z.strictObject({ accessToken: token, appSecret: token, verifyToken: token }).partial(),
  // Meta's limits (2026-05-21): 80 messages a second of one number; to one person one in six seconds on average, with
  // short bursts above it, so that three lines typed quickly do not wait for each other.
  sendRate: { perSecond: 80, perRecipient: { sends: 10, withinMs: 60_000 } },
  repeatable: false,
  send: sendMessage,
}
