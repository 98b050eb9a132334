import { useTexts } from "../lib/language.tsx"
import { classNames } from "../ui/class-names.ts"
import { toggleFilter } from "./board-filter.ts"
import type { BoardFilter } from "./incident-queries.ts"

const statuses = [
  ["active", "incident.status.active"],
  ["resolved", "incident.tab.resolved"],
  ["closed", "incident.tab.closed"],
] as const

/** What is looked for is shown whatever its status, until one is chosen. */
export function StatusTabs({ filter, onChoose }: { filter: BoardFilter; onChoose: (next: BoardFilter) => void }) {
  const { t } = useTexts()
  const isSearch = filter.q !== undefined
  const shown = filter.status ?? (isSearch ? undefined : "active")
  const choose = (status: (typeof statuses)[number][0]) => {
    if (isSearch || status !== shown)
      onChoose(toggleFilter(filter, "status", status === "active" && !isSearch ? undefined : status))
  }
  return (
    <div role="group" aria-label={t("incident.status")} className="flex rounded border border-line">
      {statuses.map(([status, name]) => (
        <button
          key={name}
          type="button"
          aria-pressed={shown === status}
          className={classNames(
            "h-7 rounded px-3 text-sm max-md:h-10",
            shown === status ? "bg-chosen font-strong" : "text-muted hover:bg-hover",
          )}
          onClick={() => choose(status)}
        >
          {t(name)}
        </button>
      ))}
    </div>
  )
}
