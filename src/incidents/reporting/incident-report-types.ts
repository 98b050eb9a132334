import type { DecisionReason } from "#event-log/index.ts"
import type { ActiveTicket } from "#tickets/index.ts"
import type { IncidentPriority, Metadata, IncidentTicket } from "../api-contract.ts"
import type { Facts } from "../severity/score-stuck-shipment.ts"
import type { Identity } from "./guia-format-and-incident-subject.ts"
import type { LinkedRef, TimelineEntry, RepeatCounts } from "./reported-incident-store.ts"

/** What is known of the shipment when it is reported. */
export type Shipment = Pick<Facts, "canonical" | "isFinal" | "movedAt">

export type Report = {
  identity: Identity
  priority: IncidentPriority
  actionRef: string
  eventRef: string | null
  metadata: Metadata
  shipment: Shipment
  why: DecisionReason
}
/** `isNews`: its ref was not known to the thread. `ticketId` is null only for a ref whose ticket is gone. */
export type ReportedIncident = { ticketId: string; created: boolean; isNew: boolean }
/** `created` are the incidents that were opened, as they are now. */
export type ReportOutcome = { found: ReportedIncident[]; created: IncidentTicket[] }

export type IncidentThread = { key: string; reports: Report[]; first: Report; priority: IncidentPriority }
export type Tickets = { tickets: Map<string, ActiveTicket>; opened: Set<string> }
/** One thread's part of the reports: what its incident records. */
export type Part = IncidentThread & { ticketId: string; isOpened: boolean; isRaised: boolean; refs: LinkedRef[] }
export type WrittenEntries = Part & { entries: TimelineEntry[]; repeats: RepeatCounts[] }
