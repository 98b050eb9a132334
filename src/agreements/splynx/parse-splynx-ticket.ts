// A ticket as Splynx writes it: mostly texts, sometimes numbers and booleans, and times that say no zone.
import type { WorkStatus } from "../systems/system-kind.ts"

/** Null when it cannot be said what the ticket says, above all whether it is closed. `timezone`: where that server's clock stands. */
export function parseSplynxTicket(value: unknown, timezone: string): WorkStatus | null {
  if (typeof value !== "object" || value === null) return null
  const fields = value as Record<string, unknown>
  const number = idIn(fields["id"])
  const closed = spellings.get(wordIn(fields["closed"]))
  if (number === null || closed === undefined) return null
  return {
    number,
    closed,
    operatorNumber: idIn(fields["assign_to"]),
    customerNumber: idIn(fields["customer_id"]),
    subject: wordIn(fields["subject"]),
    updatedAt: instantIn(wordIn(fields["updated_at"]), timezone),
  }
}

const spellings = new Map([
  ["1", true],
  ["true", true],
  ["0", false],
  ["false", false],
])

const wordIn = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : ""

/** "0" stands for nobody. */
export function idIn(value: unknown): string | null {
  const text = wordIn(value).trim()
  return /^[1-9]\d{0,18}$/.test(text) ? text : null
}

function instantIn(text: string, timezone: string): Date | null {
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})$/.exec(text) ?? []
  if (date === undefined) return null
  try {
    const local = Temporal.PlainDateTime.from(`${date}T${time}`, { overflow: "reject" })
    return new Date(local.toZonedDateTime(timezone).epochMilliseconds)
  } catch {
    return null
  }
}
