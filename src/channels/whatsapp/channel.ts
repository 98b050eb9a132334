// A number of the WhatsApp Business Cloud API.
import { z } from "zod"
import { languages } from "#texts/languages-and-text-ids.ts"
import type { Channel } from "../channel.ts"
import { whatsappInvariants } from "./invariants.ts"
import { fetchMedia } from "./fetch-media.ts"
import { checkNumber } from "./check-number-with-meta.ts"
import { receive } from "./webhook-to-received-elements.ts"
import { classifySendFailure } from "./classify-send-failure.ts"
import { sendMessage, sendReadReceipt } from "./send-message-and-read-receipt.ts"
import { templates } from "./fetch-and-read-templates.ts"
import { answerHandshake, isSignatureValid } from "./webhook-signature-and-handshake.ts"

const id = z.string().regex(/^\d{5,30}$/, "must be the number that Meta shows, digits only")
const token = z.string().min(8, "must have at least 8 characters").max(1_000)

export const whatsapp: Channel = {
  name: "WhatsApp",
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
  uniqueSetting: { name: "phoneNumberId", index: "connections_whatsapp_number" },
  reach: { anywhere: ["phone", "bsuid"], here: ["group"] },
  marks: "single",
  // The customer service window: for 24 hours after a customer's last message; outside it, templates only.
  replyLimits: { windowMs: 24 * 3_600_000, longestText: 4_096, longestCaption: 1_024, filesPerMessage: 1 },
  // Meta's limits (2026-05-21): 80 messages a second of one number; to one person one in six seconds on average, with
  // short bursts above it, so that three lines typed quickly do not wait for each other.
  sendRate: { perSecond: 80, perRecipient: { sends: 10, withinMs: 60_000 } },
  repeatable: false,
  send: sendMessage,
  classifyFailure: classifySendFailure,
  templates,
  sendReadReceipt,
  // Documents of 100 MB.
  files: { maxBytes: 100 * 1024 * 1024, fetch: fetchMedia },
  check: checkNumber,
  webhook: {
    // Meta sends up to 3 MB at once.
    maxBytes: 3 * 1024 * 1024,
    handshake: (query, account) => answerHandshake(query, account?.secrets["verifyToken"]),
    isAuthentic: (body, headers, { secrets }) =>
      isSignatureValid(body, headers["x-hub-signature-256"], secrets["appSecret"]),
  },
  receive,
  checks: whatsappInvariants,
}
