// Which tickets are to be looked at again because of what was changed: a field that a policy reads, a policy, a calendar.
import type { Act } from "#kernel/act.ts"
import type { EventKind, LoggedEvent } from "#event-log/index.ts"
import {
  queueOpenTickets,
  queueTickets,
  queueTicketsInCalendar,
  queueTicketsOfContacts,
  queueTicketsOfPolicy,
} from "./recomputation-queue.ts"

export const queueingKinds: EventKind[] = [
  "ticket.updated",
  "ticket.assigned",
  "ticket.merged",
  "ticket.merge_undone",
  "ticket.unmerged",
  "contact.changed",
  "contact.identified",
  "contact.identity_removed",
  "contact.merged",
  "contact.merge_undone",
  "sla_policy.changed",
  "calendar.changed",
]

// A field of the ticket, by what its event calls it.
const fieldOf: Record<string, string> = { categories: "categoryId", categoryIds: "categoryId" }

/** `read`: the fields that conditions of policies read. The priority decides in any case. */
export async function queueAffected(
  act: Act,
  events: readonly LoggedEvent[],
  read: ReadonlySet<string>,
): Promise<void> {
  const reads = (field: string) => [...read].some((one) => one === field || one.startsWith(`${field}.`))
  const isChanged = (event: LoggedEvent) => changedFields(event).some((field) => field === "priority" || reads(field))
  const ofKind = (...kinds: EventKind[]) => events.filter(({ kind }) => kinds.includes(kind))
  const changed = ofKind("ticket.updated", "ticket.assigned", "ticket.merged", "ticket.merge_undone").filter(isChanged)
  // What was merged into an ended ticket has nothing that runs: it is counted anew from the log.
  const again = [...changed, ...ofKind("ticket.unmerged")]
  await queueTickets(
    act,
    again.flatMap(({ ticketId }) => ticketId ?? []),
  )
  const ofContacts = events.filter(({ kind }) => kind.startsWith("contact."))
  if (reads("customer")) await queueTicketsOfContacts(act, ofContacts.flatMap(contactsOf))
  for (const { subjectId, data } of ofKind("sla_policy.changed"))
    if (data["change"] === "deleted" && subjectId)
      await queueTicketsOfPolicy(act, subjectId, typeof data["heir"] === "string" ? data["heir"] : null)
  if (ofKind("sla_policy.changed").some(movesDeadlines)) await queueOpenTickets(act)
  const calendars = ofKind("calendar.changed").filter((one) => one.data["change"] === "changed" && isOfDeadlines(one))
  for (const id of new Set(calendars.map(({ subjectId }) => subjectId))) if (id) await queueTicketsInCalendar(act, id)
}

const withoutDeadlines = new Set(["name", "visibleToCustomer", "escalations"])

/** Of one that is deleted its tickets are known, unless it gave them no target. */
function movesDeadlines(event: LoggedEvent): boolean {
  const { data } = event
  if (data["change"] === "deleted") return data["isWithoutSla"] === true
  return data["change"] !== "changed" || isOfDeadlines(event)
}

/** Does it say of a policy or calendar anything by which deadlines are counted? */
function isOfDeadlines({ data }: LoggedEvent): boolean {
  return !Array.isArray(data["fields"]) || data["fields"].some((field) => !withoutDeadlines.has(String(field)))
}

function changedFields({ kind, data }: LoggedEvent): string[] {
  if (kind === "ticket.assigned") return data["teamId"] === data["previousTeamId"] ? [] : ["teamId"]
  // A ticket made by hand learns from the conversation that is merged into it whom it is about.
  if (kind !== "ticket.updated") return ["customer", "connectionId"]
  const changes = Array.isArray(data["changes"]) ? data["changes"].map(String) : []
  return changes.map((field) => fieldOf[field] ?? field)
}

const contactsOf = ({ subjectId, data }: LoggedEvent) =>
  [subjectId, data["source"], data["target"]].filter((id): id is string => typeof id === "string")
