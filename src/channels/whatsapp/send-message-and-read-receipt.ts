// One try to send through the Cloud API. Our message id travels as biz_opaque_callback_data, so that a report can say
// what became of a try that was never answered.
import { textWithMarks } from "#markdown/index.ts"
import type { ChannelAccount } from "../channel.ts"
import type { OutgoingFile, OutgoingMessage, SendFault, SendOutcome } from "../outgoing-message.ts"
import { type Account, callGraph, type GraphAnswer } from "./graph-api.ts"
import { classifySendFailure } from "./classify-send-failure.ts"

export async function sendMessage(sender: ChannelAccount, message: OutgoingMessage): Promise<SendOutcome> {
  const to = recipientOf(message)
  if (!to) return { state: "rejected", why: "no_address", class: "recipient" }
  const account = accountOf(sender)
  // Meta would say the same; nobody needs to be asked.
  if (account.token === "") return { state: "blocked", why: "token", class: "account" }
  const number = String(sender.settings["phoneNumberId"])
  const [file] = message.files
  const media = file ? await upload(account, number, file) : null
  if (media && media.state !== "ok") return outcomeOfFailure(media, "retry")
  const answer = await callGraph(account, "POST", `${number}/messages`, {
    messaging_product: "whatsapp",
    ...to,
    ...contentOf(message, media && mediaId(media.body)),
    ...(message.replyToExternalId && { context: { message_id: message.replyToExternalId } }),
    biz_opaque_callback_data: message.messageId,
  })
  if (answer.state === "ok") return accepted(answer.body)
  if (file && answer.state === "refused") given.delete(keyOf(account, number, file))
  return outcomeOfFailure(answer, "unknown")
}

/** Shows the customer that we have read up to this message, and that somebody is writing. */
export async function sendReadReceipt(sender: ChannelAccount, externalId: string, isTyping: boolean): Promise<boolean> {
  const answer = await callGraph(accountOf(sender), "POST", `${String(sender.settings["phoneNumberId"])}/messages`, {
    messaging_product: "whatsapp",
    status: "read",
    message_id: externalId,
    ...(isTyping && { typing_indicator: { type: "text" } }),
  })
  return answer.state === "ok"
}

export function accountOf({ apiUrl: graphUrl, secrets, outbound }: ChannelAccount): Account {
  return { graphUrl, token: secrets["accessToken"] ?? "", outbound }
}

// The number as WhatsApp itself writes it, which need not be as it is dialled. A person without a number (they took a
// username) is reached by the id that this portfolio knows them by.
function recipientOf({ to }: OutgoingMessage): Record<string, string> | null {
  if (to?.kind === "group") return { recipient_type: "group", to: to.address }
  if (to?.kind === "phone") return { recipient_type: "individual", to: to.address.replace(/^\+/, "") }
  return to?.kind === "bsuid" ? { recipient_type: "individual", recipient: to.address } : null
}

function contentOf(message: OutgoingMessage, media: string | null): Record<string, unknown> {
  const { template, files, content } = message
  const text = textWithMarks(content, "single")
  if (template) return { type: "template", template: templateOf(template, files[0], media) }
  const [file] = files
  if (!file || !media) return { type: "text", text: { body: text, preview_url: /https?:\/\//.test(text) } }
  const type = mediaTypeOf(file.mimeType, text !== "")
  const caption = text === "" ? {} : { caption: text }
  return { type, [type]: { id: media, ...caption, ...(type === "document" && { filename: file.name }) } }
}

function templateOf(
  template: NonNullable<OutgoingMessage["template"]>,
  file: OutgoingFile | undefined,
  media: string | null,
) {
  const type = file && mediaTypeOf(file.mimeType, true)
  const named = type === "document" && file ? { filename: file.name } : {}
  const header = type && media ? [{ type: "header", parameters: [{ type, [type]: { id: media, ...named } }] }] : []
  return { name: template.name, language: { code: template.language }, components: [...header, ...template.components] }
}

const images = new Set(["image/jpeg", "image/png"])
const videos = new Set(["video/mp4", "video/3gpp"])
const sounds = new Set(["audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg"])

/** As which type WhatsApp shows it. A sound cannot carry a text: together they go as a document. */
export function mediaTypeOf(mimeType: string, hasCaption: boolean): "image" | "video" | "audio" | "document" {
  const type = mimeType.split(";")[0]!.trim().toLowerCase()
  if (images.has(type)) return "image"
  if (videos.has(type)) return "video"
  return sounds.has(type) && !hasCaption ? "audio" : "document"
}

// Meta keeps what we give it for 30 days: the same file to many people is given once. An id that has gone stale shows as
// a fault of the media, and then the file is given anew.
const given = new Map<string, { answer: Promise<GraphAnswer>; at: number }>()
const keptForMs = 24 * 3_600_000
const mostKept = 1_000

function upload(account: Account, number: string, file: OutgoingFile): Promise<GraphAnswer> {
  const key = keyOf(account, number, file)
  const [before, now] = [given.get(key), performance.now()]
  if (before && now - before.at < keptForMs) return before.answer
  if (given.size >= mostKept) given.clear()
  const answer = uploadAnew(account, number, file)
  given.set(key, { answer, at: now })
  void answer.then(({ state }) => state !== "ok" && given.delete(key))
  return answer
}

const keyOf = ({ graphUrl }: Account, number: string, { sha256, mimeType, name }: OutgoingFile) =>
  [graphUrl, number, sha256, mimeType, name].join(" ")

async function uploadAnew(account: Account, number: string, file: OutgoingFile): Promise<GraphAnswer> {
  const form = new FormData()
  form.set("messaging_product", "whatsapp")
  form.set("type", file.mimeType)
  form.set("file", new Blob([new Uint8Array(await file.read())], { type: file.mimeType }), file.name)
  return callGraph(account, "POST", `${number}/media`, form)
}

const mediaId = (body: Record<string, unknown>) => String(body["id"])

// 200 without an id of the message is no promise to send it.
function accepted(body: Record<string, unknown>): SendOutcome {
  const [first] = Array.isArray(body["messages"]) ? (body["messages"] as { id?: unknown }[]) : []
  if (typeof first?.id !== "string") return { state: "rejected", why: "no_message_id", class: "request" }
  return { state: "sent", externalId: first.id }
}

function outcomeOfFailure(answer: Exclude<GraphAnswer, { state: "ok" }>, unanswered: "retry" | "unknown"): SendOutcome {
  if (answer.state === "unreachable") return { state: "retry", why: "unreachable", class: "transient" }
  if (answer.state === "unanswered") return { state: unanswered, why: "timeout", class: "transient" }
  const { code, httpStatus, retryAfterMs } = answer
  const failure = classifySendFailure({ code, httpStatus })
  const fault: SendFault = { why: failure.reasonCode, class: failure.class, httpStatus, ...(code !== null && { code }) }
  if (failure.class === "account") return { state: "blocked", ...fault }
  const waits = failure.retry === "later" || failure.retry === "once"
  return waits
    ? { state: "retry", ...fault, ...(retryAfterMs !== null && { afterMs: retryAfterMs }) }
    : { state: "rejected", ...fault }
}
