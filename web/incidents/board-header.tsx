import { Download, X } from "lucide-react"
import { csvExportUrl } from "../files/csv-export-url.ts"
import { useTexts } from "../lib/language.tsx"
import { Button } from "../ui/button.tsx"
import { boardQuery, isNarrowed, toggleFilter, widened } from "./board-filter.ts"
import { BoardSearch } from "./board-search.tsx"
import type { BoardFilter } from "./incident-queries.ts"
import { StatusTabs } from "./status-tabs.tsx"

interface Props {
  filter: BoardFilter
  onChoose: (next: BoardFilter) => void
  found: { total: number; totalIsCapped: boolean } | undefined
}

const owners = ["me", "unassigned"] as const

/** What the board shows and how many: search, status, whose. */
export function BoardHeader({ filter, onChoose, found }: Props) {
  const { t, language } = useTexts()
  const { failureCode } = filter
  const save = () => location.assign(csvExportUrl("incidents", boardQuery(filter), language))
  return (
    <div className="mb-2 grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <BoardSearch filter={filter} onChoose={onChoose} />
        <select
          aria-label={t("incident.owner")}
          className="h-8 rounded border border-edge bg-raised px-2 max-md:h-10"
          value={filter.assignedTo ?? ""}
          onChange={({ target }) =>
            onChoose(
              toggleFilter(
                filter,
                "assignedTo",
                owners.find((owner) => owner === target.value),
              ),
            )
          }
        >
          <option value="">{t("incident.owner.any")}</option>
          {owners.map((owner) => (
            <option key={owner} value={owner}>
              {t(`incident.owner.${owner}`)}
            </option>
          ))}
        </select>
        <Button look="quiet" size="icon" aria-label={t("list.export")} title={t("list.export")} onClick={save}>
          <Download />
        </Button>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <StatusTabs filter={filter} onChoose={onChoose} />
        <p role="status" className="text-sm text-muted tabular-nums">
          {found && t(found.totalIsCapped ? "incident.countCapped" : "incident.count", { count: found.total })}
        </p>
        {failureCode && (
          <Button size="sm" onClick={() => onChoose(toggleFilter(filter, "failureCode", undefined))}>
            {t("incident.code", { code: failureCode })}
            <X aria-hidden />
          </Button>
        )}
        {isNarrowed(filter) && (
          <Button size="sm" look="quiet" onClick={() => onChoose(widened(filter))}>
            {t("incident.clear")}
          </Button>
        )}
      </div>
    </div>
  )
}
