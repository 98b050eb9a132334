// One webhook of the Cloud API in words that every channel shares. Nothing here knows what is stored already.
import { type Content, contentOf, type FormatPlaceholder } from "./parse-message-content.ts"
import {
  addressesOf,
  isTemplateField,
  type Preference,
  parseCall,
  parsePreference,
  parseTemplateChange,
} from "./parse-template-consent-and-call-webhooks.ts"
import type { ChannelReport, TemplateChange } from "../received-messages-and-reports.ts"
import type { ParsedAddress, ParsedMessage } from "./parsed-message.ts"
import * as shapes from "./webhook-schemas.ts"

export type { FormatPlaceholder } from "./parse-message-content.ts"

/** The smallest element that can be processed, quarantined and replayed by itself. */
export type WebhookElement = { waba: string; field: string; value: Record<string, unknown> }

export const reportStatuses = ["sent", "delivered", "read", "failed"] as const

/** `callback`: what we gave along when sending, our own id of the message. */
export type ParsedReport = Omit<ChannelReport, "reason" | "failureClass" | "messageId"> & { callback: string | null }

export type ParsedElement =
  | { type: "message"; message: ParsedMessage }
  | { type: "report"; report: ParsedReport }
  /** One person: the address that is known, and the new one. */
  | { type: "identity"; before: ParsedAddress; after: ParsedAddress }
  | { type: "template"; change: TemplateChange }
  | { type: "preference"; preference: Preference }
  | { type: "ignored"; because: "field" | "status" | "notice" | "nobody" }

const listed = ["messages", "statuses", "message_echoes", "user_id_update", "user_preferences", "calls"] as const

/** Takes a whole delivery apart, in the order in which it was written. Throws when it is no envelope at all. */
export function splitWebhook(body: unknown): WebhookElement[] {
  return shapes.envelope.parse(body).entry.flatMap(({ id = "", changes }) =>
    changes.flatMap(({ field, value }) => {
      if (isTemplateField(field)) return [{ waba: id, field, value }]
      const { metadata, contacts, ...rest } = value
      const shared = { ...(metadata !== undefined && { metadata }), ...(contacts !== undefined && { contacts }) }
      return listed.flatMap((list) =>
        Array.isArray(rest[list])
          ? (rest[list] as unknown[]).map((one) => ({ waba: id, field, value: { ...shared, [list]: [one] } }))
          : [],
      )
    }),
  )
}

/** The number that the element is for, when it says so. */
export function phoneNumberIdOf(element: WebhookElement): string | null {
  return shapes.value.parse(element.value).metadata?.phone_number_id ?? null
}

/** What one element means. Throws when it does not have the shape that its type has. */
export function parseElement({ field, value }: WebhookElement, say: FormatPlaceholder): ParsedElement {
  if (isTemplateField(field)) return orIgnored("template", "change", parseTemplateChange(value))
  const shared = shapes.value.parse(value)
  const of = (list: (typeof listed)[number]) => (value[list] as unknown[] | undefined)?.[0]
  if (of("statuses") !== undefined) return readStatus(shapes.status.parse(of("statuses")))
  if (of("user_id_update") !== undefined) return readIdChange(shapes.idChange.parse(of("user_id_update")))
  if (of("user_preferences") !== undefined)
    return orIgnored("preference", "preference", parsePreference(of("user_preferences")))
  if (of("calls") !== undefined)
    return orIgnored("message", "message", parseCall(of("calls"), shared.contacts?.[0]?.profile?.name ?? "", say))
  const echo = of("message_echoes")
  if (echo !== undefined) return readEcho(shapes.message.parse(echo), say)
  const given = of("messages")
  if (given === undefined || field !== "messages") return { type: "ignored", because: "field" }
  return readMessage(shapes.message.parse(given), shared, say)
}

const orIgnored = <T extends ParsedElement["type"], K extends string, V>(type: T, key: K, value: V | null) =>
  (value === null ? { type: "ignored", because: "notice" } : { type, [key]: value }) as ParsedElement

function readMessage(
  message: shapes.Message,
  value: ReturnType<typeof shapes.value.parse>,
  say: FormatPlaceholder,
): ParsedElement {
  const { phone_number_id: own, display_phone_number: ownNumber } = value.metadata ?? {}
  if (message.type === "system") return readNotice(message)
  // Somebody opened the chat for the first time and has said nothing yet.
  if (message.type === "request_welcome") return { type: "ignored", because: "notice" }
  const people = value.contacts ?? []
  const known = people.find((one) => isWriter(one, message))
  const isOurs = !known && message.from !== undefined && [own, digits(ownNumber)].includes(message.from)
  const writer = known ?? (people.length === 1 ? people[0] : undefined)
  const addresses = isOurs
    ? addressesOf(message.to ?? writer?.wa_id, writer?.user_id)
    : addressesOf(message.from ?? writer?.wa_id, message.from_user_id ?? writer?.user_id)
  if (addresses.length === 0) return { type: "ignored", because: "nobody" }
  const said = isOurs ? echoed(message, say) : spoken(message, say)
  return {
    type: "message",
    message: {
      ...said,
      externalId: message.id,
      addresses,
      name: writer?.profile?.name ?? "",
      group: message.group_id ? { id: message.group_id, name: say("whatsapp.received.group") } : null,
      sentAt: message.timestamp === undefined ? null : new Date(message.timestamp * 1000),
    },
  }
}

const isWriter = (one: ReturnType<typeof shapes.profile.parse>, message: shapes.Message) =>
  (one.wa_id !== undefined && one.wa_id === message.from) ||
  (one.user_id !== undefined && one.user_id === message.from_user_id)

type Said = Pick<ParsedMessage, "kind" | "direction" | "text" | "replyTo" | "files">

function spoken(message: shapes.Message, say: FormatPlaceholder): Said {
  const notice = (kind: "reaction" | "system", text: string, replyTo: string): Said => ({
    kind,
    direction: "in",
    text,
    replyTo,
    files: [],
  })
  if (message.type === "reaction") {
    const { message_id: to, emoji = "" } = shapes.reaction.parse(message["reaction"])
    return notice("reaction", emoji, to)
  }
  if (message.type === "edit") {
    const { original_message_id: to, message: after } = shapes.edit.parse(message["edit"])
    return notice("system", say("received.edited", { text: editedText(after, say) }), to)
  }
  if (message.type === "revoke") {
    return notice("system", say("received.deleted"), shapes.revoke.parse(message["revoke"]).original_message_id)
  }
  return { kind: "message", direction: "in", replyTo: message.context?.id ?? null, ...contentOf(message, say) }
}

function editedText(after: ReturnType<typeof shapes.edit.parse>["message"], say: FormatPlaceholder): string {
  const type = after?.type ?? "text"
  return contentOf({ id: "edited", ...after, type }, say).text
}

/** What staff wrote on the account's own phone: it never makes or reopens a ticket. */
function echoed(message: shapes.Message, say: FormatPlaceholder): Said {
  const content: Content = contentOf(message, say)
  return { kind: "system", direction: "out", replyTo: message.context?.id ?? null, ...content }
}

function readEcho(message: shapes.Message, say: FormatPlaceholder): ParsedElement {
  const addresses = addressesOf(message.to, undefined)
  if (addresses.length === 0) return { type: "ignored", because: "nobody" }
  const sentAt = message.timestamp === undefined ? null : new Date(message.timestamp * 1000)
  const about = { externalId: message.id, addresses, name: "", group: null, sentAt }
  return { type: "message", message: { ...echoed(message, say), ...about } }
}

/** Notices of the channel itself: the only one that means something is that somebody has another number now. */
function readNotice(message: shapes.Message): ParsedElement {
  const notice = shapes.system.parse(message["system"])
  const after = notice.wa_id ?? notice.new_wa_id
  const isChange = notice.type === "user_changed_number" || notice.type === "customer_changed_number"
  if (!isChange || !after || !message.from) return { type: "ignored", because: "notice" }
  return { type: "identity", before: { kind: "phone", value: message.from }, after: { kind: "phone", value: after } }
}

function readIdChange(change: ReturnType<typeof shapes.idChange.parse>): ParsedElement {
  const before = change.user_id?.previous ?? change.previous_user_id
  const after = change.user_id?.current ?? change.current_user_id
  if (!after) return { type: "ignored", because: "notice" }
  const known = before ? { kind: "bsuid" as const, value: before } : addressesOf(change.wa_id, undefined)[0]
  if (!known) return { type: "ignored", because: "notice" }
  return { type: "identity", before: known, after: { kind: "bsuid", value: after } }
}

function readStatus(status: ReturnType<typeof shapes.status.parse>): ParsedElement {
  // A voice message that was played was read before.
  const word = status.status === "played" ? "read" : status.status
  const known = reportStatuses.find((one) => one === word)
  if (!known) return { type: "ignored", because: "status" }
  return {
    type: "report",
    report: {
      externalId: status.id,
      status: known,
      participant: status.recipient_participant_id ?? "",
      at: status.timestamp === undefined ? null : new Date(status.timestamp * 1000),
      code: status.errors?.[0]?.code ?? null,
      callback: status.biz_opaque_callback_data ?? null,
    },
  }
}

const digits = (text: string | undefined) => text?.replace(/[^\d]/g, "")
