import { decisionTextId, decisionTextValues, type Language, type TextId } from "./languages-and-text-ids.ts"
import { en } from "./en.ts"
import { es } from "./es.ts"

const catalogues = { en, es }

/**
 * A text with its placeholders filled. Values named `…Minutes` are said as a duration ("41 min", "2 h"), `workingMinutes` in hours
 * however many: no working day has 24 of them.
 */
export function formatText(language: Language, id: TextId, values: Record<string, unknown> = {}): string {
  return catalogues[language][id].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined || value === null) return whole
    if (!name.endsWith("Minutes") || typeof value !== "number") return `${value as string | number | boolean}`
    return name === "workingMinutes" ? inHours(value) : duration(language, value)
  })
}

/** A decision in words, by its code and what it was made from. */
export function formatDecision(
  language: Language,
  { code, inputs }: { code: string; inputs: Record<string, unknown> },
): string {
  const id = decisionTextId(code, inputs, (text) => text in en) as TextId
  return formatText(language, id, decisionTextValues(inputs))
}

function duration(language: Language, minutes: number): string {
  if (Math.round(minutes) < 1) return catalogues[language]["time.underMinute"]
  const whole = Math.round(minutes)
  if (whole < 120) return `${whole} min`
  return whole >= 2880 ? `${Math.round(whole / 1440)} d` : inHours(whole)
}

function inHours(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return [hours > 0 && `${hours} h`, rest > 0 && `${rest} min`].filter(Boolean).join(" ")
}
