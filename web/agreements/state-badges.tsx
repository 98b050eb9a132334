import { useTexts } from "../lib/language.tsx"
import { Badge, type Tone } from "../ui/badge.tsx"
import type { Agreement } from "./agreement-queries.ts"
import { shownStateOf } from "./next-step.ts"

export const toneOf: Record<Agreement["state"], Tone> = {
  agreed_open: "neutral",
  awaiting: "amber",
  disagreed: "red",
  acting: "blue",
  agreed_closed: "green",
  escalated: "red",
}

/** Its state, and how often it was reopened. */
export function StateBadges({ agreement }: { agreement: Agreement }) {
  const { t } = useTexts()
  const { state, recreado } = agreement
  return (
    <>
      <Badge tone={toneOf[state]}>{t(`agreement.state.${shownStateOf(agreement)}`)}</Badge>
      {recreado > 0 && (
        <Badge tone={recreado >= 3 ? "red" : "neutral"}>{t("agreement.times", { count: recreado })}</Badge>
      )}
    </>
  )
}
