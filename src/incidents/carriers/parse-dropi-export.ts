// Dropi's order export, as people download it: CSV with commas, semicolons or tabs, in UTF-8 or Latin-1, or XLSX; a title may
// stand above the columns. What belongs to a person is not even looked at. What is wrong is said by line. Runs in a thread of
// its own, see kernel/parsing/parse-in-worker.ts.
import { csvRows, type Row, sheetRows, type UnreadableTable } from "#kernel/parsing/csv-and-xlsx-rows.ts"
import { FileTooLarge } from "#kernel/parsing/file-too-large.ts"
import { decodeTextFile } from "#texts/decode-text-file.ts"
import { guiaField } from "../reporting/sanitize-input.ts"
import { parseCarrierDate } from "./parse-carrier-date.ts"
import type { MovementBody } from "./record-tracking-events.ts"
import { repairEncoding } from "./repair-encoding.ts"
import { foldStatus } from "./status-mapping.ts"

type LineError = { line: number; message: string }
/** `key` is the same for the same movement, in whatever file. */
type DropiRow = Omit<MovementBody, "eventId"> & { line: number; key: string }
export type DropiItem = { row: DropiRow } | { error: LineError } | { lines: number }

const most = 200_000
const limits = { rows: most + 50, columns: 200 }
const longestCell = 2_000
const mostCharacters = 64 * 1024 * 1024

const columns = {
  guia: ["NUMERO GUIA", "NUMERO DE GUIA", "GUIA", "NRO GUIA"],
  estatus: ["ESTATUS", "ESTADO"],
  transportadora: ["TRANSPORTADORA"],
  ciudad: ["CIUDAD DESTINO", "CIUDAD DE DESTINO"],
  novedad: ["NOVEDAD"],
  movement: ["ULTIMO MOVIMIENTO"],
  movedOn: ["FECHA DE ULTIMO MOVIMIENTO"],
  movedAt: ["HORA DE ULTIMO MOVIMIENTO"],
  date: ["FECHA"],
  hour: ["HORA"],
  generated: ["FECHA GENERACION DE GUIA", "FECHA DE GENERACION DE GUIA"],
} as const
type Column = keyof typeof columns
type Cells = Record<Column, string>

/** Rows and errors in the order of the file, then how many lines it has. Of the same movement only the first is kept. */
export async function* parse(file: Uint8Array): AsyncGenerator<DropiItem[]> {
  const table = isZip(file) ? await sheetRows(file, limits) : linesOf(decodeTextFile(file))
  if ("message" in table) return yield [{ error: table }, { lines: 0 }]
  const head = table.findIndex(({ cells }) =>
    cells.some((cell) => columns.guia.some((name) => name === foldStatus(cell))),
  )
  if (head < 0)
    return yield [{ error: { line: 1, message: "must name the columns, one of them NÚMERO GUIA" } }, { lines: 0 }]
  const places = placesOf(table[head]!.cells)
  if (places.estatus < 0)
    return yield [{ error: { line: table[head]!.line, message: "must have a column ESTATUS" } }, { lines: 0 }]
  yield* items(table.slice(head + 1), places)
}

const joined = 1_000

function* items(rows: Row[], places: Record<Column, number>): Generator<DropiItem[]> {
  const seen = new Set<string>()
  let [lines, characters] = [0, 0]
  let some: DropiItem[] = []
  for (const { cells, line } of rows) {
    if (cells.every((cell) => cell.trim() === "")) continue
    if (++lines > most) throw new FileTooLarge(`must have at most ${most} lines`)
    const picked = pick(cells, places)
    characters += Object.values(picked).reduce((sum, text) => sum + text.length, 0)
    if (characters > mostCharacters) throw new FileTooLarge("must hold at most 64 million characters")
    const item = itemOf(line, picked)
    if ("row" in item && seen.has(item.row.key)) continue
    if ("row" in item) seen.add(item.row.key)
    some.push(item)
    if (some.length < joined) continue
    yield some
    some = []
  }
  yield [...some, { lines }]
}

const isZip = (file: Uint8Array) => [0x50, 0x4b, 0x03, 0x04].every((byte, i) => file[i] === byte)

/** 2.40062099941E+11 is what a spreadsheet makes of a long number. */
function plainNumber(text: string): string {
  return /^\d(\.\d+)?E\+?\d{1,2}$/i.test(text) && Number.isSafeInteger(Number(text)) ? String(Number(text)) : text
}

function linesOf(text: string): Row[] | UnreadableTable {
  const sample = text.slice(0, 20_000)
  const delimiter = [";", "\t", ","].toSorted((a, b) => sample.split(b).length - sample.split(a).length)[0]!
  const unreadable = "must be a list with a line for each shipment"
  return csvRows(text, { ...limits, delimiter, relaxQuotes: true, unreadable })
}

function placesOf(head: string[]): Record<Column, number> {
  const names = head.map(foldStatus)
  return Object.fromEntries(
    Object.entries(columns).map(([column, all]) => [
      column,
      names.findIndex((name) => (all as readonly string[]).includes(name)),
    ]),
  ) as Record<Column, number>
}

const pick = (cells: string[], places: Record<Column, number>) =>
  Object.fromEntries(
    Object.entries(places).map(([column, at]) => [
      column,
      repairEncoding(((at < 0 ? "" : cells[at]) ?? "").slice(0, longestCell)).trim(),
    ]),
  ) as Cells

function itemOf(line: number, cells: Cells): DropiItem {
  const wrong = (message: string) => ({ error: { line, message } })
  const guia = guiaField.safeParse(plainNumber(cells.guia.replace(/^['=\s]+/, "").replaceAll('"', "")))
  if (cells.guia === "") return wrong("NÚMERO GUIA: is empty")
  if (!guia.success) return wrong(`NÚMERO GUIA: ${guia.error.issues[0]?.message ?? "is wrong"}`)
  if (cells.estatus === "") return wrong("ESTATUS: is empty")
  const [date, time] = cells.movedOn === "" ? [cells.date, cells.hour] : [cells.movedOn, cells.movedAt]
  const at = parseCarrierDate(date, time)
  if (!at)
    return wrong(`${cells.movedOn === "" ? "FECHA" : "FECHA DE ÚLTIMO MOVIMIENTO"}: must be a date such as 31-12-2026`)
  const { estatus, transportadora, novedad, ciudad, movement, generated } = cells
  // One row for each product of an order: the same shipment several times.
  const key = ["dropi", guia.data, at.toISOString(), foldStatus(estatus)].join("\n")
  const words = { transportadora, novedad, ciudad_de_destino: ciudad, ultimo_movimiento: movement }
  const row = { line, key, guia: guia.data, at, estatus: estatus.slice(0, 500), ...words }
  return { row: { ...row, fecha_de_generacion_de_guia: generated } }
}
