// Hilo's own format, see docs/import.md: an object a line, or a table whose columns are named alike (`contact.email`).
import type { RawRecord, Source } from "./source.ts"

export const hilo: Source = {
  expected: "a record of Hilo's format",
  records: (value) => [nested({ type: "ticket", ...value })],
}

/** Columns such as `contact.email` are fields of an object. */
function nested(value: RawRecord): RawRecord {
  const columns = Object.entries(value)
  if (!columns.some(([name]) => name.includes("."))) return value
  const groups = Map.groupBy(columns, ([name]) => name.split(".", 1)[0]!)
  return Object.fromEntries(
    [...groups].map(([head, all]) => {
      const parts = all.map(([name, one]) => [name.slice(head.length + 1), one] as const)
      return [head, parts.every(([rest]) => rest !== "") ? Object.fromEntries(parts) : all[0]![1]]
    }),
  )
}
