// What a person wrote and the server has not confirmed. It lives outside the query cache, so that no refresh loses it, and in
// the browser's storage, so that no reload does. Sending again is safe: the key makes it one message.
import { useSyncExternalStore } from "react"
import { remember, remembered } from "../lib/storage.ts"

export interface Outgoing {
  key: string
  userId: string
  ref: string
  content: string
  isInternal: boolean
  at: string
  state: "sending" | "failed"
  reason: string | null
}

let outbox: Outgoing[] = stored()
const listeners = new Set<() => void>()

// A page that was closed while sending does not know what came of it.
function stored(): Outgoing[] {
  try {
    const kept = JSON.parse(remembered("outbox") ?? "[]") as Outgoing[]
    return kept.map((one) => ({ ...one, state: "failed" }))
  } catch {
    return []
  }
}

function change(next: Outgoing[]) {
  outbox = next
  remember("outbox", next.length > 0 ? JSON.stringify(next) : null)
  for (const listener of listeners) listener()
}

export const keep = (one: Outgoing) => change([...outbox.filter(({ key }) => key !== one.key), one])
export const drop = (key: string) => change(outbox.filter((one) => one.key !== key))
export const emptyOutbox = () => change([])

export function markFailed(key: string, reason: string | null) {
  change(outbox.map((one) => (one.key === key ? { ...one, state: "failed", reason } : one)))
}

export function useOutbox(): Outgoing[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => outbox,
  )
}
