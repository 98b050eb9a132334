import { ListFilter, X } from "lucide-react"
import { useState, type FormEvent } from "react"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { InputField } from "../../ui/form-fields.tsx"
import { ClosePopover, Popover } from "../../ui/popover.tsx"
import { filterNames, activeFilterNames, withFilter, type FilterName } from "./filters-in-url.ts"
import {
  useFilterName,
  useFilterOptions,
  useFilterText,
  useIsDateFilter,
  useCustomFieldFilters,
} from "./filter-options.ts"
import type { InboxLocation } from "../inbox-location.ts"

/** One chip per filter in force; each opens to be changed, and goes away by its cross. */
export function FilterChips({ place }: { place: InboxLocation }) {
  const { t } = useTexts()
  const nameOf = useFilterName()
  const words = useFilterText()
  const chosen = activeFilterNames(place.filters)
  if (chosen.length === 0) return null
  return (
    <ul aria-label={t("filter.label")} className="flex max-h-[88px] flex-wrap gap-1 overflow-y-auto">
      {chosen.map((name) => {
        const says = `${nameOf(name)}: ${words(name, place.filters[name] ?? [])}`
        return (
          <li key={name} className="flex max-w-full rounded border border-line bg-raised text-sm">
            <Popover
              label={nameOf(name)}
              trigger={
                <button
                  type="button"
                  title={says}
                  className="min-h-6 min-w-0 truncate rounded-l pl-2 hover:bg-hover max-md:min-h-10"
                >
                  {says}
                </button>
              }
            >
              <Editor place={place} name={name} />
            </Popover>
            <button
              type="button"
              aria-label={t("filter.remove", { filter: says })}
              className="flex min-w-6 shrink-0 items-center justify-center rounded-r text-muted hover:bg-hover hover:text-ink max-md:min-w-10"
              onClick={() => place.narrow(withFilter(place.filters, name, []))}
            >
              <X className="size-3.5" aria-hidden />
            </button>
          </li>
        )
      })}
    </ul>
  )
}

export function AddFilter({ place }: { place: InboxLocation }) {
  const { t } = useTexts()
  const nameOf = useFilterName()
  const own = useCustomFieldFilters()
  const [isOpen, setOpen] = useState(false)
  const [name, choose] = useState<FilterName>()
  return (
    <Popover
      label={t("filter.add")}
      align="end"
      open={isOpen}
      onOpen={(open) => {
        setOpen(open)
        if (open) choose(undefined)
      }}
      trigger={
        <Button look="quiet" size="icon" aria-label={t("filter.add")} title={t("filter.add")}>
          <ListFilter />
        </Button>
      }
    >
      {name ? (
        <Editor key={name} place={place} name={name} />
      ) : (
        filterNames(own.map(({ key }) => key)).map((one) => (
          <button
            key={one}
            type="button"
            onClick={() => choose(one)}
            className="flex min-h-8 shrink-0 items-center rounded px-2 text-left hover:bg-hover max-md:min-h-10"
          >
            {nameOf(one)}
          </button>
        ))
      )}
    </Popover>
  )
}

function Editor({ place, name }: { place: InboxLocation; name: FilterName }) {
  const { t } = useTexts()
  const title = useFilterName()(name)
  const isDay = useIsDateFilter()(name)
  const options = useFilterOptions()(name)
  const values = place.filters[name] ?? []
  const set = (next: readonly string[]) => place.narrow(withFilter(place.filters, name, next))
  // A deadline has one end.
  const others = name === "slaDueTo" ? [] : values
  return (
    <>
      <p className="px-2 pt-1 pb-1.5 text-xs text-faint">{title}</p>
      {!options && (isDay ? <Day {...{ title, values, set }} /> : <Words {...{ title, values, set }} />)}
      {options?.length === 0 && <p className="px-2 pb-2 text-sm text-muted">{t("filter.nothing")}</p>}
      {options?.map(({ value, label }, index) => (
        <label
          key={value}
          className="flex min-h-8 shrink-0 cursor-pointer items-center gap-2 rounded px-2 hover:bg-hover max-md:min-h-10"
        >
          <input
            type="checkbox"
            className="size-4 shrink-0 accent-accent"
            autoFocus={index === 0}
            checked={values.includes(value)}
            onChange={({ target }) => set(target.checked ? [...others, value] : values.filter((one) => one !== value))}
          />
          <span className="min-w-0 truncate">{label}</span>
        </label>
      ))}
    </>
  )
}

interface FilterText {
  title: string
  values: readonly string[]
  set: (next: readonly string[]) => void
}

/** Whatever people wrote: one a line, taken with Enter. */
function Words({ title, values, set }: FilterText) {
  const { t } = useTexts()
  const [text, setText] = useState("")
  const add = (event: FormEvent) => {
    event.preventDefault()
    const word = text.trim()
    if (word && !values.includes(word)) set([...values, word])
    setText("")
  }
  return (
    <form onSubmit={add} className="grid gap-2 p-2 pt-0">
      <InputField
        label={title}
        autoFocus
        maxLength={100}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {values.map((value) => (
        <label key={value} className="flex min-h-7 items-center gap-2">
          <input
            type="checkbox"
            checked
            className="size-4 accent-accent"
            onChange={() => set(values.filter((one) => one !== value))}
          />
          <span className="min-w-0 truncate">{value}</span>
        </label>
      ))}
      <Button type="submit" size="sm" disabled={!text.trim()}>
        {t("filter.addTag")}
      </Button>
    </form>
  )
}

function Day({ title, values, set }: FilterText) {
  const { t } = useTexts()
  return (
    <div className="grid gap-2 p-2 pt-0">
      <InputField
        label={t("filter.day")}
        type="date"
        autoFocus
        value={values[0] ?? ""}
        aria-label={title}
        onChange={({ target }) => set(target.value ? [target.value] : [])}
      />
      <ClosePopover asChild>
        <Button size="sm">{t("filter.done")}</Button>
      </ClosePopover>
    </div>
  )
}
