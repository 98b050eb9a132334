// What a person wrote and the server has not confirmed. It lives outside the query cache, so that no refresh loses it, and in
// the browser's storage, each message under its own key: no reload loses it, and two windows do not overwrite each other's.
// What is sent is never changed afterwards: asked for again it is the same request, which the server knows by its key.
import type { Attachment } from "#files/api-contract.ts"
import { isOutcomeUnknown, requestTimeoutMs, Problem } from "../../lib/api-client.ts"
import { prefixedStorage } from "../../lib/prefixed-storage.ts"
import { createSharedState } from "../../lib/shared-state.ts"
import { writeLocalStorage, readLocalStorage } from "../../lib/local-storage.ts"
import type { Recipients } from "../composer/mail/recipients.ts"
import type { Status } from "../ticket.ts"
import type { TemplateUse } from "../../templates/template-queries.ts"

export interface MessageToSend {
  /** Made here: the same key sent twice is one message. */
  key: string
  content: string
  isInternal: boolean
  replyTo: string | null
  /** Of a mail: whom it goes to, as its writer saw it. */
  recipients: Recipients | null
  /** Uploaded already. */
  files: Attachment[]
  template: TemplateUse | null
  /** The newest message on the screen: a reply is refused when a colleague's came after it. */
  lastSeen: string | null
  /** What becomes of the ticket once it is there; with it, unless an earlier message did not leave this browser: that is asked about first. */
  andThen: { status: Status; from: Status; isWithIt: boolean } | null
}

export interface SendProblem {
  status: number
  code: string
  body: Problem["body"]
}

export interface OutgoingMessage extends MessageToSend {
  userId: string
  ref: string
  at: string
  state: "sending" | "failed" | "unknown"
  /** While it is being sent: until when its window waits for the answer (ms). A window that was closed waits no more. */
  until: number
  problem: SendProblem | null
}

const memory = prefixedStorage("outbox")
takeOver()

/** An earlier version kept all of them together. */
function takeOver() {
  const plain = { replyTo: null, recipients: null, files: [], template: null, lastSeen: null }
  const sent = { andThen: null, state: "unknown", until: 0, problem: null }
  try {
    for (const one of JSON.parse(readLocalStorage("outbox") ?? "[]") as OutgoingMessage[])
      memory.write(one.key, JSON.stringify({ ...plain, ...one, ...sent }))
  } catch {
    // What cannot be read was never a message.
  }
  writeLocalStorage("outbox", null)
}

const outbox = createSharedState(stored())

const isUnsent = ({ state }: OutgoingMessage) => state !== "sending"

/** How many messages of a ticket did not leave this browser. */
export const useUnsentCount = (ref: string) => outbox.use().filter((one) => one.ref === ref && isUnsent(one)).length
export const unsentCount = (ref: string) => outbox.get().filter((one) => one.ref === ref && isUnsent(one)).length

/** The tickets of which a message did not leave this browser, the one that waits longest first. */
export const useUnsentTickets = () => [
  ...new Set(
    outbox
      .use()
      .filter(isUnsent)
      .map(({ ref }) => ref),
  ),
]

/** Once, for the page: listens to other windows, and notifies them when this one closes. */
export function syncOutboxAcrossTabs() {
  addEventListener("storage", () => outbox.set(stored()))
  addEventListener("pagehide", () => {
    for (const one of outbox.get()) if (mine.has(one.key)) put({ ...one, until: 0 })
  })
}

const mine = new Set<string>()

function stored(): OutgoingMessage[] {
  const all = memory.names("").flatMap((key) => parsed(memory.read(key)) ?? [])
  return all.map(ended).toSorted((a, b) => (a.at < b.at ? -1 : 1))
}

function parsed(text: string | null): OutgoingMessage | null {
  try {
    const one = JSON.parse(text ?? "null") as OutgoingMessage | null
    return typeof one?.key === "string" && typeof one.content === "string" ? one : null
  } catch {
    return null
  }
}

/** The window that sent it is gone, and does not know what came of it. */
function ended(one: OutgoingMessage): OutgoingMessage {
  if (one.state !== "sending") return one
  const left = one.until - Date.now()
  if (left <= 0) return { ...one, state: "unknown" }
  setTimeout(() => outbox.set(stored()), left)
  return one
}

function put(one: OutgoingMessage) {
  memory.write(one.key, JSON.stringify(one))
  outbox.set(stored())
}

export function addToOutbox(one: Omit<OutgoingMessage, "state" | "until" | "problem">) {
  mine.add(one.key)
  put({ ...one, state: "sending", until: Date.now() + requestTimeoutMs + 1_000, problem: null })
}

export function removeFromOutbox(key: string) {
  mine.delete(key)
  memory.erase(key)
  outbox.set(stored())
}

export const clearOutbox = () => outbox.get().forEach(({ key }) => removeFromOutbox(key))

export function markFailed(key: string, error: unknown) {
  mine.delete(key)
  const one = outbox.get().find((it) => it.key === key)
  if (!one) return
  const problem = error instanceof Problem ? { status: error.status, code: error.code, body: error.body } : null
  put({ ...one, state: isOutcomeUnknown(error) ? "unknown" : "failed", problem })
}

/** As it was sent, to be sent again. */
export const findInOutbox = (key: string): OutgoingMessage | undefined => outbox.get().find((one) => one.key === key)

export const useOutbox = outbox.use
