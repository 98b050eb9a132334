// Which changes of an incident somebody may make, and the steps each of them takes.
import { can, type Principal } from "#people/index.ts"
import { nextStatuses, type Status } from "#tickets/index.ts"
import { type IncidentChange, incidentChanges } from "./api-contract.ts"

type Incident = {
  status: string
  assigneeId: string | null
  teamId: string | null
  createdByKind: string
  createdById: string | null
}

/** The statuses through which an incident comes to another: resolving one that nobody has started starts it. None when that is no way. */
export function stepsTo(from: Status, to: Status): Status[] {
  const next = nextStatuses("incident", from)
  if (next.includes(to)) return [to]
  return from === "open" && to === "resolved" ? ["in_progress", "resolved"] : []
}

/** What `who`, who sees the incident, may do with it. */
export function changesFor(who: Principal, incident: Incident): IncidentChange[] {
  const access = { ...incident, contactId: null }
  return incidentChanges.filter((change) =>
    change === "assign"
      ? can.assignTicket(who, access)
      : can.changeStatus(who, access, change) && stepsTo(incident.status as Status, change).length > 0,
  )
}
