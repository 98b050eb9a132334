import { useTexts } from "../lib/language.tsx"
import type { Incident } from "./incident-queries.ts"
import { ScoreBadge } from "./score-badge.tsx"
import { useIncidentText } from "./incident-text.ts"

/** How bad, and what makes it so. */
export function ScorePanel({ incident }: { incident: Incident }) {
  const { t } = useTexts()
  const { score, cause, movedAt } = incident
  const words = useIncidentText()
  return (
    <section aria-label={t("incident.score")} className="rounded border border-line p-4">
      <div className="mb-3 flex items-center gap-3">
        <ScoreBadge score={score} />
        <div>
          <h3 className="font-strong">{t("incident.scoreOf", { total: score.total })}</h3>
          {cause === null && <p className="text-sm text-muted">{words.unmoved(movedAt)}</p>}
        </div>
      </div>
      {cause !== null && <p className="text-sm text-muted">{t("incident.wholeScore")}</p>}
      {cause === null && score.parts.length === 0 && <p className="text-sm text-muted">{t("incident.noParts")}</p>}
      <ul className="grid gap-2">
        {score.parts.map(({ part, points }) => (
          <li key={part} className="grid gap-1">
            <span className="flex justify-between gap-2 text-sm">
              <span>{t(`incident.part.${part}`)}</span>
              <span className="tabular-nums">{points}</span>
            </span>
            <span aria-hidden className="h-1 overflow-hidden rounded-full bg-hover">
              <span className="block h-full bg-edge" style={{ width: `${points}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
