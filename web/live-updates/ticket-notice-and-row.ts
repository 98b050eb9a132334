// What travels with an event of a ticket, as JSON brings it.
import type { SharedRow } from "#tickets/api-contract.ts"
import type { Json } from "../lib/json-type.ts"
import type { ListedTicket } from "../tickets/ticket.ts"

/** A row as all staff see it: without what depends on the reader and what no row shows. */
export type LiveRow = Omit<Json<SharedRow>, "incident"> & Pick<ListedTicket, "incident">

/** How a ticket stood when the server sent it last. */
export type RowSummary = Pick<
  LiveRow,
  "kind" | "status" | "phase" | "assignee" | "team" | "snoozedUntil" | "undelivered" | "createdById" | "sla"
>

export interface TicketNotice {
  ticketId?: string
  number?: string
  action?: "create" | "update" | "delete"
  eventId?: string | number
  row?: LiveRow
  /** Null: there was no such ticket. Not there: the server does not know. */
  was?: RowSummary | null
  /** False: the reader may not see it any more. */
  isVisible?: boolean
  /** Sent to a connection for what it may have missed. */
  isReplay?: boolean
}

/** Who looks at the lists. */
export interface Viewer {
  id: string
  role: string
  timezone?: string
  teams: { id: string }[]
}

export const maySee = (row: RowSummary, { id, role, teams }: Viewer) =>
  role === "admin" ||
  row.createdById === id ||
  row.assignee?.id === id ||
  teams.some((team) => team.id === row.team?.id)
