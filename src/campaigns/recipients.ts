// Reads a list of recipients as people have it: from a spreadsheet, with commas, semicolons or tabs. What is wrong is said
// by line and does not hold back the rest.
import { CsvError, parse } from "csv-parse/sync"
import { identityOf } from "#contacts/index.ts"

export type Recipient = { phone: string; name: string; fields: Record<string, string> }
export type Listed = { recipients: Recipient[]; errors: { line: number; message: string }[] }

const phoneNames = new Set(["phone", "telefono", "number", "numero", "celular", "movil", "mobile", "whatsapp"])
const nameNames = new Set(["name", "nombre"])
const most = 10_000

/** `needed`: the columns that the template's values name; each recipient must have them. */
export function readCsv(csv: string, needed: readonly string[]): Listed {
  const text = csv.replace(/^\uFEFF/, "")
  const rows = rowsOf(text)
  if ("line" in rows) return { recipients: [], errors: [rows] }
  const [head, ...lines] = rows
  const columns = (head?.record ?? []).map((column) => column.trim())
  const phoneAt = columns.findIndex((column) => phoneNames.has(fold(column)))
  if (phoneAt < 0) return { recipients: [], errors: [{ line: 1, message: "must name the columns, one of them phone" }] }
  const nameAt = columns.findIndex((column) => nameNames.has(fold(column)))
  return checked(
    lines.map(({ record, line }) => ({
      line,
      phone: record[phoneAt] ?? "",
      name: (record[nameAt] ?? "").trim(),
      fields: Object.fromEntries(columns.map((column, i) => [column, (record[i] ?? "").trim()])),
    })),
    needed,
  )
}

export type Given = { line: number; phone: string; name: string; fields: Record<string, string> }

export function checked(given: Given[], needed: readonly string[]): Listed {
  const listed: Listed = { recipients: [], errors: [] }
  for (const { line, phone, ...rest } of given.slice(0, most)) {
    const identity = identityOf(phone.trim(), { kind: "phone", scope: "" })
    const missing = needed.find((column) => !valueOf(rest, column))
    if (!identity?.display) listed.errors.push({ line, message: "phone: must be a number with its country code" })
    else if (missing !== undefined) listed.errors.push({ line, message: `${missing}: is empty` })
    else listed.recipients.push({ phone: identity.value, ...rest })
  }
  if (given.length > most) listed.errors.push({ line: given[most]!.line, message: `must be at most ${most} lines` })
  return listed
}

/** The columns that a template's values name, as `{column}`. */
export function columnsIn(parameters: readonly string[]): string[] {
  return [...new Set(parameters.flatMap((text) => [...text.matchAll(named)].map(([, column]) => column!)))]
}

/** The template's values for one recipient. */
export function valuesFor(parameters: readonly string[], of: Omit<Recipient, "phone">): string[] {
  return parameters.map((text) => text.replace(named, (_, column: string) => valueOf(of, column)))
}

const named = /\{([^{}]{1,100})\}/g

function valueOf({ name, fields }: Omit<Recipient, "phone">, column: string): string {
  const known = Object.keys(fields).find((key) => fold(key) === fold(column))
  return (known === undefined ? undefined : fields[known]) || (nameNames.has(fold(column)) ? name : "")
}

type Row = { record: string[]; line: number }

function rowsOf(text: string): Row[] | { line: number; message: string } {
  try {
    const options = {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      delimiter: delimiterOf(text),
    }
    const rows = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[]
    return rows.map(({ record, info }) => ({ record, line: info.lines }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return {
      line: typeof error["lines"] === "number" ? error["lines"] : 1,
      message: "is not CSV: a quote is not closed, or stands where none may",
    }
  }
}

// The first line names the columns, and names hold none of these.
function delimiterOf(text: string): string {
  const [first = ""] = text.split("\n", 1)
  const counts = [",", ";", "\t"].map((sign) => [sign, first.split(sign).length] as const)
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim()
