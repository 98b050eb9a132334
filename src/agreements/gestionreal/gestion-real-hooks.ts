// The two hooks of Gestión Real: a ticket was opened, a ticket was closed. They come more than once, and out of order.
import { createHash } from "node:crypto"
import { isUtf8 } from "node:buffer"
import type {
  AdmittedHook,
  HookAnswer,
  HookContent,
  HookRequest,
  HookSender,
  SystemHook,
} from "../systems/system-hook.ts"
import { provesWholeRequest, senderOfHook } from "./authenticate-hook.ts"
import { type HookBody, type HookField, parseHookBody } from "./parse-hook-body.ts"

const common = {
  maxBytes: 64 * 1024,
  isHint: false,
  answer: ({ id, isNew }): HookAnswer => ({ status: 200, body: { ok: true, id, ...(!isNew && { duplicate: true }) } }),
} satisfies Partial<SystemHook>

const inOpening: readonly HookField[] = ["numero_ticket", "numero_cliente"]
const inClosure: readonly HookField[] = ["numero_ticket"]

export const gestionRealHooks: SystemHook[] = [
  {
    ...common,
    path: "nuevo-ticket",
    admit: (request, systems) =>
      admit(request, systems, { required: inOpening, digestOf: (body) => body.digest, isOther: isClosure }),
    read: (text) => openingOf(bodyOf(text, inOpening)),
  },
  {
    ...common,
    path: "cierre-ticket",
    admit: (request, systems) =>
      admit(request, systems, {
        required: inClosure,
        digestOf: (body) => closureDigest(body, request.now),
        isOther: isOpening,
      }),
    read: (text) => closureOf(bodyOf(text, inClosure)),
  },
]

// Both say when the ticket was created. A closure says more, though its `fc` may be empty or unreadable: how it ended is a closure's
// alone. An opening may name somebody it is assigned to, and is one all the same.
const isClosure = ({ closedAt, closureDescription }: HookBody) => closedAt !== null || closureDescription !== ""
const isOpening = ({ createdAt, saysClosed }: HookBody) => createdAt !== null && !saysClosed

/** `isOther`: what it says was posted to the other hook. */
type Admission = {
  required: readonly HookField[]
  digestOf: (body: HookBody) => string
  isOther: (body: HookBody) => boolean
}

function admit(
  request: HookRequest,
  systems: HookSender[],
  { required, digestOf, isOther }: Admission,
): AdmittedHook | HookAnswer {
  const sender = senderOfHook(request, systems)
  if (!sender) return { status: 401, body: { error: "No autorizado" } }
  const parsed = parseHookBody(isUtf8(request.body) ? request.body.toString() : "", required)
  if (!parsed.ok) return { status: 400, body: { error: parsed.error } }
  const { body } = parsed
  const systemId = sender.id
  // A signed body that somebody sends again is what it was, whatever they write above it and wherever they send it.
  if (!provesWholeRequest(request, sender))
    return isOther(body) ? { status: 400, body: { error: "Body de otro hook" } } : { systemId, digest: digestOf(body) }
  const key = request.headers["idempotency-key"] ?? request.headers["x-gr-delivery"]
  return { systemId, digest: typeof key === "string" && key !== "" ? hash(`key ${key}`) : digestOf(body) }
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex")

/** Without its own time, what says the same an hour later is another closure: the ticket was reopened meanwhile. */
const closureDigest = ({ digest, closedAt }: HookBody, now: Date) =>
  closedAt ? digest : hash(`${digest} ${Math.floor(now.getTime() / 3_600_000)}`)

function bodyOf(text: string, required: readonly HookField[]): HookBody {
  const parsed = parseHookBody(text, required)
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.body
}

const openingOf = ({ number, company, createdAt, motive, customerNumber, workNumber }: HookBody): HookContent => ({
  type: "opening",
  number,
  company,
  openedAt: createdAt,
  motive: motive || null,
  customerNumber,
  workNumber: workNumber || null,
})

const closureOf = ({ number, company, closedAt, motive }: HookBody): HookContent => ({
  type: "closure",
  number,
  company: company || null,
  closedAt,
  motive: motive || null,
})
