// Which messages of which ticket are being chosen to become another one.
import { useSyncExternalStore } from "react"

interface Splitting {
  number: string
  ids: ReadonlySet<string>
}

let splitting: Splitting | undefined
const listeners = new Set<() => void>()

function set(next: Splitting | undefined) {
  splitting = next
  for (const listener of listeners) listener()
}

export const startSplitting = (number: string) => set({ number, ids: new Set() })
export const stopSplitting = () => set(undefined)

export function toggleSplit(id: string) {
  if (!splitting) return
  const ids = new Set(splitting.ids)
  if (!ids.delete(id)) ids.add(id)
  set({ ...splitting, ids })
}

/** The chosen messages of this ticket; nothing while none are being chosen. */
export function useSplitting(number: string): ReadonlySet<string> | undefined {
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => splitting,
  )
  return now?.number === number ? now.ids : undefined
}
