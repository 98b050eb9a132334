// The filters of GET /tickets over a row, as far as the row decides.
import type { TicketFilter } from "../tickets/ticket-queries.ts"
import { dayOf } from "../lib/formats/format-time.ts"
import { deadlineOf } from "../tickets/sla/nearest-deadline.ts"
import type { LiveRow, Viewer } from "./ticket-notice-and-row.ts"

type Asker = Pick<Viewer, "id" | "timezone">
type Rule = (values: readonly string[], row: Partial<LiveRow>, viewer: Asker) => boolean | undefined

const openPhases = ["new", "active", "waiting"]

const among = (values: readonly string[], value: string | null | undefined) =>
  value === undefined ? undefined : value !== null && values.includes(value)

/** What is null has no id; what is not there is not known. */
const idOf = (named: { id: string } | null | undefined) => (named === undefined ? undefined : (named?.id ?? null))

const rules: Record<string, Rule> = {
  id: (values, row) => among(values, row.id),
  kind: (values, row) => among(values, row.kind),
  status: (values, row) => among(values, row.status),
  phase: (values, row) => among(values, row.phase),
  priority: (values, row) => among(values, row.priority),
  assignedTo: (values, row, { id }) =>
    row.assignee === undefined
      ? undefined
      : values.some((value) =>
          value === "unassigned" ? row.assignee === null : row.assignee?.id === (value === "me" ? id : value),
        ),
  surveyScore: (values, row) => (row.surveyScore === undefined ? undefined : values.includes(String(row.surveyScore))),
  teamId: (values, row) => among(values, idOf(row.team)),
  contactId: (values, row) => among(values, idOf(row.contact)),
  connectionId: (values, row) => among(values, idOf(row.connection)),
  categoryId: (values, row) => row.categories?.some(({ id }) => values.includes(id)),
  tag: (values, row) => row.tags?.some((tag) => values.includes(tag)),
  snoozed: ([value], row) =>
    row.snoozedUntil === undefined ? undefined : (row.snoozedUntil !== null) === (value === "true"),
  delivery: (_values, row) => (row.undelivered === undefined ? undefined : row.undelivered > 0),
  slaState: (values, row) => (row.sla === undefined ? undefined : values.includes(row.sla?.state ?? "none")),
  // A day of the viewer's, whole. Of an instant the server is asked.
  slaDueTo: ([value = ""], { sla }, viewer) => {
    const day = value === "today" ? dayOf(Date.now(), viewer) : value
    return sla === undefined || day.length > 10 ? undefined : dayOf(Date.parse(deadlineOf(sla)), viewer) <= day
  },
  sort: () => true,
}

type GivenFilter = TicketFilter | Record<string, string | boolean | readonly string[] | undefined>

/** Is the row in the list, for the user who asks? Undefined when the row cannot decide: the server has to be asked. */
export function matchesFilter(given: GivenFilter, row: Partial<LiveRow>, viewer: Asker): boolean | undefined {
  const results = Object.entries(withDefaults(given)).map(([name, value]) => {
    if (value === undefined || value === "") return true
    return rules[name]?.(typeof value === "object" ? value : [String(value)], row, viewer)
  })
  if (results.includes(false)) return false
  return results.includes(undefined) ? undefined : true
}

/** Lists of open tickets hold none that is snoozed, unless they ask for it. */
function withDefaults(filter: GivenFilter): GivenFilter {
  const phases = [filter["phase"] ?? []].flat()
  const isOpen = phases.length > 0 && phases.every((phase) => openPhases.includes(String(phase)))
  return isOpen && filter["snoozed"] === undefined ? { ...filter, snoozed: "false" } : filter
}
