import type { Progress } from "#campaigns/api-contract.ts"
import { useTexts } from "../lib/language.tsx"
import { progressShares, progressFigures, type ProgressPart } from "./progress-figures.ts"

const colours: Partial<Record<ProgressPart, string>> = {
  read: "bg-green",
  delivered: "bg-accent",
  sent: "bg-edge",
  unknown: "bg-amber",
  failed: "bg-red",
}

/** One line for all: what is not coloured has not gone yet. The numbers beside it say the same in words. */
export function ProgressBar({ progress }: { progress: Progress }) {
  const { t } = useTexts()
  const { sent, failed } = progressFigures(progress)
  return (
    <div
      role="img"
      aria-label={t("campaigns.short", { sent, total: progress.total, failed })}
      className="flex h-2 overflow-hidden rounded-full bg-hover"
    >
      {progressShares(progress).map(({ part, percent }) => (
        <span key={part} className={colours[part]} style={{ width: `${percent}%` }} />
      ))}
    </div>
  )
}
