import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { answerText } from "./answer-text.ts"

/** What the server found when it asked a linked system, in the reader's words. */
export function useAnswerText(): (detail: string) => string {
  const { t } = useTexts()
  const when = useTimeFormat()
  return (detail) => {
    const [id, value] = answerText(detail) ?? (["linkedSystems.result.other", detail] as const)
    return t(id, { value: id === "linkedSystems.result.lastHook" ? when.full(value) : value })
  }
}
