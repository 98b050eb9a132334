// Instants as carriers write them: what says no zone is the wall clock of Bogota, and 05-03-2026 is the fifth of March.

const home = "America/Bogota"

/** An instant, or null for what is none. ISO 8601, DD-MM-YYYY, DD/MM/YYYY or YYYY-MM-DD, with or without a time. */
export function parseCarrierDate(text: string, time = "", zone = home): Date | null {
  const trimmed = text.trim()
  if (/^\d{4}-\d{2}-\d{2}[T ].*(?:Z|[+-]\d{2}:?\d{2})$/i.test(trimmed)) return fromIso(trimmed)
  const parts =
    /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ]+(.+))?$/.exec(trimmed) ??
    backwards(/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(.+))?$/.exec(trimmed))
  if (!parts) return null
  const [, day, month, year, within] = parts
  const clock = clockOf(time.trim() || within?.trim() || "00:00")
  return clock && wall(zone, { day: Number(day), month: Number(month), year: Number(year), ...clock })
}

function backwards(match: RegExpExecArray | null): (string | undefined)[] | null {
  if (!match) return null
  const [all, year, month, day, time] = match
  return [all, day, month, year, time]
}

type Clock = { hour: number; minute: number; second: number; millisecond: number }

function clockOf(text: string): Clock | null {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3})\d*)?)?\s*([ap])?\.?\s*m?\.?$/i.exec(text)
  if (!match) return null
  const [, hours, minutes, seconds = "0", fraction = "0", half] = match
  const isAfternoon = half?.toLowerCase() === "p"
  const hour = half ? (Number(hours) % 12) + (isAfternoon ? 12 : 0) : Number(hours)
  return { hour, minute: Number(minutes), second: Number(seconds), millisecond: Number(fraction.padEnd(3, "0")) }
}

function wall(zone: string, parts: Clock & { day: number; month: number; year: number }): Date | null {
  try {
    const local = Temporal.PlainDateTime.from(parts, { overflow: "reject" })
    return within(new Date(local.toZonedDateTime(zone).epochMilliseconds))
  } catch {
    return null
  }
}

function fromIso(text: string): Date | null {
  try {
    return within(new Date(Temporal.Instant.from(text.replace(" ", "T")).epochMilliseconds))
  } catch {
    return null
  }
}

const within = (at: Date) => (at.getUTCFullYear() >= 1970 && at.getUTCFullYear() <= 9999 ? at : null)
