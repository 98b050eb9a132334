import { useQuery } from "@tanstack/react-query"
import { useNavigate, useSearch } from "@tanstack/react-router"
import { useTexts } from "../lib/language.tsx"
import { useMediaQuery, wideScreen } from "../lib/media-query.ts"
import { readBoardFilter } from "./board-filter.ts"
import { BoardList } from "./board-list.tsx"
import { FilterGroups } from "./filter-groups.tsx"
import { summaryQuery, type BoardFilter } from "./incident-queries.ts"
import { OutageBanner } from "./outage-banner.tsx"

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
        <BoardList filter={filter} onChoose={choose} />
      </div>
    </>
  )
}
