import { useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { useNavigate, useSearch } from "@tanstack/react-router"
import { useTexts } from "../lib/language.tsx"
import { useMediaQuery, wideScreen } from "../lib/media-query.ts"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/loading-empty-and-error.tsx"
import { PagedRows } from "../ui/rows/paged-rows.tsx"
import { agreementCountsQuery, agreementsQuery } from "./agreement-queries.ts"
import { AgreementRow } from "./agreement-row.tsx"
import { BoardFilters } from "./board-filters.tsx"
import { readBoardFilter, type BoardFilter } from "./board-filter.ts"

export function BoardPage() {
  const { t } = useTexts()
  const navigate = useNavigate()
  const filter = readBoardFilter(useSearch({ strict: false }))
  const counts = useQuery(agreementCountsQuery).data
  const hasRoom = useMediaQuery(wideScreen)
  const choose = (next: BoardFilter) => void navigate({ to: "/agreements", search: next, replace: true })
  return (
    <>
      <p className="mb-3 text-muted">{t("agreement.intro")}</p>
      {counts?.isShadow && (
        <p className="mb-4 rounded border border-amber bg-amber-soft px-4 py-3 text-amber">{t("agreement.shadow")}</p>
      )}
      <div className={hasRoom ? "grid grid-cols-[232px_minmax(0,1fr)] items-start gap-6" : "grid gap-4"}>
        <BoardFilters counts={counts} filter={filter} onChoose={choose} isNarrow={!hasRoom} />
        <List filter={filter} onChoose={choose} isShadow={counts?.isShadow ?? false} />
      </div>
    </>
  )
}

interface ListProps {
  filter: BoardFilter
  onChoose: (next: BoardFilter) => void
  isShadow: boolean
}

function List({ filter, onChoose, isShadow }: ListProps) {
  const { t } = useTexts()
  const query = useInfiniteQuery(agreementsQuery(filter))
  const first = query.data?.pages[0]
  const isFiltered = Boolean(filter.state ?? filter.company)
  return (
    <section aria-label={t("nav.agreements")} className="min-w-0">
      <div className="mb-2 flex min-h-7 flex-wrap items-center gap-x-3 gap-y-2">
        <p role="status" className="text-sm text-muted tabular-nums">
          {first && t(first.totalIsCapped ? "agreement.countCapped" : "agreement.count", { count: first.total })}
        </p>
        {isFiltered && (
          <Button size="sm" look="quiet" onClick={() => onChoose({})}>
            {t("agreement.clear")}
          </Button>
        )}
      </div>
      <PagedRows query={query} empty={<NoAgreements isFiltered={isFiltered} />}>
        {(agreement) => <AgreementRow agreement={agreement} isShadow={isShadow} />}
      </PagedRows>
    </section>
  )
}

function NoAgreements({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useTexts()
  if (isFiltered) return <EmptyState title={t("agreement.noneHere")} text={t("agreement.noneHereText")} />
  return <EmptyState title={t("agreement.none")} text={t("agreement.noneText")} />
}
