// Dropi's order export, as people download it: CSV with commas, semicolons or tabs, in UTF-8 or Latin-1, or XLSX; a title may
// stand above the columns. What belongs to a person is not even looked at. What is wrong is said by line.
import { CsvError, parse } from "csv-parse/sync"
import { readSheet } from "read-excel-file/node"
import type { Secrets } from "#kernel/secrets.ts"
import { guiaField } from "./clean.ts"
import { momentOf } from "./moments.ts"
import type { MovementBody } from "./movements.ts"
import { mended } from "./mojibake.ts"
import { foldWord } from "./words.ts"

export type LineError = { line: number; message: string }
export type Read = { rows: (MovementBody & { line: number })[]; errors: LineError[]; lines: number }

const most = 200_000
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

/** Throws nothing for what a file may hold. `secrets` makes the id of each row, so that the same file again changes nothing. */
export async function readDropi(secrets: Secrets, file: Buffer): Promise<Read> {
  const table = isZip(file) ? await sheetOf(file) : linesOf(textOf(file))
  if ("message" in table) return { rows: [], errors: [table], lines: 0 }
  const head = table.findIndex(({ cells }) =>
    cells.some((cell) => columns.guia.some((name) => name === foldWord(cell))),
  )
  if (head < 0)
    return { rows: [], errors: [{ line: 1, message: "must name the columns, one of them NÚMERO GUIA" }], lines: 0 }
  const places = placesOf(table[head]!.cells)
  if (places.estatus < 0)
    return { rows: [], errors: [{ line: table[head]!.line, message: "must have a column ESTATUS" }], lines: 0 }
  const read: Read = { rows: [], errors: [], lines: 0 }
  const seen = new Set<string>()
  for (const { cells, line } of table.slice(head + 1)) {
    if (cells.every((cell) => cell.trim() === "")) continue
    read.lines++
    if (read.lines > most) {
      read.errors.push({ line, message: `must be at most ${most} lines` })
      break
    }
    takeLine(read, { line, cells: pick(cells, places), seen, secrets })
  }
  return read
}

const isZip = (file: Buffer) => file.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]))

type Line = { cells: string[]; line: number }

async function sheetOf(file: Buffer): Promise<Line[] | LineError> {
  try {
    // Cells as texts: a tracking number is no number, and must keep its zeros and all its digits.
    const rows = await readSheet(file, { parseNumber: (text: string) => text })
    return rows.map((row, i) => ({ line: i + 1, cells: row.map((cell) => (cell === null ? "" : cellText(cell))) }))
  } catch {
    return { line: 1, message: "must be a spreadsheet that can be read" }
  }
}

function cellText(cell: unknown): string {
  if (!(cell instanceof Date)) return plainNumber(String(cell))
  const iso = cell.toISOString()
  return iso.startsWith("1899-12-3") ? iso.slice(11, 16) : iso.slice(0, 19).replace("T", " ")
}

/** 2.40062099941E+11 is what a spreadsheet makes of a long number. */
function plainNumber(text: string): string {
  return /^\d(\.\d+)?E\+?\d{1,2}$/i.test(text) && Number.isSafeInteger(Number(text)) ? String(Number(text)) : text
}

function textOf(file: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(file)
  } catch {
    return new TextDecoder("windows-1252").decode(file)
  }
}

function linesOf(text: string): Line[] | LineError {
  const sample = text.slice(0, 20_000)
  const delimiter = [";", "\t", ","].toSorted((a, b) => sample.split(b).length - sample.split(a).length)[0]!
  try {
    const rows = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      delimiter,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return rows.map(({ record, info }) => ({ cells: record, line: info.lines }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { line: Number(error.lines ?? 1), message: "must be a list with a line for each parcel" }
  }
}

function placesOf(head: string[]): Record<Column, number> {
  const names = head.map(foldWord)
  return Object.fromEntries(
    Object.entries(columns).map(([column, all]) => [
      column,
      names.findIndex((name) => (all as readonly string[]).includes(name)),
    ]),
  ) as Record<Column, number>
}

const pick = (cells: string[], places: Record<Column, number>) =>
  Object.fromEntries(
    Object.entries(places).map(([column, at]) => [column, mended((at < 0 ? "" : cells[at]) ?? "").trim()]),
  ) as Cells

type Taking = { line: number; cells: Cells; seen: Set<string>; secrets: Secrets }

function takeLine(read: Read, { line, cells, seen, secrets }: Taking) {
  const wrong = (message: string) => read.errors.push({ line, message })
  const guia = guiaField.safeParse(plainNumber(cells.guia.replace(/^['=\s]+/, "").replaceAll('"', "")))
  if (cells.guia === "") return wrong("NÚMERO GUIA: is empty")
  if (!guia.success) return wrong(`NÚMERO GUIA: ${guia.error.issues[0]?.message ?? "is wrong"}`)
  if (cells.estatus === "") return wrong("ESTATUS: is empty")
  const [date, time] = cells.movedOn === "" ? [cells.date, cells.hour] : [cells.movedOn, cells.movedAt]
  const at = momentOf(date, time)
  if (!at)
    return wrong(`${cells.movedOn === "" ? "FECHA" : "FECHA DE ÚLTIMO MOVIMIENTO"}: must be a date such as 31-12-2026`)
  // One row for each product of an order: the same parcel several times.
  const eventId = `dropi_${secrets.hash(["dropi", guia.data, at.toISOString(), foldWord(cells.estatus)].join("\n")).slice(0, 40)}`
  if (seen.has(eventId)) return undefined
  seen.add(eventId)
  const { estatus, transportadora, novedad, ciudad, movement, generated } = cells
  read.rows.push({
    line,
    eventId,
    guia: guia.data,
    at,
    estatus: estatus.slice(0, 500),
    transportadora,
    novedad,
    ciudad_de_destino: ciudad,
    ultimo_movimiento: movement,
    fecha_de_generacion_de_guia: generated,
  })
  return undefined
}
