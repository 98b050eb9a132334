// Meta's Graph API as far as Hilo uses it: a real HTTP server that accepts, refuses, does not answer, and reports back
// in whatever order a test wants. It refuses what the real one refuses, and counts what it accepted.
import { createHmac } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { after } from "node:test"

export type AcceptedMessage = { id: string; body: Record<string, unknown>; callback: string; to: string; at: number }
export type Template = { name: string; language: string; category: string; status: string; components: unknown[] }

/** A template as Meta lists it once it may be used; `header` comes before its text. */
export const approvedTemplate = (
  name: string,
  text: string,
  { category = "UTILITY", header = [] as unknown[] } = {},
) => ({
  name,
  language: "es",
  category,
  status: "APPROVED",
  components: [...header, { type: "BODY", text }],
})

/**
 * What happens to the next message. `refuse`: an error of Meta's. `no-answer`: accepted, but the answer never comes.
 * `drop`: nothing is accepted and nothing answered. `empty`: 200 without the message's id.
 */
export type Script =
  | { does: "accept"; messageStatus?: string }
  | { does: "no-answer" | "drop" | "empty" }
  | { does: "refuse"; status: number; code?: number; retryAfter?: number }

export const phoneNumberId = "106540352242922"
export const wabaId = "102290129340398"
export const accessToken = "EAAG-token-of-a-test"
export const appSecret = "app-secret-of-a-test"

type State = ReturnType<typeof newState>
export type FakeGraphApi = State & { url: string; close: () => void }

function newState() {
  let ids = 0
  return {
    accepted: [] as AcceptedMessage[],
    /** Every request for a message, accepted or not. */
    tries: [] as Record<string, unknown>[],
    marks: [] as Record<string, unknown>[],
    uploads: [] as { id: string; mimeType: string; name: string; size: number }[],
    templates: [] as Template[],
    /** Files that customers sent: what is there, and where it is said to be. */
    files: new Map<string, { bytes: Buffer; mimeType: string; url?: string; redirect?: string }>(),
    token: accessToken,
    script: [] as Script[],
    /** Asked for each message that the script says nothing about. */
    otherwise: (_body: Record<string, unknown>): Script => ({ does: "accept" }),
    nextId: () => ++ids,
  }
}

export async function startFakeGraphApi(): Promise<FakeGraphApi> {
  const state = newState()
  const server = createServer((request, response) => {
    void answer(state, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  after(close)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v23.0`
  return Object.assign(state, { url, close })
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const raw = Buffer.concat(chunks)
  const { pathname, searchParams } = new URL(request.url!, "http://graph")
  const [, first = "", second = ""] = pathname.replace(/^\/v\d+\.0/, "").split("/")
  if (request.headers.authorization !== `Bearer ${state.token}`) return refuse(response, { status: 401, code: 190 })
  if (request.method === "GET" && first === phoneNumberId && !second) {
    return reply(response, { id: first, display_phone_number: "+57 300 000 0000", verified_name: "Hilo" })
  }
  if (request.method === "GET" && first === wabaId && second === "message_templates") {
    return reply(response, page(state.templates, searchParams))
  }
  const file = request.method === "GET" ? state.files.get(second || first) : undefined
  if (file?.redirect && first === "file") return void response.writeHead(302, { location: file.redirect }).end()
  if (file && first === "file") return void response.writeHead(200).end(file.bytes)
  if (file) {
    const at = `http://${request.headers.host}/v23.0/file/${first}`
    return reply(response, { id: first, mime_type: file.mimeType, url: file.url ?? at })
  }
  if (first !== phoneNumberId) return refuse(response, { status: 400, code: 100 })
  if (second === "media") return reply(response, upload(state, raw, String(request.headers["content-type"])))
  if (second !== "messages") return refuse(response, { status: 400, code: 100 })
  return message(state, JSON.parse(raw.toString()) as Record<string, unknown>, response)
}

function message(state: State, body: Record<string, unknown>, response: ServerResponse) {
  if (body["status"] === "read") {
    state.marks.push(body)
    return reply(response, { success: true })
  }
  state.tries.push(body)
  const step = state.script.shift() ?? state.otherwise(body)
  if (step.does === "drop") return response.destroy()
  if (step.does === "refuse") return refuse(response, step)
  if (!isMessage(body)) return refuse(response, { status: 400, code: 100 })
  if (step.does === "empty") return reply(response, { messaging_product: "whatsapp", messages: [] })
  const to = String(body["to"] ?? body["recipient"])
  const id = `wamid.HBg${String(state.nextId()).padStart(8, "0")}`
  state.accepted.push({ id, body, to, callback: String(body["biz_opaque_callback_data"]), at: Date.now() })
  if (step.does === "no-answer") return response.destroy()
  const status = "messageStatus" in step ? { message_status: step.messageStatus } : {}
  return reply(response, {
    messaging_product: "whatsapp",
    contacts: [{ input: to, wa_id: to }],
    messages: [{ id, ...status }],
  })
}

function upload(state: State, raw: Buffer, type: string) {
  const text = raw.toString("latin1")
  const part = /filename="([^"]*)"\r\nContent-Type: ([^\r]+)\r\n\r\n/i.exec(text)
  const boundary = /boundary=(.+)$/.exec(type)?.[1] ?? ""
  const begins = (part?.index ?? 0) + (part?.[0].length ?? 0)
  const size = text.indexOf(`\r\n--${boundary}`, begins) - begins
  const id = String(1_000_000 + state.nextId())
  state.uploads.push({ id, name: part?.[1] ?? "", mimeType: part?.[2] ?? "", size })
  return { id }
}

function isMessage(body: Record<string, unknown>): boolean {
  const type = String(body["type"])
  if (body["messaging_product"] !== "whatsapp" || !(body["to"] ?? body["recipient"]) || !body[type]) return false
  const text = (body["text"] as { body?: string } | undefined)?.body
  return type !== "text" || (typeof text === "string" && text.length > 0 && text.length <= 4096)
}

function page(all: Template[], query: URLSearchParams) {
  const from = Number(query.get("after") ?? 0)
  const to = from + Number(query.get("limit") ?? 25)
  const next = to < all.length ? { next: "http://169.254.169.254/never-followed" } : {}
  return { data: all.slice(from, to), paging: { cursors: { before: String(from), after: String(to) }, ...next } }
}

function reply(response: ServerResponse, body: object) {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body))
}

function refuse(
  response: ServerResponse,
  { status, code, retryAfter }: { status: number; code?: number; retryAfter?: number },
) {
  const error = { message: `(#${code}) refused`, type: "OAuthException", code, fbtrace_id: "A1" }
  response
    .writeHead(status, { "content-type": "application/json", ...(retryAfter && { "retry-after": String(retryAfter) }) })
    .end(JSON.stringify(code === undefined ? {} : { error }))
}

/** What Meta posts to the webhook about a message that it accepted. */
export function statusWebhook(
  of: AcceptedMessage,
  status: "sent" | "delivered" | "read" | "failed",
  more: object = {},
) {
  const timestamp = String(Math.floor(of.at / 1000))
  const report = { id: of.id, status, timestamp, recipient_id: of.to, biz_opaque_callback_data: of.callback, ...more }
  return webhook({ statuses: [report] })
}

/** The envelope around what happened, as Meta posts it. */
export function webhook(value: object) {
  const metadata = { display_phone_number: "573000000000", phone_number_id: phoneNumberId }
  const change = { field: "messages", value: { messaging_product: "whatsapp", metadata, ...value } }
  return { object: "whatsapp_business_account", entry: [{ id: wabaId, changes: [change] }] }
}

/** Posts it to a webhook of Hilo, signed as Meta signs: over the bytes that are sent. */
export function signed(body: object, secret = appSecret) {
  const raw = JSON.stringify(body)
  const signature = createHmac("sha256", secret).update(raw).digest("hex")
  return { payload: raw, headers: { "content-type": "application/json", "x-hub-signature-256": `sha256=${signature}` } }
}
