// The hook of Splynx: something of a ticket has changed. It says what to look at sooner; only what Splynx is asked counts.
import { createHash, createHmac } from "node:crypto"
import { isUtf8 } from "node:buffer"
import { exceedsJsonLimits } from "#kernel/http/json-limits.ts"
import { sameSecret } from "#kernel/secrets.ts"
import type { HookContent, HookRequest, HookSender, SystemHook } from "../systems/system-hook.ts"
import { idIn } from "./parse-splynx-ticket.ts"

export const splynxHook: SystemHook = {
  path: "splynx",
  maxBytes: 256 * 1024,
  isHint: true,
  admit: (request, systems) => {
    const sender = systems.find((system) => isSigned(request, system))
    const type = sender || request.body.length <= longestPing ? fieldsIn(textOf(request.body)).type : null
    if (type === "ping") return { status: 200, body: "ok" }
    if (!sender) return { status: 401, body: { error: "bad signature" } }
    if (type !== "event") return { status: 400, body: { error: "unknown type" } }
    return { systemId: sender.id, digest: createHash("sha256").update(request.body).digest("hex") }
  },
  read: contentOf,
  answer: () => ({ status: 200, body: "ok" }),
}

// Pings need no signature. A form of a hundred thousand names takes long to read: it is read when it is Splynx's.
const longestPing = 4 * 1024

const textOf = (body: Buffer) => (isUtf8(body) ? body.toString() : "")

function isSigned({ headers, body }: HookRequest, { secrets }: HookSender): boolean {
  const [given, secret] = [headers["x-splynx-signature"], secrets["hookSecret"]]
  if (typeof given !== "string" || secret === undefined) return false
  return sameSecret(given.trim().toLowerCase(), createHmac("sha1", secret).update(body).digest("hex"))
}

type Fields = { type: unknown; model: unknown; id: unknown }

/** JSON, or a form with names such as data[attributes][id], whose values may be JSON again. */
function fieldsIn(text: string): Fields {
  if (exceedsJsonLimits(text)) return { type: null, model: null, id: null }
  const whole = objectIn(text) ?? formIn(text)
  const data = objectIn(whole["data"])
  const attributes = objectIn(data?.["attributes"])
  // A message of a ticket names the ticket.
  return { type: whole["type"], model: data?.["model"], id: attributes?.["ticket_id"] ?? attributes?.["id"] }
}

type JsonObject = Record<string, unknown>

function objectIn(value: unknown): JsonObject | null {
  if (typeof value !== "string") return typeof value === "object" ? (value as JsonObject | null) : null
  try {
    return objectIn(JSON.parse(value) as JsonObject)
  } catch {
    return null
  }
}

function formIn(text: string): JsonObject {
  const form = new URLSearchParams(text)
  const [model, id] = [
    form.get("data[model]"),
    form.get("data[attributes][ticket_id]") ?? form.get("data[attributes][id]"),
  ]
  return { type: form.get("type"), data: form.get("data") ?? { model, attributes: { id } } }
}

function contentOf(text: string): HookContent {
  const { model, id } = fieldsIn(text)
  const number = typeof model === "string" && /ticket/i.test(model) ? idIn(id) : null
  return { type: "changed", numbers: number === null ? [] : [number] }
}
