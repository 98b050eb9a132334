// What the server says of a line of an import, as an id of our texts; the rest stays in its own words. Pure.
import type { TextId } from "#texts/languages-and-text-ids.ts"

const known: [RegExp, TextId][] = [
  [/^(?<column>.+): is empty$/, "incident.bad.empty"],
  [/^(?<column>.+): must be a date/, "incident.bad.date"],
  [/must be a tracking number, not a telephone number$/, "incident.bad.phone"],
  [/^NÚMERO GUIA: must be/, "incident.bad.guia"],
  [/^must be a spreadsheet/, "incident.bad.sheet"],
  [/^must be a list with/, "incident.bad.list"],
]

export function importLineError(message: string): { id: TextId | null; column: string } {
  for (const [pattern, id] of known) {
    const found = pattern.exec(message)
    if (found) return { id, column: found.groups?.["column"] ?? "" }
  }
  return { id: null, column: "" }
}
