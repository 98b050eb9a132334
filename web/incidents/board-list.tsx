import { useInfiniteQuery } from "@tanstack/react-query"
import { type MouseEvent } from "react"
import { useTexts } from "../lib/language.tsx"
import { EmptyState } from "../ui/loading-empty-and-error.tsx"
import { PagedRows } from "../ui/rows/paged-rows.tsx"
import { isNarrowed } from "./board-filter.ts"
import { BoardHeader } from "./board-header.tsx"
import { IncidentBulkBar } from "./bulk/incident-bulk-bar.tsx"
import { useIncidentSelection } from "./bulk/incident-selection.ts"
import { IncidentRow } from "./incident-row.tsx"
import { incidentsQuery, type BoardFilter } from "./incident-queries.ts"

interface Props {
  filter: BoardFilter
  onChoose: (next: BoardFilter) => void
}

/** The incidents of a filter, the worst first, each of them selectable. */
export function BoardList({ filter, onChoose }: Props) {
  const { t } = useTexts()
  const query = useInfiniteQuery(incidentsQuery(filter))
  const first = query.data?.pages[0]
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? []
  const selection = useIncidentSelection(filter, rows)
  const onClick = ({ target, shiftKey }: MouseEvent) => {
    const number = (target as HTMLElement).dataset["select"]
    if (number) (shiftKey ? selection.range : selection.toggle)(number)
  }
  return (
    <section aria-label={t("incident.board")} className="min-w-0">
      {selection.isOn ? (
        <IncidentBulkBar selection={selection} found={first} />
      ) : (
        <BoardHeader filter={filter} onChoose={onChoose} found={first} />
      )}
      {/* The boxes are reached by their own keys; the click of each comes here. */}
      <div onClick={onClick}>
        <PagedRows query={query} empty={<NoIncidents filter={filter} />}>
          {(incident) => <IncidentRow incident={incident} isSelected={selection.numbers.has(incident.number)} />}
        </PagedRows>
      </div>
    </section>
  )
}

function NoIncidents({ filter }: { filter: BoardFilter }) {
  const { t } = useTexts()
  if (filter.q && Object.keys(filter).length === 1)
    return <EmptyState title={t("incident.notFound")} text={t("incident.notFoundText", { text: filter.q })} />
  if (isNarrowed(filter) || filter.status)
    return <EmptyState title={t("incident.noneHere")} text={t("incident.noneHereText")} />
  return <EmptyState title={t("incident.none")} text={t("incident.noneText")} />
}
