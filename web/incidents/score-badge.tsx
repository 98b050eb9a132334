import { useTexts } from "../lib/language.tsx"
import { classNames } from "../ui/class-names.ts"
import type { ScoreLevel, Score } from "./incident-queries.ts"

const tones: Record<ScoreLevel, string> = {
  HIGH: "bg-red-soft text-red",
  MEDIUM: "bg-amber-soft text-amber",
  LOW: "bg-hover text-muted",
}

export function ScoreBadge({ score: { total, level } }: { score: Score }) {
  const { t } = useTexts()
  return (
    <span
      className={classNames(
        "flex h-10 w-14 shrink-0 flex-col items-center justify-center rounded tabular-nums",
        tones[level],
      )}
    >
      <span className="sr-only">{t("incident.scoreOf", { total })}: </span>
      <span aria-hidden className="text-lg leading-tight font-strong">
        {total}
      </span>
      <span className="text-xs leading-tight">{t(`incident.level.${level}`)}</span>
    </span>
  )
}
