import { decisionTextId, decisionTextValues } from "#texts/languages-and-text-ids.ts"
import { useTexts, type TextValues } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import type { DecisionReason } from "./timeline-queries.ts"

/** A decision in the viewer's language. When we cannot say every part of it, the server's own sentence. */
export function useDecisionText(): (reason: DecisionReason) => string {
  const { t, has, raw } = useTexts()
  const when = useTimeFormat()
  return (reason) => {
    const inputs = reason.inputs ?? {}
    const id = decisionTextId(reason.code ?? "", inputs, has)
    if (!has(id) && id.startsWith("why.automation_")) return comingText()
    if (!has(id)) return reason.because
    const values = speakable(decisionTextValues(inputs), when)
    const missing = [...raw(id).matchAll(/\{(\w+)/g)].some(([, name]) => name !== undefined && !(name in values))
    return missing ? reason.because : t(id, values)
  }
}

let ruleTexts: Promise<unknown> | undefined

/** Few tickets need these texts: they are fetched by the first that does, and all are said anew once they are there. */
function comingText(): string {
  ruleTexts ??= import("./load-rule-texts.ts").catch(() => (ruleTexts = undefined))
  return "…"
}

type Durations = Pick<ReturnType<typeof useTimeFormat>, "duration" | "hours">

function speakable(inputs: Record<string, unknown>, { duration, hours }: Durations): TextValues {
  const values: TextValues = {}
  for (const [name, value] of Object.entries(inputs)) {
    if (typeof value === "string") values[name] = value
    else if (typeof value !== "number") continue
    else if (name === "workingMinutes") values[name] = hours(value)
    else values[name] = name.endsWith("Minutes") ? duration(value) : value
  }
  return values
}
