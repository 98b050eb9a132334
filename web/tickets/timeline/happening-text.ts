import { useTexts } from "../../lib/language.tsx"
import type { Kind } from "../ticket.ts"
import { useDecisionText } from "./automatic-decision-text.ts"
import { useEventText } from "./event-text.ts"
import { isByRule } from "./timeline-items.ts"
import type { TimelineEvent } from "./timeline-queries.ts"

/** What happened, in the words of its reason where it has one; of what a rule did, both what and which rule. */
export function useHappeningText(kind: Kind): (happening: TimelineEvent) => string {
  const { t, has } = useTexts()
  const words = useEventText(kind)
  const say = useDecisionText()
  return (happening) => {
    if (!happening.why) return words(happening)
    const reason = say(happening.why)
    const ruleName = isByRule(happening) && happening.why.inputs?.["ruleName"]
    if (typeof ruleName !== "string" || !has("event.byRule")) return reason
    return t("event.byRule", { text: words(happening), ruleName })
  }
}
