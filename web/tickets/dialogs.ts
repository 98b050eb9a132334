// Which of a ticket's dialogs is open: its menu opens one, and so does the palette.
import { useSyncExternalStore } from "react"

type Which = "merge" | "link"
let shown: { number: string; which: Which } | undefined
const listeners = new Set<() => void>()

function set(next: typeof shown) {
  shown = next
  for (const listener of listeners) listener()
}

export const openTicketDialog = (number: string, which: Which) => set({ number, which })
export const closeTicketDialog = () => set(undefined)

export function useTicketDialog(number: string): Which | undefined {
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown,
  )
  return now?.number === number ? now.which : undefined
}
