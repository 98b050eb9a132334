import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { NotLoaded, Skeleton } from "../../ui/loading-empty-and-error.tsx"
import { useDecisionText } from "../timeline/automatic-decision-text.ts"
import { decisionsQuery, type Decision } from "../timeline/timeline-queries.ts"

/** Every automatic choice: what was decided, from what, and what was not chosen and why. Newest first. */
export function DecisionsTab({ number }: { number: string }) {
  const { t } = useTexts()
  const query = useQuery(decisionsQuery(number))
  if (!query.data)
    return (
      <NotLoaded query={query}>
        <Skeleton className="h-24" />
      </NotLoaded>
    )
  const decisions = query.data.items.toSorted((a, b) => b.at.localeCompare(a.at))
  if (decisions.length === 0) return <p className="text-muted">{t("details.noWhy")}</p>
  return (
    <>
      <p className="mb-3 text-sm text-muted">{t("details.whyIntro")}</p>
      <ol className="relative grid gap-4 before:absolute before:inset-y-1 before:left-[4px] before:w-px before:bg-edge">
        {decisions.map((decision, index) => (
          <OneDecision key={`${decision.at} ${index}`} decision={decision} />
        ))}
      </ol>
    </>
  )
}

function OneDecision({ decision }: { decision: Decision }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const say = useDecisionText()
  const inputs = Object.entries(decision.inputs ?? {}).filter(([, value]) => value !== null && value !== undefined)
  return (
    <li className="relative pl-5">
      <span
        aria-hidden
        className="absolute top-[5px] left-0 size-[9px] rounded-full border-2 border-accent bg-surface"
      />
      <p className="break-words">{say(decision)}</p>
      <time dateTime={decision.at} className="text-xs text-faint tabular-nums">
        {when.full(decision.at)}
      </time>
      {decision.rejected.length > 0 && (
        <ul className="mt-1 grid gap-1 text-sm text-muted">
          {decision.rejected.map(({ candidate, name, code, because }) => (
            <li key={candidate} className="break-words">
              {t("details.rejected")}: {name ?? candidate} – {say({ code, because, inputs: decision.inputs ?? {} })}
            </li>
          ))}
        </ul>
      )}
      {inputs.length > 0 && (
        <details className="mt-1 text-sm">
          <summary className="min-h-6 cursor-pointer text-muted">{t("details.inputs")}</summary>
          <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 font-mono text-xs">
            {inputs.map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-faint">{name}</dt>
                <dd className="break-all">{typeof value === "string" ? value : JSON.stringify(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  )
}
