// Who may open the dialog of a new ticket from anywhere: a key, the palette, the list, a conversation.
import { createSharedState } from "../../lib/shared-state.ts"
import type { Ticket } from "../ticket.ts"

export interface NewTicketStart {
  /** The conversation that the ticket comes from; its contact is the ticket's. */
  from?: Pick<Ticket, "id" | "number" | "contact" | "subject"> | undefined
}

const opening = createSharedState<NewTicketStart | undefined>(undefined)

export const openNewTicket = (next: NewTicketStart = {}) => opening.set(next)
export const closeNewTicket = () => opening.set(undefined)

export const useNewTicketStart = opening.use
