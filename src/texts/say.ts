import type { Language, TextId } from "./contract.ts"
import { en } from "./en.ts"
import { es } from "./es.ts"

const catalogues = { en, es }

/** A text with its placeholders filled. Values named `…Minutes` are said as a duration ("41 min", "2 h"). */
export function say(language: Language, id: TextId, values: Record<string, unknown> = {}): string {
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
  if (minutes < 120) return `${Math.round(minutes)} min`
  const hours = minutes / 60
  return hours < 48 ? `${Number(hours.toFixed(1))} h` : `${Math.round(hours / 24)} d`
}
