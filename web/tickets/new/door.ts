// Who may open the dialog of a new ticket from anywhere: a key, the palette, the list, a conversation.
import { createShared } from "../../lib/shared.ts"
import type { Ticket } from "../ticket.ts"

export interface Opening {
  /** The conversation that the ticket comes from; its contact is the ticket's. */
  from?: Pick<Ticket, "id" | "number" | "contact" | "subject"> | undefined
}

const opening = createShared<Opening | undefined>(undefined)

export const openNewTicket = (next: Opening = {}) => opening.set(next)
export const closeNewTicket = () => opening.set(undefined)

export const useOpening = opening.use
