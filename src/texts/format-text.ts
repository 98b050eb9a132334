import type { Language, TextId } from "./languages-and-text-ids.ts"
import { en } from "./en.ts"
import { es } from "./es.ts"

const catalogues = { en, es }

/** A text with its placeholders filled. Values named `…Minutes` are said as a duration ("41 min", "2 h"). */
export function formatText(language: Language, id: TextId, values: Record<string, unknown> = {}): string {
  return catalogues[language][id].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined || value === null) return whole
    return name.endsWith("Minutes") && typeof value === "number"
      ? duration(language, value)
      : `${value as string | number | boolean}`
  })
}

function duration(language: Language, minutes: number): string {
  if (Math.round(minutes) < 1) return catalogues[language]["time.underMinute"]
  const whole = Math.round(minutes)
  if (whole < 120) return `${whole} min`
  if (whole >= 2880) return `${Math.round(whole / 1440)} d`
  return whole % 60 === 0 ? `${whole / 60} h` : `${Math.floor(whole / 60)} h ${whole % 60} min`
}
