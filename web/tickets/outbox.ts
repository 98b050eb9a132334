// What a person wrote and the server has not confirmed. It lives outside the query cache, so that no refresh loses it, and in
// the browser's storage, so that no reload does. Sending again is safe: the key makes it one message.
import type { Attachment } from "#messages/contract.ts"
import { createShared } from "../lib/shared.ts"
import { remember, remembered } from "../lib/storage.ts"
import type { TemplateUse } from "../templates/templates.ts"

export interface Writing {
  /** Made here: the same key sent twice is one message. */
  key: string
  content: string
  isInternal: boolean
  replyTo: string | null
  /** Uploaded already. */
  files: Attachment[]
  template: TemplateUse | null
  /** The newest message on the screen: a reply is refused when a colleague's came after it. */
  lastSeen: string | null
}

export interface Outgoing extends Writing {
  userId: string
  ref: string
  at: string
  state: "sending" | "failed"
  reason: string | null
}

const outbox = createShared(stored())

// Kept by an earlier version, which sent words only.
const plainly = { replyTo: null, files: [], template: null, lastSeen: null }

// A page that was closed while sending does not know what came of it.
function stored(): Outgoing[] {
  try {
    const kept = JSON.parse(remembered("outbox") ?? "[]") as Outgoing[]
    return kept.map((one) => ({ ...plainly, ...one, state: "failed" }))
  } catch {
    return []
  }
}

function change(next: Outgoing[]) {
  remember("outbox", next.length > 0 ? JSON.stringify(next) : null)
  outbox.set(next)
}

export const keep = (one: Outgoing) => change([...outbox.get().filter(({ key }) => key !== one.key), one])
export const drop = (key: string) => change(outbox.get().filter((one) => one.key !== key))
export const emptyOutbox = () => change([])

export function markFailed(key: string, reason: string | null) {
  change(outbox.get().map((one) => (one.key === key ? { ...one, state: "failed", reason } : one)))
}

export const outgoing = (key: string): Writing | undefined => {
  const found = outbox.get().find((one) => one.key === key)
  if (!found) return undefined
  const { userId: _user, ref: _ref, at: _at, state: _state, reason: _reason, ...writing } = found
  return writing
}

export const useOutbox = outbox.use
