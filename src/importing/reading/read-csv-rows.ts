// CSV as spreadsheets and databases write it: the first line names the columns; commas, semicolons or tabs; UTF-8 or windows-1252.
import { Readable } from "node:stream"
import { CsvError, parse } from "csv-parse"
import { decodeTextFile } from "#texts/decode-text-file.ts"
import { type InputValue, longestValue } from "./input-value-type.ts"

const mostColumns = 500
const unread = "what follows it is not read"
const notCsv = `CSV: a quote is not closed, or stands where none may; ${unread}`

/** The rows as objects of their columns. Blank cells, and what MySQL writes for nothing (`\N`, `NULL`), are left out. */
export async function* readCsvRows(bytes: AsyncIterable<Buffer>): AsyncGenerator<InputValue> {
  const texts = decoded(bytes)
  const { value: head = "" } = await texts.next()
  const options = {
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestValue,
  }
  const parser = Readable.from(inFront(head, texts)).pipe(parse({ ...options, delimiter: delimiterOf(head) }))
  let columns: string[] | null = null
  let lines = 0
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const line = info.lines - (info.lines > lines + 1 ? breaksIn(record) : 0)
      lines = info.lines
      if (columns !== null) yield { line, value: rowOf(columns, record) }
      columns ??= record.slice(0, mostColumns).map((column) => column.trim())
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const isLong = error.code === "CSV_MAX_RECORD_SIZE"
    yield { line: lines + 1, problem: isLong ? `rows of at most ${longestValue / 1024 / 1024} MB; ${unread}` : notCsv }
  }
}

/** A row may stand on several lines, and is known by the first. */
const breaksIn = (cells: string[]) => cells.reduce((sum, cell) => sum + cell.split(/\r\n|\r|\n/).length - 1, 0)

const rowOf = (columns: string[], cells: string[]): Record<string, unknown> =>
  Object.fromEntries(columns.flatMap((column, i) => (column === "" || isBlank(cells[i]) ? [] : [[column, cells[i]]])))

const isBlank = (cell: string | undefined) =>
  cell === undefined || cell.trim() === "" || cell === "\\N" || cell === "NULL"

/** Whole lines each time, so that each is decoded as what it is. */
async function* decoded(bytes: AsyncIterable<Buffer>): AsyncGenerator<string, undefined> {
  const rest: Buffer[] = []
  let restBytes = 0
  for await (const chunk of bytes) {
    const end = restBytes > longestValue ? chunk.length : chunk.lastIndexOf(10) + 1
    if (end > 0) yield decodeTextFile(Buffer.concat([...rest.splice(0), chunk.subarray(0, end)]))
    rest.push(chunk.subarray(end))
    restBytes = (end > 0 ? 0 : restBytes) + chunk.length - end
  }
  if (restBytes > 0) yield decodeTextFile(Buffer.concat(rest))
}

async function* inFront(head: string, rest: AsyncIterable<string>) {
  yield head
  yield* rest
}

// The first line names the columns, and names hold none of these.
function delimiterOf(head: string): string {
  const [line = ""] = head.split("\n", 1)
  const counts = [",", ";", "\t"].map((sign) => [sign, line.split(sign).length] as const)
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}
