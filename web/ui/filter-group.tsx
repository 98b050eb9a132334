import { numberFormat } from "../lib/formats/intl-formats.ts"
import { useTexts } from "../lib/language.tsx"
import { classNames } from "./class-names.ts"
import { SelectField } from "./form-fields.tsx"
import { Skeleton } from "./loading-empty-and-error.tsx"

/** `id`: empty where there is nothing to filter by. `count`: null where nobody counts them. */
export interface FilterChoice {
  id: string
  name: string
  count: number | null
}

interface Props {
  title: string
  /** Undefined: they are on their way. */
  choices: FilterChoice[] | undefined
  chosen: string | undefined
  onChoose: (id: string | undefined) => void
  /** What a select says when nothing is chosen; without it something always is. */
  any?: string
}

/** How many there are of what; each line is a filter. */
export function FilterGroup({ title, choices, chosen, onChoose }: Props) {
  const { language } = useTexts()
  const number = numberFormat(language)
  const most = Math.max(1, ...(choices ?? []).map(({ count }) => count ?? 0))
  return (
    <section>
      <h2 className="mb-1 px-2 text-sm font-strong">{title}</h2>
      {!choices && <Skeleton className="h-24" />}
      {choices?.length === 0 && <p className="px-2 text-sm text-faint">–</p>}
      <ul className="max-h-72 overflow-y-auto">
        {choices?.map(({ id, name, count }) => (
          <li key={id}>
            <button
              type="button"
              disabled={id === ""}
              aria-pressed={chosen === id}
              className={classNames(
                "relative flex min-h-8 w-full items-center gap-2 rounded px-2 py-1 text-left",
                chosen === id ? "bg-chosen font-strong" : "enabled:hover:bg-hover",
              )}
              onClick={() => onChoose(id)}
            >
              <span className="min-w-0 grow text-sm break-words">{name}</span>
              {count !== null && (
                <>
                  <span className="shrink-0 text-sm text-muted tabular-nums">{number.format(count)}</span>
                  <span
                    aria-hidden
                    className="absolute bottom-0 left-2 h-0.5 rounded-full bg-edge"
                    style={{ width: `calc((100% - 16px) * ${count / most})` }}
                  />
                </>
              )}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The same where there is no room for a column. */
export function FilterSelect({ title, choices = [], chosen, onChoose, any }: Props) {
  return (
    <SelectField label={title} value={chosen ?? ""} onChange={(event) => onChoose(event.target.value || undefined)}>
      {any !== undefined && <option value="">{any}</option>}
      {choices
        .filter(({ id }) => id !== "")
        .map(({ id, name, count }) => (
          <option key={id} value={id}>
            {count === null ? name : `${name} (${count})`}
          </option>
        ))}
    </SelectField>
  )
}
