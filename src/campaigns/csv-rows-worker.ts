// The rows of a list of recipients, with commas, semicolons or tabs. Runs in a thread of its own, see kernel/parsing/parse-in-worker.ts.
import { csvRows, type Row, type UnreadableTable } from "#kernel/parsing/csv-and-xlsx-rows.ts"

/** More than are taken, so that it can be said which one is the first too many. */
const limits = { rows: 20_000, columns: 100 }

export function* parse(csv: string): Generator<(Row | UnreadableTable)[]> {
  const unreadable = "is not CSV: a quote is not closed, or stands where none may"
  const text = csv.replace(/^\uFEFF/, "")
  const rows = csvRows(text, { ...limits, delimiter: delimiterOf(text), relaxQuotes: false, unreadable })
  yield Array.isArray(rows) ? rows : [rows]
}

// The first line names the columns, and names hold none of these.
function delimiterOf(text: string): string {
  const [first = ""] = text.split("\n", 1)
  const counts = [",", ";", "\t"].map((sign) => [sign, first.split(sign).length] as const)
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}
