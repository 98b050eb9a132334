// Reads a list of recipients as people have it: from a spreadsheet, with commas, semicolons or tabs. What is wrong is said
// by line and does not hold back the rest.
import { foldedLine } from "#kernel/http/input-fields.ts"
import type { Row, UnreadableTable } from "#kernel/parsing/csv-and-xlsx-rows.ts"
import { mapYielding } from "#kernel/map-without-blocking-event-loop.ts"
import { identityOf } from "#contacts/index.ts"
import { phoneRefusal, parsePhone } from "#privacy/index.ts"

export type Recipient = { phone: string; name: string; fields: Record<string, string> }
/** `local`: how many numbers were read as ones of the desk's country. */
export type ListedRecipient = { recipients: Recipient[]; errors: { line: number; message: string }[]; local: number }
/** `needed`: the columns that the template's values name; each recipient must have them. `home`: the desk's country. */
export type ExpectedColumns = { needed: readonly string[]; home: string | null }

const phoneNames = new Set(["phone", "telefono", "number", "numero", "celular", "movil", "mobile", "whatsapp"])
const nameNames = new Set(["name", "nombre"])
const most = 10_000
const longestName = 200

export async function readRows(
  rows: readonly (Row | UnreadableTable)[],
  expected: ExpectedColumns,
): Promise<ListedRecipient> {
  const [head, ...lines] = rows
  if (head && "message" in head) return nobody(head)
  const columns = (head?.cells ?? []).map((column) => column.trim())
  const phoneAt = columns.findIndex((column) => phoneNames.has(fold(column)))
  if (phoneAt < 0) return nobody({ line: 1, message: "must name the columns, one of them phone" })
  const nameAt = columns.findIndex((column) => nameNames.has(fold(column)))
  const cellsOf = (row: Row | UnreadableTable) => ("cells" in row ? row.cells : [])
  return checkRecipient(
    lines.map((row) => ({
      line: row.line,
      phone: cellsOf(row)[phoneAt] ?? "",
      name: foldedLine(cellsOf(row)[nameAt] ?? "", longestName),
      fields: Object.fromEntries(columns.map((column, i) => [column, (cellsOf(row)[i] ?? "").trim()])),
    })),
    expected,
  )
}

const nobody = (error: ListedRecipient["errors"][number]): ListedRecipient => ({
  recipients: [],
  errors: [error],
  local: 0,
})

export type GivenColumns = { line: number; phone: string; name: string; fields: Record<string, string> }

/** Lets others have their turn now and then: ten thousand numbers take a while. */
export async function checkRecipient(given: GivenColumns[], expected: ExpectedColumns): Promise<ListedRecipient> {
  const listed: ListedRecipient = { recipients: [], errors: [], local: 0 }
  await mapYielding(given.slice(0, most), (one) => check(listed, one, expected))
  if (given.length > most) listed.errors.push({ line: given[most]!.line, message: `must be at most ${most} lines` })
  return listed
}

function check(listed: ListedRecipient, { line, phone, ...rest }: GivenColumns, { needed, home }: ExpectedColumns) {
  const read = parsePhone(phone, home)
  const identity = read && identityOf(read.number, { kind: "phone", scope: "" })
  const values = needed.length > 0 ? folded(rest) : null
  const missing = needed.find((column) => !values?.get(fold(column)))
  if (!identity?.display) listed.errors.push({ line, message: `phone: ${phoneRefusal(home)}` })
  else if (missing !== undefined) listed.errors.push({ line, message: `${missing}: is empty` })
  else {
    listed.recipients.push({ phone: identity.value, ...rest })
    if (read?.isLocal) listed.local++
  }
}

/** The columns that a template's values name, as `{column}`. */
export function columnsIn(parameters: readonly string[]): string[] {
  return [...new Set(parameters.flatMap((text) => [...text.matchAll(named)].map(([, column]) => column!)))]
}

/** The template's values for one recipient. */
export function valuesFor(parameters: readonly string[], of: Omit<Recipient, "phone">): string[] {
  const values = folded(of)
  return parameters.map((text) => text.replace(named, (_, column: string) => values.get(fold(column)) ?? ""))
}

const named = /\{([^{}]{1,100})\}/g

/** The values of one recipient by the folded names of their columns. */
function folded({ name, fields }: Omit<Recipient, "phone">): Map<string, string> {
  const values = new Map([...nameNames].map((column) => [column, name]))
  for (const [column, value] of Object.entries(fields).toReversed()) if (value) values.set(fold(column), value)
  return values
}

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim()
