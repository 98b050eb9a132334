// How the cells of an export are written: for programs, always the same; for people, as a spreadsheet of theirs reads them.
import { formatText } from "#texts/format-text.ts"
import { languageOrDefault, type TextId } from "#texts/languages-and-text-ids.ts"

export type CustomField = { key: string; label: string }
export type WordGroup =
  | "kind"
  | "rawStatus"
  | "priority"
  | "channel"
  | `incident.${"trigger" | "status" | "priority" | "canonical"}`

export type CsvLayout = {
  delimiter: "," | ";"
  heading: (column: string) => string
  /** A program knows a field of the desk's own by its key, a person by its label. */
  field: (field: CustomField) => string
  /** What a value of a closed list is called: `group` as in the texts. */
  word: (group: WordGroup, value: string) => string
  time: (at: Date | null) => string
  number: (value: number) => string | number
  flag: (value: boolean) => string
}

/** Names as the API has them, instants in UTC. */
export const plainLayout: CsvLayout = {
  delimiter: ",",
  heading: (column) => column,
  field: ({ key }) => `customFields.${key}`,
  word: (_group, value) => value,
  time: (at) => at?.toISOString() ?? "",
  number: (value) => value,
  flag: String,
}

/**
 * In the locale's language and the reader's zone. Where a comma parts decimals, spreadsheets part cells by semicolons. Times stand
 * as 2026-11-30 16:48, which spreadsheets of every locale know for a time.
 */
export function spreadsheetLayout(locale: string, timezone: string): CsvLayout {
  const language = languageOrDefault(locale)
  const text = (id: string) => formatText(language, id as TextId)
  const decimal = decimalSeparator(locale)
  return {
    delimiter: decimal === "," ? ";" : ",",
    heading: (column) => text(`csv.${column}`),
    field: ({ label }) => label,
    word: (group, value) => text(`${group}.${value}`),
    time: (at) => (at === null ? "" : localTime(at, timezone)),
    number: (value) => (Number.isInteger(value) ? value : String(value).replace(".", decimal)),
    flag: (value) => text(value ? "csv.yes" : "csv.no"),
  }
}

const decimalSeparator = (locale: string) =>
  new Intl.NumberFormat(locale, { numberingSystem: "latn" }).formatToParts(1.5).find(({ type }) => type === "decimal")
    ?.value ?? "."

function localTime(at: Date, timezone: string): string {
  const there = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timezone)
  return there.toPlainDateTime().toString({ smallestUnit: "minute" }).replace("T", " ")
}
