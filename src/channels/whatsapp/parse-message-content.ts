// What a message of each type says, as plain text, and which files belong to it.
import { fileNameOf } from "#kernel/storage/safe-file-names.ts"
import type { TextId } from "#texts/languages-and-text-ids.ts"
import type { ChannelFile } from "../received-messages-and-reports.ts"
import * as shapes from "./webhook-schemas.ts"

export type FormatPlaceholder = (id: TextId, values?: Record<string, unknown>) => string

export type Content = { text: string; files: ChannelFile[] }

const mediaTypes = ["image", "video", "audio", "document", "sticker"] as const
type MediaType = (typeof mediaTypes)[number]

/** The content of one message. Throws when a known type does not have its shape; an unknown type is said to be one. */
export function contentOf(message: shapes.Message, say: FormatPlaceholder): Content {
  const { text, files } = typed(message, say)
  const advert = message.referral ? advertOf(message.referral, say) : ""
  return { text: [text, advert].filter(Boolean).join("\n\n"), files }
}

function typed(message: shapes.Message, say: FormatPlaceholder): Content {
  const of = message[message.type]
  if ((mediaTypes as readonly string[]).includes(message.type)) return file(message.type as MediaType, of, say)
  return { text: textOf(message.type, of, message, say), files: [] }
}

function textOf(type: string, of: unknown, message: shapes.Message, say: FormatPlaceholder): string {
  switch (type) {
    case "text":
      if (!message.text) throw new Error("a text message without text")
      return message.text.body
    case "location":
      return place(shapes.location.parse(of), say)
    case "contacts":
      return cards(shapes.cards.parse(of), say)
    case "interactive":
      return choice(shapes.interactive.parse(of), say)
    case "button": {
      const { text, payload } = shapes.button.parse(of)
      return text ?? payload ?? say("whatsapp.received.unsupported")
    }
    case "order":
      return order(shapes.order.parse(of), say)
    default:
      return say("whatsapp.received.unsupported")
  }
}

const fallbackTypes: Record<MediaType, string> = {
  image: "image/jpeg",
  video: "video/mp4",
  audio: "audio/ogg",
  document: "application/octet-stream",
  sticker: "image/webp",
}

function file(type: MediaType, of: unknown, say: FormatPlaceholder): Content {
  const media = shapes.media.parse(of)
  const mimeType = media.mime_type?.split(";")[0]?.trim().toLowerCase() || fallbackTypes[type]
  const named = media.filename?.trim() ? fileNameOf(media.filename, mimeType, type) : ""
  const fileName = named || fileNameOf(undefined, mimeType, type)
  const sha256 = media.sha256 === undefined ? null : hexOf(media.sha256)
  const placeholder = type === "document" && named ? named : say(media.voice ? "received.voice" : `received.${type}`)
  return {
    text: media.caption || placeholder,
    files: [{ providerId: media.id, mimeType, fileName, sha256 }],
  }
}

// Written in Base64 by the webhook, in hex by the media endpoint.
export function hexOf(digest: string): string | null {
  if (/^[0-9a-f]{64}$/i.test(digest)) return digest.toLowerCase()
  const bytes = Buffer.from(digest, "base64")
  return bytes.length === 32 ? bytes.toString("hex") : null
}

function place(at: ReturnType<typeof shapes.location.parse>, say: FormatPlaceholder): string {
  const link = `https://maps.google.com/?q=${at.latitude},${at.longitude}`
  const named = [at.name, at.address].filter(Boolean).join(", ")
  return [say("received.location"), named, link].filter(Boolean).join("\n")
}

function cards(all: ReturnType<typeof shapes.cards.parse>, say: FormatPlaceholder): string {
  const lines = all.map(({ name, phones, emails, org }) => {
    const called = name?.formatted_name || [name?.first_name, name?.last_name].filter(Boolean).join(" ")
    const reached = [...(phones ?? []).map((p) => p.phone || p.wa_id), ...(emails ?? []).map((e) => e.email)]
    return [called, org?.company, ...reached].filter(Boolean).join(" · ")
  })
  return [say("received.contact"), ...lines].join("\n")
}

function choice(given: ReturnType<typeof shapes.interactive.parse>, say: FormatPlaceholder): string {
  const picked = given.button_reply ?? given.list_reply
  if (picked) return [picked.title ?? picked.id, picked.description].filter(Boolean).join("\n")
  if (given.call_permission_reply) return callPermission(given.call_permission_reply, say)
  if (given.nfm_reply) return [say("received.form"), ...fields(given.nfm_reply.response_json)].join("\n")
  return say("whatsapp.received.unsupported")
}

function callPermission({ response }: { response: string }, say: FormatPlaceholder): string {
  return say(response === "accept" ? "whatsapp.received.callsAllowed" : "whatsapp.received.callsRefused")
}

// The answers of a form, without the token that belongs to its machinery.
function fields(json: string | undefined): string[] {
  try {
    const answers = JSON.parse(json ?? "{}") as Record<string, unknown>
    const answered = Object.entries(answers).filter(([key]) => key !== "flow_token")
    return answered.map(([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
  } catch {
    return [json ?? ""]
  }
}

function order(
  { text, product_items: items = [] }: ReturnType<typeof shapes.order.parse>,
  say: FormatPlaceholder,
): string {
  const lines = items.map(({ quantity = 1, product_retailer_id: product, item_price: price, currency }) =>
    [`${quantity} × ${product}`, price === undefined ? "" : `${price} ${currency ?? ""}`.trim()]
      .filter(Boolean)
      .join(" · "),
  )
  return [say("received.order"), ...lines, text].filter(Boolean).join("\n")
}

function advertOf(referral: NonNullable<shapes.Message["referral"]>, say: FormatPlaceholder): string {
  const about = referral.headline || referral.body || referral.source_id || ""
  return [say("received.advert", { headline: about }), referral.source_url].filter(Boolean).join("\n")
}
