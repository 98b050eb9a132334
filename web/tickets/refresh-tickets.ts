/** After what may have changed several tickets: the lists and whatever is open are read anew. */
export const allTickets = [["ticket"], ["tickets"]] as const
