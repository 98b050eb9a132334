// How tickets stood when this server sent them last: by this a browser adjusts its counts. A hint; a browser without it counts anew.
import type { SummariesBefore, TicketSummary } from "./logged-event-to-socket-events.ts"

const fields = [
  "kind",
  "status",
  "phase",
  "assignee",
  "team",
  "snoozedUntil",
  "undelivered",
  "createdById",
  "sla",
] as const
const mostTickets = 20_000

export function createSummaries(): SummariesBefore {
  const known = new Map<string, TicketSummary>()
  return (now) => {
    const before = new Map([...now.keys()].flatMap((id) => (known.has(id) ? [[id, known.get(id)!] as const] : [])))
    for (const [id, { row }] of now) {
      // Put at the end: what was sent longest ago is dropped first.
      known.delete(id)
      known.set(id, Object.fromEntries(fields.map((field) => [field, row[field]])) as TicketSummary)
    }
    for (const id of known.keys()) {
      if (known.size <= mostTickets) break
      known.delete(id)
    }
    return before
  }
}
