import { decisionTextId } from "#texts/languages-and-text-ids.ts"
import { useTexts, type TextValues } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import type { DecisionReason } from "./timeline-queries.ts"

/** A decision in the viewer's language. When we cannot say every part of it, the server's own sentence. */
export function useDecisionText(): (reason: DecisionReason) => string {
  const { t, has, raw } = useTexts()
  const { duration } = useTimeFormat()
  return (reason) => {
    const inputs = reason.inputs ?? {}
    const id = decisionTextId(reason.code ?? "", inputs, has)
    if (!has(id)) return reason.because
    const values = speakable(inputs, duration)
    const missing = [...raw(id).matchAll(/\{(\w+)/g)].some(([, name]) => name !== undefined && !(name in values))
    return missing ? reason.because : t(id, values)
  }
}

function speakable(inputs: Record<string, unknown>, duration: (minutes: number) => string): TextValues {
  const values: TextValues = {}
  for (const [name, value] of Object.entries(inputs)) {
    if (typeof value === "number") values[name] = name.endsWith("Minutes") ? duration(value) : value
    else if (typeof value === "string") values[name] = value
  }
  return values
}
