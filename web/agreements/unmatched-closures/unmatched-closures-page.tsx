import { useInfiniteQuery } from "@tanstack/react-query"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { EmptyState, NotLoaded, Skeleton } from "../../ui/loading-empty-and-error.tsx"
import { MoreButton } from "../../ui/more-button.tsx"
import { useAgreementTexts } from "../agreement-texts.ts"
import { type UnmatchedClosure, unmatchedClosuresQuery } from "./unmatched-closures-query.ts"

/** What a record system says that it closed, and belongs to no ticket here, or to several. */
export function UnmatchedClosuresPage() {
  const { t } = useTexts()
  const query = useInfiniteQuery(unmatchedClosuresQuery)
  const closures = query.data?.pages.flatMap(({ items }) => items)
  return (
    <>
      <p className="mb-3 text-muted">{t("unmatchedClosures.intro")}</p>
      {!closures && (
        <NotLoaded query={query}>
          <Skeleton className="h-64" />
        </NotLoaded>
      )}
      {closures?.length === 0 && (
        <div className="h-64">
          <EmptyState title={t("unmatchedClosures.empty")} text={t("unmatchedClosures.emptyText")} />
        </div>
      )}
      {closures && closures.length > 0 && (
        <ul className="rounded border border-line">
          {closures.map((closure) => (
            <li key={closure.id} className="border-line px-3 py-2 not-last:border-b">
              <Closure closure={closure} />
            </li>
          ))}
        </ul>
      )}
      <MoreButton query={query} />
    </>
  )
}

function Closure({ closure: { at, system, number, company, because } }: { closure: UnmatchedClosure }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const { business } = useAgreementTexts()
  const isAmbiguous = because === "several"
  return (
    <>
      <p dir="auto" className="flex flex-wrap items-baseline justify-between gap-x-3 font-strong break-words">
        {t("unmatchedClosures.closed", { system: system.name, number })}
        <time dateTime={at} className="text-xs font-normal text-faint tabular-nums">
          {when.full(at)}
        </time>
      </p>
      <p className="text-sm text-muted">
        {[company && business(company), t(isAmbiguous ? "unmatchedClosures.several" : "unmatchedClosures.unknown")]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </>
  )
}
