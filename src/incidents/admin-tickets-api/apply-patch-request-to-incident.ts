import type { Act } from "#kernel/act.ts"
import { record } from "#event-log/index.ts"
import { containsPersonalData } from "#privacy/index.ts"
import {
  guiaOfKey,
  transition,
  lockTicket,
  nextStatuses,
  saveResolution,
  type TicketRow,
  updateFields,
} from "#tickets/index.ts"
import type { IncidentPriority, IncidentStatus } from "../api-contract.ts"
import { writeEntries, growIncidents } from "../reporting/reported-incident-store.ts"
import { documentedStatus, ticketPriority, ticketStatus } from "../incident-view.ts"

export type IncidentPatch = {
  status?: IncidentStatus | undefined
  priority?: IncidentPriority | undefined
  resolutionNotes?: string | undefined
}

/** Why a change is not made, in sentences; nothing of it is made then. */
export class InvalidPatch extends Error {
  readonly details: string[]
  constructor(details: string[]) {
    super("Validation failed")
    this.details = details
  }
}

/** Changes an incident as its own API allows: all or nothing, with one entry in the timeline for what really differs. */
export async function updateIncident(act: Act, ticketId: string, patch: IncidentPatch): Promise<void> {
  const ticket = await lockTicket(act, ticketId)
  const wrong = whatIsWrong(ticket, patch)
  if (wrong.length > 0) throw new InvalidPatch(wrong)
  const { status, priority, resolutionNotes } = patch
  const updates: string[] = []
  if (status !== undefined && ticketStatus(status) !== ticket.status) {
    await transition(act, ticket, { to: ticketStatus(status) })
    updates.push("status")
  }
  if (priority !== undefined && ticketPriority(priority) !== ticket.priority) {
    await updateFields(act, ticket, { priority: ticketPriority(priority) })
    updates.push("priority")
  }
  if (resolutionNotes !== undefined && (await saveResolution(act, ticketId, resolutionNotes)))
    updates.push("resolutionNotes")
  if (updates.length === 0) return
  await writeEntries(act, [{ ticketId, action: "ADMIN_UPDATE", actor: "user", details: { updates } }])
  await growIncidents(act, [{ ticketId, entries: 1, refs: 0 }])
  await record(act, "incident.updated", { ticketId, data: { updates } })
}

function whatIsWrong(ticket: TicketRow, { status, resolutionNotes }: IncidentPatch): string[] {
  const guia = guiaOfKey(ticket.threadKey ?? "")
  const wrong: string[] = []
  if (status !== undefined) {
    const to = ticketStatus(status)
    const isStep = to === ticket.status || nextStatuses(ticket.kind, ticket.status).includes(to)
    if (!isStep) wrong.push(`status: cannot go from ${documentedStatus(ticket.status)} to ${status}`)
  }
  if (resolutionNotes !== undefined && containsPersonalData(resolutionNotes, { guias: [guia] })) {
    wrong.push("resolutionNotes: must not hold telephone numbers or other personal data")
  }
  return wrong
}
