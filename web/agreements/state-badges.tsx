import { useTexts } from "../lib/language.tsx"
import { Badge, type Tone } from "../ui/badge.tsx"
import type { Agreement } from "./agreement-queries.ts"

export const toneOf: Record<Agreement["state"], Tone> = {
  agreed_open: "neutral",
  awaiting: "amber",
  disagreed: "red",
  acting: "blue",
  agreed_closed: "green",
  escalated: "red",
}

/** Its state, and how often it was reopened. */
export function StateBadges({ agreement: { state, recreado } }: { agreement: Agreement }) {
  const { t } = useTexts()
  return (
    <>
      <Badge tone={toneOf[state]}>{t(`agreement.state.${state}`)}</Badge>
      {recreado > 0 && (
        <Badge tone={recreado >= 3 ? "red" : "neutral"}>{t("agreement.times", { count: recreado })}</Badge>
      )}
    </>
  )
}
