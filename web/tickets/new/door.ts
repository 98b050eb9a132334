// Who may open the dialog of a new ticket from anywhere: a key, the palette, the list, a conversation.
import { useSyncExternalStore } from "react"
import type { Ticket } from "../ticket.ts"

export interface Opening {
  /** The conversation that the ticket comes from; its contact is the ticket's. */
  from?: Pick<Ticket, "id" | "number" | "contact" | "subject"> | undefined
}

let opening: Opening | undefined
const listeners = new Set<() => void>()

function set(next: Opening | undefined) {
  opening = next
  for (const listener of listeners) listener()
}

export const openNewTicket = (next: Opening = {}) => set(next)
export const closeNewTicket = () => set(undefined)

export const useOpening = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => opening,
  )
