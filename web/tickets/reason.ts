import { textOfWhy } from "#texts/contract.ts"
import { useTexts, type Values } from "../lib/language.tsx"
import { useWhen } from "../lib/when.ts"
import type { Reason } from "./story.ts"

/** A decision in the viewer's language. When we cannot say every part of it, the server's own sentence. */
export function useReason(): (reason: Reason) => string {
  const { t, has, raw } = useTexts()
  const { duration } = useWhen()
  return (reason) => {
    const inputs = reason.inputs ?? {}
    const id = textOfWhy(reason.code ?? "", inputs, has)
    if (!has(id)) return reason.because
    const values = speakable(inputs, duration)
    const missing = [...raw(id).matchAll(/\{(\w+)/g)].some(([, name]) => name !== undefined && !(name in values))
    return missing ? reason.because : t(id, values)
  }
}

function speakable(inputs: Record<string, unknown>, duration: (minutes: number) => string): Values {
  const values: Values = {}
  for (const [name, value] of Object.entries(inputs)) {
    if (typeof value === "number") values[name] = name.endsWith("Minutes") ? duration(value) : value
    else if (typeof value === "string") values[name] = value
  }
  return values
}
