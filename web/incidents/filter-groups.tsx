import { numberFormat } from "../lib/formats/intl-formats.ts"
import { useTexts } from "../lib/language.tsx"
import { classNames } from "../ui/class-names.ts"
import { SelectField } from "../ui/form-fields.tsx"
import { Skeleton } from "../ui/loading-empty-and-error.tsx"
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
  const words = useIncidentText()
  if (isNarrow)
    return (
      <div className="grid grid-cols-3 gap-2 max-md:grid-cols-2 max-md:[&>:first-child]:col-span-2">
        {groups.map(([key, by]) => (
          <Select key={key} group={key} counted={summary?.[by] ?? []} chosen={filter[key]} words={words}>
            {(value) => onChoose(toggleFilter(filter, key, value))}
          </Select>
        ))}
      </div>
    )
  return (
    <div className="grid gap-5">
      {groups.map(([key, by]) => (
        <Group key={key} group={key} counted={summary?.[by]} chosen={filter[key]} words={words}>
          {(value) => onChoose(toggleFilter(filter, key, value))}
        </Group>
      ))}
    </div>
  )
}

interface GroupProps {
  group: "trigger" | "carrier" | "city"
  counted: FilterCount[] | undefined
  chosen: string | undefined
  words: ReturnType<typeof useIncidentText>
  children: (value: string | undefined) => void
}

function Group({ group, counted, chosen, words, children: choose }: GroupProps) {
  const { t, language } = useTexts()
  const number = numberFormat(language)
  const most = Math.max(1, ...(counted ?? []).map(({ count }) => count))
  return (
    <section>
      <h2 className="mb-1 px-2 text-sm font-strong">{t(`incident.${group}`)}</h2>
      {!counted && <Skeleton className="h-24" />}
      {counted?.length === 0 && <p className="px-2 text-sm text-faint">–</p>}
      <ul className="max-h-72 overflow-y-auto">
        {withChosen(counted ?? [], chosen).map(({ name, count }) => (
          <li key={name}>
            <button
              type="button"
              disabled={name === ""}
              aria-pressed={chosen === name}
              className={classNames(
                "relative flex min-h-8 w-full items-center gap-2 rounded px-2 py-1 text-left",
                chosen === name ? "bg-chosen font-strong" : "enabled:hover:bg-hover",
              )}
              onClick={() => choose(name)}
            >
              <span className="min-w-0 grow text-sm break-words">
                {sayer(group, words, t("incident.noData"))(name)}
              </span>
              <span className="shrink-0 text-sm text-muted tabular-nums">{number.format(count)}</span>
              <span
                aria-hidden
                className="absolute bottom-0 left-2 h-0.5 rounded-full bg-edge"
                style={{ width: `calc((100% - 16px) * ${count / most})` }}
              />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Select({ group, counted, chosen, words, children: choose }: GroupProps) {
  const { t } = useTexts()
  const total = (counted ?? []).reduce((sum, { count }) => sum + count, 0)
  const say = sayer(group, words, t("incident.noData"))
  return (
    <SelectField
      label={t(`incident.${group}`)}
      value={chosen ?? ""}
      onChange={(event) => choose(event.target.value || undefined)}
    >
      <option value="">{t("incident.any", { count: total })}</option>
      {withChosen(counted ?? [], chosen)
        .filter(({ name }) => name !== "")
        .map(({ name, count }) => (
          <option key={name} value={name}>{`${say(name)} (${count})`}</option>
        ))}
    </SelectField>
  )
}

const sayer = (group: GroupProps["group"], words: GroupProps["words"], unsaid: string) => (name: string) =>
  group === "trigger" ? words.trigger(name) : name || unsaid

/** What is chosen is there to be taken out, also when nothing of it is left. */
const withChosen = (counted: FilterCount[], chosen: string | undefined) =>
  chosen === undefined || counted.some(({ name }) => name === chosen)
    ? counted
    : [{ name: chosen, count: 0 }, ...counted]
