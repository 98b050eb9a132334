// Tickets as CSV: page after page by the list's own cursor, so that a million of them need no more memory than one page.
import { stringify } from "csv-stringify/sync"
import { inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { recordAdminAct } from "#event-log/index.ts"
import { viewerOf } from "#contacts/index.ts"
import type { Principal } from "#people/index.ts"
import { type ListQuery, ticketsInPages } from "#tickets/index.ts"
import { csvCells, csvHeadings, customFieldsOf, withAddresses } from "./csv-columns.ts"
import type { CsvLayout } from "./csv-layout.ts"

const longestMs = 10 * 60_000
// Spreadsheets take the text for UTF-8 only with it.
const byteOrderMark = "\ufeff"

const lineEnd = /[\n\r\v\f\u0085\u2028\u2029]/

/**
 * A cell that a spreadsheet would calculate gets an apostrophe before it, so that +57 stays readable; one with any line
 * end is quoted: a bare line feed would begin a row of its own.
 */
export const csv = (rows: (string | number)[][], delimiter: CsvLayout["delimiter"] = ","): string =>
  stringify(rows, { delimiter, escape_formulas: true, quoted_match: lineEnd, record_delimiter: "\r\n" })

type Export = { query: ListQuery; layout: CsvLayout; filters: string[] }

/** The lines of the export, a page at a time. However it ends, the log says who took how many, and by which filters. */
export async function* exportTickets(
  kit: Kit,
  who: Principal,
  { query, layout, filters }: Export,
): AsyncGenerator<string> {
  const until = performance.now() + longestMs
  let count = 0
  try {
    const viewer = await viewerOf(kit.db, who)
    const custom = await customFieldsOf(kit.db)
    yield byteOrderMark + csv([csvHeadings(layout, custom)], layout.delimiter)
    for await (const tickets of ticketsInPages(kit, who, query)) {
      if (performance.now() > until) throw new Error("the export took too long")
      const rows = (await withAddresses(kit.db, viewer, tickets)).map((ticket) => csvCells(ticket, layout, custom))
      count += tickets.length
      yield csv(rows, layout.delimiter)
    }
  } finally {
    await inTransaction(kit.db, { actor: who, now: kit.now() }, (act) =>
      recordAdminAct(act, "tickets.exported", {
        subjectId: "tickets",
        name: "CSV",
        after: { filters, count },
        fields: ["filters", "count"],
        data: { filters, count },
      }),
    )
  }
}
