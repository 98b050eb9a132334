import type { CursorValue } from "#kernel/http/pagination.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Principal } from "#people/index.ts"
import { incidentRows, type IncidentRow } from "../incident-store.ts"
import { documentedPriority, documentedStatus } from "../incident-view.ts"
import { type BoardFilter, worstFirst } from "./board-store.ts"

const exportedPage = 500

/** An incident with status and priority in the words of the incidents' API. */
export type ExportedIncident = Omit<IncidentRow, "status" | "priority"> & {
  status: ReturnType<typeof documentedStatus>
  priority: ReturnType<typeof documentedPriority>
}

/** All incidents of a filter that `who` may see, in the board's order, a page at a time and each page as it is then. */
export async function* incidentsInPages(
  { db }: Pick<Kit, "db">,
  who: Principal,
  filter: BoardFilter,
): AsyncGenerator<ExportedIncident[]> {
  let after: CursorValue[] | null = null
  do {
    const found = await worstFirst(db, who, filter, { limit: exportedPage, after })
    const page = found.slice(0, exportedPage)
    const rows = await incidentRows(
      db.kysely,
      page.map(({ id }) => id),
      0,
    )
    const byId = new Map(rows.map((row) => [row.ticketId, row]))
    yield page.flatMap(({ id }) => {
      const row = byId.get(id)
      return row ? [{ ...row, status: documentedStatus(row.status), priority: documentedPriority(row.priority) }] : []
    })
    const last = page.at(-1)
    after = found.length > exportedPage && last ? [last.score, last.createdAt, last.id] : null
  } while (after)
}
