import { Search } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { leaveField } from "../lib/restore-focus.ts"
import { useShortcuts } from "../lib/keyboard-shortcuts.ts"
import { useTexts } from "../lib/language.tsx"
import { useDebounced } from "../ui/use-debounced.ts"
import type { BoardFilter } from "./incident-queries.ts"

interface Props {
  filter: BoardFilter
  onChoose: (next: BoardFilter) => void
}

/** Finds incidents by their waybill or the number of their ticket, once typing rests. */
export function BoardSearch({ filter, onChoose }: Props) {
  const { t } = useTexts()
  const box = useRef<HTMLInputElement>(null)
  const { q = "", ...others } = filter
  const [text, setText] = useState(q)
  const asked = useDebounced(text.trim())
  // Another place may have cleared the search; what is typed then begins anew.
  const known = useRef(q)
  useEffect(() => {
    if (q === known.current) return
    known.current = q
    setText(q)
  }, [q])
  const find = (typed: string) => {
    if (typed === known.current) return
    known.current = typed
    onChoose(typed ? { ...others, q: typed } : others)
  }
  const latest = useRef(find)
  useEffect(() => {
    latest.current = find
  })
  useEffect(() => latest.current(asked), [asked])
  useShortcuts({ "/": () => box.current?.focus() })
  return (
    <form
      role="search"
      className="relative min-w-56 grow"
      onSubmit={(event) => {
        event.preventDefault()
        find(text.trim())
        if (box.current) leaveField(box.current)
      }}
    >
      <Search
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint"
        aria-hidden
      />
      <input
        ref={box}
        type="search"
        value={text}
        maxLength={100}
        autoComplete="off"
        aria-label={t("incident.search")}
        placeholder={t("incident.searchHint")}
        className="h-8 w-full rounded border border-edge bg-raised pr-2 pl-8 max-md:h-10"
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return
          // The browser would empty it.
          event.preventDefault()
          leaveField(event.currentTarget)
        }}
      />
    </form>
  )
}
