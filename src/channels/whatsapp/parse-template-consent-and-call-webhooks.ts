// Webhooks about the account and about people's choices, beside messages: templates that changed, marketing that somebody
// does not want any more, calls.
import { z } from "zod"
import type { FormatPlaceholder } from "./parse-message-content.ts"
import type { TemplateChange } from "../received-messages-and-reports.ts"
import type { ParsedAddress, ParsedMessage } from "./parsed-message.ts"

const some = z.string().optional()
const seconds = z.union([z.string().regex(/^\d{1,12}$/), z.int().min(0)]).transform(Number)

const templateFields = ["message_template_status_update", "template_category_update"]

export const isTemplateField = (field: string) => templateFields.includes(field)

const templateUpdate = z.object({
  message_template_name: z.string(),
  message_template_language: z.string(),
  event: some,
  new_category: some,
})

// https://developers.facebook.com/docs/whatsapp/business-management-api/webhooks/components: words that end a stop.
const backToApproved = ["APPROVED", "REINSTATED", "UNPAUSED"]
// A template that is flagged may be sent until it is paused or disabled.
const withoutEffect = ["FLAGGED", "LOCKED", "UNLOCKED", "UNARCHIVED", "ARCHIVED"]

/** Null: it says nothing that changes what may be sent. */
export function parseTemplateChange(value: unknown): TemplateChange | null {
  const { event, new_category, ...named } = templateUpdate.parse(value)
  const word = event?.toUpperCase()
  const status = word === undefined || withoutEffect.includes(word) ? undefined : word
  if (status === undefined && new_category === undefined) return null
  return {
    name: named.message_template_name,
    // Written with a hyphen in some webhooks, with an underscore in the list of templates.
    language: named.message_template_language.replace("-", "_"),
    ...(status !== undefined && { status: backToApproved.includes(status) ? "APPROVED" : status }),
    ...(new_category !== undefined && { category: new_category.toUpperCase() }),
  }
}

/** Whether somebody wants marketing, since when. */
export type Preference = { addresses: ParsedAddress[]; wantsMarketing: boolean; at: Date | null }

const preference = z.object({
  wa_id: some,
  user_id: some,
  category: some,
  value: z.string(),
  timestamp: seconds.optional(),
})

/** Null: it is about something else than marketing. */
export function parsePreference(given: unknown): Preference | null {
  const { wa_id: phone, user_id: bsuid, category = "marketing_messages", value, timestamp } = preference.parse(given)
  if (category !== "marketing_messages" || !["stop", "resume"].includes(value)) return null
  return { addresses: addressesOf(phone, bsuid), wantsMarketing: value === "resume", at: timeOf(timestamp) }
}

const call = z.object({
  id: z.string().min(1).max(1_000),
  from: some,
  from_user_id: some,
  direction: some,
  timestamp: seconds.optional(),
})

/**
 * A call of a customer is a contact like a message, and opens the window. Its beginning and its end bear the same id: the
 * one that comes second changes nothing. Null: we called.
 */
export function parseCall(given: unknown, name: string, say: FormatPlaceholder): ParsedMessage | null {
  const { id, from, from_user_id: bsuid, direction = "USER_INITIATED", timestamp } = call.parse(given)
  const addresses = addressesOf(from, bsuid)
  if (direction !== "USER_INITIATED" || addresses.length === 0) return null
  const said = {
    kind: "message",
    direction: "in",
    text: say("whatsapp.received.call"),
    replyTo: null,
    files: [],
  } as const
  return { ...said, files: [], externalId: id, addresses, name, group: null, sentAt: timeOf(timestamp) }
}

const timeOf = (timestamp: number | undefined) => (timestamp === undefined ? null : new Date(timestamp * 1000))

/** The phone first. */
export function addressesOf(phone: string | undefined, bsuid: string | undefined): ParsedAddress[] {
  const number = phone?.replace(/[^\d]/g, "")
  return [
    ...(number ? [{ kind: "phone" as const, value: number }] : []),
    ...(bsuid ? [{ kind: "bsuid" as const, value: bsuid }] : []),
  ]
}
