// Rows of a CSV text or of an XLSX file. Limits come before the work: no row is built beyond them. Runs in parse-in-worker.ts.
import { inflateRawSync } from "node:zlib"
import { CsvError, parse } from "csv-parse/sync"
import { readSheet } from "read-excel-file/universal"
import { FileTooLarge } from "./file-too-large.ts"
import { zipEntries, type ZipEntry } from "./zip-entries.ts"

export type Row = { line: number; cells: string[] }
/** What is wrong with the whole of it, and where. */
export type UnreadableTable = { line: number; message: string }
export type TableLimits = { rows: number; columns: number }

const longestRow = 200_000
const longestCell = 5_000

type CsvOptions = TableLimits & { delimiter: string; relaxQuotes: boolean; unreadable: string }

/** Empty lines are left out; `line` counts them. */
export function csvRows(
  text: string,
  { rows, columns, delimiter, relaxQuotes, unreadable }: CsvOptions,
): Row[] | UnreadableTable {
  try {
    const found = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: relaxQuotes,
      skip_empty_lines: true,
      max_record_size: longestRow,
      to: rows + 1,
      delimiter,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return bounded(
      found.map(({ record, info }) => ({ line: info.lines, cells: record })),
      { rows, columns },
    )
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    if (error.code === "CSV_MAX_RECORD_SIZE")
      throw new FileTooLarge(`must have lines of at most ${longestRow} characters`)
    return { line: typeof error["lines"] === "number" ? error["lines"] : 1, message: unreadable }
  }
}

function bounded(found: Row[], { rows, columns }: TableLimits): Row[] {
  if (found.length > rows) throw new FileTooLarge(`must have at most ${rows} rows`)
  if (found.some(({ cells }) => cells.length > columns)) throw new FileTooLarge(`must have at most ${columns} columns`)
  return found
}

const mostUnpacked = 160 * 1024 * 1024
const mostCells = 6_000_000

/** The first sheet, cells as texts: what looks like a number may be a name, and keeps its zeros and all its digits. */
export async function sheetRows(file: Uint8Array, limits: TableLimits): Promise<Row[] | UnreadableTable> {
  const unreadable = { line: 1, message: "must be a spreadsheet that can be read" }
  const entries = zipEntries(file)
  if (!entries) return unreadable
  const unpacked = entries.reduce((sum, { size }) => sum + size, 0)
  if (entries.length > 1_000 || unpacked > mostUnpacked) throw new FileTooLarge("must unpack to at most 160 MB")
  try {
    for (const entry of entries.filter(({ name }) => /\.xml$/i.test(name))) refuseHugeSheet(entry, limits)
    const rows = await readSheet(new Uint8Array(file).buffer, { parseNumber: (text: string) => text })
    return rows.map((row, i) => ({ line: i + 1, cells: row.map((cell) => (cell === null ? "" : cellText(cell))) }))
  } catch (error) {
    if (error instanceof FileTooLarge) throw error
    return unreadable
  }
}

// A cell says where it stands: one at XFD1048576 alone makes a table of seventeen thousand million.
function refuseHugeSheet({ bytes, method, size }: ZipEntry, limits: TableLimits) {
  const xml = method === 0 ? Buffer.from(bytes) : inflated(bytes, size)
  let [rows, columns, cells] = [0, 0, 0]
  for (const [, letters = "", digits] of xml
    .toString("latin1")
    .matchAll(/\br\s*=\s*["']([A-Za-z]{0,9})(\d{1,12})["']/g)) {
    rows = Math.max(rows, Number(digits))
    columns = Math.max(columns, columnOf(letters))
    if (++cells > mostCells) throw new FileTooLarge(`must have at most ${mostCells} cells`)
  }
  if (rows > limits.rows) throw new FileTooLarge(`must have at most ${limits.rows} rows`)
  if (columns > limits.columns) throw new FileTooLarge(`must have at most ${limits.columns} columns`)
  if (rows * columns > mostCells) throw new FileTooLarge(`must have at most ${mostCells} cells`)
}

function inflated(bytes: Uint8Array, size: number): Buffer {
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(1, size) })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE")
      throw new FileTooLarge("must not unpack to more than it says")
    throw error
  }
}

const columnOf = (letters: string) =>
  [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + (letter.codePointAt(0)! - 64), 0)

function cellText(cell: unknown): string {
  if (!(cell instanceof Date)) return String(cell).slice(0, longestCell)
  const iso = cell.toISOString()
  return iso.startsWith("1899-12-3") ? iso.slice(11, 16) : iso.slice(0, 19).replace("T", " ")
}
