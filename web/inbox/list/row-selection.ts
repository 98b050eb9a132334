import { useQueryClient } from "@tanstack/react-query"
import { useCallback } from "react"
import type { ListedTicket } from "../../tickets/ticket.ts"
import { useRowSelection } from "../../ui/rows/row-selection.ts"
import type { InboxLocation } from "../inbox-location.ts"

/** The tickets selected in the list one looks at. */
export function useSelection(tickets: ListedTicket[], place: InboxLocation) {
  const client = useQueryClient()
  // What may be done with a ticket is its reader's own, and does not come with the rows that travel.
  const refetch = useCallback(() => void client.invalidateQueries({ queryKey: ["tickets", "list"] }), [client])
  const { selected, set, ...selection } = useRowSelection({
    name: JSON.stringify(place.query),
    rows: tickets,
    current: place.ref ?? tickets[0]?.number,
    onStart: refetch,
  })
  return { ...selection, tickets: selected, all: () => set(tickets.map(({ number }) => number)) }
}

export type TicketSelection = ReturnType<typeof useSelection>
