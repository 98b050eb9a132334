import { useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { useNavigate, useSearch } from "@tanstack/react-router"
import { useTexts } from "../lib/language.tsx"
import { useMediaQuery, wideScreen } from "../lib/media-query.ts"
import { Button } from "../ui/button.tsx"
import { LinkRows } from "../ui/link-rows.tsx"
import { ErrorState, EmptyState, Skeleton, LoadingState } from "../ui/loading-empty-and-error.tsx"
import { readBoardFilter } from "./board-filter.ts"
import { FilterGroups } from "./filter-groups.tsx"
import { IncidentRow } from "./incident-row.tsx"
import { incidentsQuery, summaryQuery, type BoardFilter } from "./incident-queries.ts"
import { OutageBanner } from "./outage-banner.tsx"
import { StatusTabs } from "./status-tabs.tsx"

export function BoardPage() {
  const { t } = useTexts()
  const navigate = useNavigate()
  const filter = readBoardFilter(useSearch({ strict: false }))
  const summary = useQuery(summaryQuery)
  const hasRoom = useMediaQuery(wideScreen)
  const choose = (next: BoardFilter) => void navigate({ to: "/incidents", search: next, replace: true })
  return (
    <>
      <p className="mb-3 text-muted">{t("incident.intro")}</p>
      {summary.data?.outage && <OutageBanner outage={summary.data.outage} onSee={choose} />}
      <div className={hasRoom ? "grid grid-cols-[232px_minmax(0,1fr)] items-start gap-6" : "grid gap-4"}>
        <FilterGroups summary={summary.data} filter={filter} onChoose={choose} isNarrow={!hasRoom} />
        <List filter={filter} onChoose={choose} />
      </div>
    </>
  )
}

function List({ filter, onChoose }: { filter: BoardFilter; onChoose: (next: BoardFilter) => void }) {
  const { t } = useTexts()
  const query = useInfiniteQuery(incidentsQuery(filter))
  const first = query.data?.pages[0]
  const { trigger, carrier, city } = filter
  const isFiltered = Boolean(trigger ?? carrier ?? city)
  return (
    <section aria-label={t("incident.board")} className="min-w-0">
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-2">
        <StatusTabs filter={filter} onChoose={onChoose} />
        <p role="status" className="text-sm text-muted tabular-nums">
          {first && t(first.totalIsCapped ? "incident.countCapped" : "incident.count", { count: first.total })}
        </p>
        {isFiltered && (
          <Button size="sm" look="quiet" onClick={() => onChoose(filter.status ? { status: filter.status } : {})}>
            {t("incident.clear")}
          </Button>
        )}
      </div>
      {!query.data && query.isError && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <WaitingRows />}
      {first?.items.length === 0 && (
        <div className="h-64">
          {isFiltered || filter.status ? (
            <EmptyState title={t("incident.noneHere")} text={t("incident.noneHereText")} />
          ) : (
            <EmptyState title={t("incident.none")} text={t("incident.noneText")} />
          )}
        </div>
      )}
      <LinkRows rows={query.data?.pages.flatMap(({ items }) => items) ?? []}>
        {(incident) => <IncidentRow incident={incident} />}
      </LinkRows>
      {query.hasNextPage && (
        <Button className="mt-3" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("incident.more")}
        </Button>
      )}
    </section>
  )
}

const WaitingRows = () => (
  <LoadingState>
    <div className="grid gap-px">
      {Array.from({ length: 6 }, (_, n) => (
        <Skeleton key={n} className="h-[76px]" />
      ))}
    </div>
  </LoadingState>
)
