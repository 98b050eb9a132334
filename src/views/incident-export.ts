// Incidents as CSV, the worst first. Nothing in them names a person.
import type { Kit } from "#kernel/kit.ts"
import { type ExportedIncident, incidentsInPages } from "#incidents/index.ts"
import type { Principal } from "#people/index.ts"
import { type Cell, exportCsv } from "./csv-export.ts"
import type { CsvLayout } from "./csv-layout.ts"

type Column = { name: string; cell: (incident: ExportedIncident, as: CsvLayout) => Cell }

const column = (name: string, cell: Column["cell"]): Column => ({ name, cell })
const time = (name: "createdAt" | "updatedAt" | "movedAt" | "resolvedAt" | "closedAt") =>
  column(name, (incident, as) => as.time(incident[name]))
const word = (name: "trigger" | "status" | "priority" | "canonical") =>
  column(name, (incident, as) => (incident[name] === null ? "" : as.word(`incident.${name}`, incident[name])))

// New ones come last: programs may go by their place.
const columns: Column[] = [
  column("number", (i) => i.number),
  column("id", (i) => i.ticketId),
  column("guia", (i) => i.guia),
  word("trigger"),
  word("status"),
  word("priority"),
  column("score", (i) => i.score),
  column("carrier", (i) => i.carrier),
  column("city", (i) => i.city),
  word("canonical"),
  column("carrierStatus", (i) => i.estatus ?? ""),
  column("carrierNote", (i) => i.novedad ?? ""),
  time("movedAt"),
  column("failureCode", (i) => i.failureCode ?? ""),
  column("failureReason", (i) => i.failureReason ?? ""),
  column("retryCount", (i) => i.retryCount ?? ""),
  column("refCount", (i) => i.refCount),
  column("assignee", (i) => i.assigneeName ?? ""),
  column("team", (i) => i.teamName ?? ""),
  time("createdAt"),
  time("updatedAt"),
  time("resolvedAt"),
  time("closedAt"),
  column("resolution", (i) => i.resolution ?? ""),
]

type IncidentExport = { filter: Parameters<typeof incidentsInPages>[2]; layout: CsvLayout; filters: string[] }

/** The same incidents as the board shows with this filter, as far as `who` may see them. */
export function exportIncidents(kit: Kit, who: Principal, { filter, layout, filters }: IncidentExport) {
  const headings = columns.map(({ name }) => layout.heading(name))
  const pages = cellsInPages(kit, who, filter, layout)
  return exportCsv(kit, who, { of: "incidents", headings, pages, layout, filters })
}

async function* cellsInPages(
  kit: Kit,
  who: Principal,
  filter: IncidentExport["filter"],
  layout: CsvLayout,
): AsyncGenerator<Cell[][]> {
  for await (const incidents of incidentsInPages(kit, who, filter))
    yield incidents.map((incident) => columns.map(({ cell }) => cell(incident, layout)))
}
