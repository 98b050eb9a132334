// Lists as CSV: page after page by the list's own cursor, so that a million rows need no more memory than one page.
import { inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { recordAdminAct } from "#event-log/index.ts"
import type { Principal } from "#people/index.ts"
import type { CsvLayout } from "./csv-layout.ts"
import { csv } from "./csv-text.ts"

const longestMs = 10 * 60_000
// Spreadsheets take the text for UTF-8 only with it.
const byteOrderMark = "\ufeff"

export type Cell = string | number
/** `of`: which list, as the log says it; `filters`: the names of those it was narrowed by. */
export type Export = {
  of: "tickets" | "incidents"
  headings: Cell[]
  pages: AsyncIterable<Cell[][]>
  layout: CsvLayout
  filters: string[]
}

/** The lines of the export, a page at a time. However it ends, the log says who took how many, and by which filters. */
export async function* exportCsv(
  kit: Kit,
  who: Principal,
  { of, headings, pages, layout, filters }: Export,
): AsyncGenerator<string> {
  const until = performance.now() + longestMs
  let count = 0
  try {
    yield byteOrderMark + csv([headings], layout.delimiter)
    for await (const rows of pages) {
      if (performance.now() > until) throw new Error("the export took too long")
      count += rows.length
      yield csv(rows, layout.delimiter)
    }
  } finally {
    await inTransaction(kit.db, { actor: who, now: kit.now() }, (act) =>
      recordAdminAct(act, "tickets.exported", {
        subjectId: of,
        name: "CSV",
        after: { filters, count },
        fields: ["filters", "count"],
        data: { filters, count },
      }),
    )
  }
}
