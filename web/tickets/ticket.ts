// A ticket as the API returns it.
import type { Trigger } from "#incidents/api-contract.ts"
import type { ListedTicket as ListedOnServer, Ticket as OnServer } from "#tickets/api-contract.ts"
import type { Json } from "../lib/json-type.ts"

/** What an incident is about is one of its module's own triggers. */
type OfIncident<T extends { incident: unknown }> = Omit<T, "incident"> & {
  incident: { guia: string; trigger: Trigger } | null
}
export type Ticket = OfIncident<Json<OnServer>>
export type ListedTicket = OfIncident<Json<ListedOnServer>>

export type Status = Ticket["status"]
export type Phase = Ticket["phase"]
export type Kind = Ticket["kind"]
export type Priority = Ticket["priority"]
export type Channel = Ticket["channel"]
export type TicketLink = Ticket["links"][number]

export interface IdAndName {
  id: string
  name: string
}

/** An incident is about a shipment, a mirrored ticket about two systems: there is nobody to write to, only notes to take. */
export const hasNoContact = ({ kind }: { kind: Kind }) => kind === "incident" || kind === "mirrored"

export const isDone = (ticket: { phase: Phase }) => ticket.phase === "closed" || ticket.phase === "resolved"

/** How a person ends this ticket: support is resolved, everything else closed. Nothing when it may not be ended. */
export function endStatus(ticket: { kind: Kind; phase: Phase; can: string[] }): "resolved" | "closed" | undefined {
  if (isDone(ticket)) return undefined
  const order = ticket.kind === "conversation" || ticket.kind === "mirrored" ? ["closed"] : ["resolved", "closed"]
  return order.find((status) => ticket.can.includes(status)) as "resolved" | "closed" | undefined
}

/** The status that brings an ended ticket back. */
export function reopenStatus(ticket: { phase: Phase; can: string[] }): Status | undefined {
  if (!isDone(ticket)) return undefined
  return (["open", "in_progress"] as const).find((status) => ticket.can.includes(status))
}

/** The steps that a ticket of this kind allows in a status that it has just been given, until the server has said which. */
export function expectedSteps(kind: Kind, status: Status): Status[] {
  if (status === "resolved" || status === "closed") return kind === "incident" ? [] : ["open"]
  return kind === "conversation" ? ["closed"] : ["resolved", "closed"]
}

/** "tkt-1", "TKT 00001" and "1" are one ticket; an opaque id stays as it is. */
export function ticketRefOf(written: string): string {
  const digits = /^(?:tkt)?[\s-]*(\d{1,9})$/i.exec(written.trim())?.[1]
  return digits ? `TKT-${String(Number(digits)).padStart(5, "0")}` : written
}
