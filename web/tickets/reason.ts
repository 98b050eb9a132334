import { useTexts, type Values } from "../lib/language.tsx"
import { useWhen } from "../lib/when.ts"
import type { Reason } from "./story.ts"

/** A decision in the viewer's language. When we cannot say every part of it, the server's own sentence. */
export function useReason(): (reason: Reason) => string {
  const { t, has, raw } = useTexts()
  const { duration } = useWhen()
  return (reason) => {
    const id = `why.${reason.code ?? ""}`
    if (!has(id)) return reason.because
    const values = speakable(reason.inputs ?? {}, duration)
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
