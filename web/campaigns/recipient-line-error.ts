// What the server says of a line, as an id of our texts; the rest stays in its own words. Pure.
import type { TextId } from "#texts/languages-and-text-ids.ts"

export interface LineError {
  id: TextId | null
  column: string
}

const known: [RegExp, TextId][] = [
  [/^phone: must be a number of (?<column>[A-Z]{2}),/, "recipients.badPhoneOf"],
  [/^phone: must/, "recipients.badPhone"],
  [/^(?<column>.+): is empty$/, "recipients.emptyColumn"],
  [/^must name the columns/, "recipients.noPhoneColumn"],
  [/^must be at most (?<column>\d+) lines$/, "recipients.tooMany"],
  [/^is not CSV/, "recipients.notCsv"],
]

export function recipientLineError(message: string): LineError {
  for (const [pattern, id] of known) {
    const found = pattern.exec(message)
    if (found) return { id, column: found.groups?.["column"] ?? "" }
  }
  return { id: null, column: "" }
}
