// Tickets as CSV, each with the addresses of its customer and the desk's own fields.
import type { Kit } from "#kernel/kit.ts"
import { viewerOf } from "#contacts/index.ts"
import type { Principal } from "#people/index.ts"
import { type ListQuery, ticketsInPages } from "#tickets/index.ts"
import { csvCells, csvHeadings, customFieldsOf, withAddresses } from "./csv-columns.ts"
import { type Cell, exportCsv } from "./csv-export.ts"
import type { CsvLayout, CustomField } from "./csv-layout.ts"

type TicketExport = { query: ListQuery; layout: CsvLayout; filters: string[] }

/** The same list as `query` answers, as far as `who` may see it. */
export async function exportTickets(kit: Kit, who: Principal, { query, layout, filters }: TicketExport) {
  const custom = await customFieldsOf(kit.db)
  const pages = cellsInPages(kit, who, query, { layout, custom })
  return exportCsv(kit, who, { of: "tickets", headings: csvHeadings(layout, custom), pages, layout, filters })
}

async function* cellsInPages(
  kit: Kit,
  who: Principal,
  query: ListQuery,
  { layout, custom }: { layout: CsvLayout; custom: CustomField[] },
): AsyncGenerator<Cell[][]> {
  const viewer = await viewerOf(kit.db, who)
  for await (const tickets of ticketsInPages(kit, who, query))
    yield (await withAddresses(kit.db, viewer, tickets)).map((ticket) => csvCells(ticket, layout, custom))
}
