import { useTexts } from "../lib/language.tsx"
import { classNames } from "../ui/class-names.ts"
import { toggleFilter } from "./board-filter.ts"
import type { BoardFilter } from "./incident-queries.ts"

const statuses = [
  [undefined, "incident.status.active"],
  ["resolved", "incident.tab.resolved"],
  ["closed", "incident.tab.closed"],
] as const

export function StatusTabs({ filter, onChoose }: { filter: BoardFilter; onChoose: (next: BoardFilter) => void }) {
  const { t } = useTexts()
  return (
    <div role="group" aria-label={t("incident.status")} className="flex rounded border border-line">
      {statuses.map(([status, name]) => (
        <button
          key={name}
          type="button"
          aria-pressed={filter.status === status}
          className={classNames(
            "h-7 rounded px-3 text-sm max-md:h-10",
            filter.status === status ? "bg-chosen font-strong" : "text-muted hover:bg-hover",
          )}
          onClick={() => filter.status !== status && onChoose(toggleFilter(filter, "status", status))}
        >
          {t(name)}
        </button>
      ))}
    </div>
  )
}
