import { useTexts } from "../lib/language.tsx"
import { FilterGroup, FilterSelect } from "../ui/filter-group.tsx"
import { toggleFilter } from "./board-filter.ts"
import type { BoardFilter, FilterCount, BoardSummary } from "./incident-queries.ts"
import { useIncidentText } from "./incident-text.ts"

interface Props {
  summary: BoardSummary | undefined
  filter: BoardFilter
  onChoose: (next: BoardFilter) => void
  isNarrow: boolean
}

const groups = [
  ["trigger", "byTrigger"],
  ["carrier", "byCarrier"],
  ["city", "byCity"],
] as const

/** How many active ones there are of what; each line is a filter. */
export function FilterGroups({ summary, filter, onChoose, isNarrow }: Props) {
  const { t } = useTexts()
  const words = useIncidentText()
  const Group = isNarrow ? FilterSelect : FilterGroup
  return (
    <div
      className={
        isNarrow ? "grid grid-cols-3 gap-2 max-md:grid-cols-2 max-md:[&>:first-child]:col-span-2" : "grid gap-5"
      }
    >
      {groups.map(([key, by]) => {
        const name = (id: string) => (key === "trigger" ? words.trigger(id) : id || t("incident.noData"))
        const counted = summary && withChosen(summary[by], filter[key])
        const total = (summary?.[by] ?? []).reduce((sum, { count }) => sum + count, 0)
        return (
          <Group
            key={key}
            title={t(`incident.${key}`)}
            choices={counted?.map(({ name: id, count }) => ({ id, name: name(id), count }))}
            chosen={filter[key]}
            onChoose={(value) => onChoose(toggleFilter(filter, key, value))}
            any={t("incident.any", { count: total })}
          />
        )
      })}
    </div>
  )
}

/** What is chosen is there to be taken out, also when nothing of it is left. */
const withChosen = (counted: FilterCount[], chosen: string | undefined) =>
  chosen === undefined || counted.some(({ name }) => name === chosen)
    ? counted
    : [{ name: chosen, count: 0 }, ...counted]
