// A ticket as the API tells it.
import type { Trigger } from "#incidents/contract.ts"

export type Phase = "new" | "active" | "waiting" | "resolved" | "closed"
export type Kind = "conversation" | "support" | "incident" | "mirrored"
export type Priority = "low" | "medium" | "high" | "urgent"
export type Channel = "web" | "whatsapp" | "email" | "chat" | "api" | "phone"

export interface IdAndName {
  id: string
  name: string
}

export interface TicketLink {
  type: "related" | "follow_up" | "conversation" | "split" | "merged"
  direction: "to" | "from"
  ticket: { id: string; number: string; subject: string; status: string }
}

export interface Ticket {
  id: string
  number: string
  kind: Kind
  subject: string
  /** An incident may have none. */
  description: string | null
  status: string
  phase: Phase
  priority: Priority
  channel: Channel
  contact: IdAndName | null
  connection: (IdAndName & { kind: string }) | null
  isGroup: boolean
  assignee: IdAndName | null
  team: IdAndName | null
  categories: IdAndName[]
  tags: string[]
  customFields: Record<string, unknown>
  snoozedUntil: string | null
  resolution: string | null
  /** What an incident is about. */
  incident: { guia: string; trigger: Trigger } | null
  mergedInto: string | null
  links: TicketLink[]
  unreadMessages: number
  messageCount: number
  lastMessageAt: string | null
  reopenCount: number
  firstResponseAt: string | null
  resolvedAt: string | null
  closedAt: string | null
  can: string[]
  version: number
  createdAt: string
  updatedAt: string
}

export interface ListedTicket extends Ticket {
  preview: { text: string; direction: "in" | "out"; at: string } | null
  draft: boolean
  draftText: string | null
  /** How many messages did not arrive, until somebody has dealt with them. */
  undelivered: number
}

/** An incident is about a shipment: there is nobody to write to, only notes to take. */
export const hasNoContact = (ticket: { kind: Kind }) => ticket.kind === "incident"

export const isDone = (ticket: { phase: Phase }) => ticket.phase === "closed" || ticket.phase === "resolved"

/** How a person ends this ticket: support is resolved, everything else closed. Nothing when it may not be ended. */
export function endStatus(ticket: { kind: Kind; phase: Phase; can: string[] }): "resolved" | "closed" | undefined {
  if (isDone(ticket)) return undefined
  const order = ticket.kind === "conversation" || ticket.kind === "mirrored" ? ["closed"] : ["resolved", "closed"]
  return order.find((status) => ticket.can.includes(status)) as "resolved" | "closed" | undefined
}

/** The status that brings an ended ticket back. */
export function reopenStatus(ticket: { phase: Phase; can: string[] }): string | undefined {
  if (!isDone(ticket)) return undefined
  return ["open", "in_progress"].find((status) => ticket.can.includes(status))
}

/** "tkt-1", "TKT 00001" and "1" are one ticket; an opaque id stays as it is. */
export function ticketRefOf(written: string): string {
  const digits = /^(?:tkt)?[\s-]*(\d{1,9})$/i.exec(written.trim())?.[1]
  return digits ? `TKT-${String(Number(digits)).padStart(5, "0")}` : written
}
