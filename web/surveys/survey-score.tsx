import { Star } from "lucide-react"
import { useTexts } from "../lib/language.tsx"

/** The score that the customer gave, small, as a row of a list has room for it. */
export function SurveyScore({ score }: { score: number }) {
  const { t } = useTexts()
  return (
    <span
      role="img"
      aria-label={t("survey.result", { score })}
      title={t("survey.result", { score })}
      className="flex shrink-0 items-center gap-0.5 text-xs text-muted tabular-nums"
    >
      <Star className="size-3" aria-hidden />
      {score}
    </span>
  )
}
