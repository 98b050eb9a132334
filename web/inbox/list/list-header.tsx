import { ArrowDownUp, Plus, Search } from "lucide-react"
import { memo, useEffect, useRef, useState } from "react"
import { leaveField } from "../../lib/restore-focus.ts"
import { useTexts } from "../../lib/language.tsx"
import { useShortcuts } from "../../lib/keyboard-shortcuts.ts"
import { openNewTicket } from "../../tickets/new/open-new-ticket-dialog.ts"
import { ticketRefOf } from "../../tickets/ticket.ts"
import { Button } from "../../ui/button.tsx"
import { Menu, MenuItem } from "../../ui/menu.tsx"
import { Tooltip } from "../../ui/tooltip.tsx"
import { AddFilter, FilterChips } from "../filters/filter-bar.tsx"
import type { InboxLocation } from "../inbox-location.ts"
import { sortNames } from "../views/views-and-sorts.ts"
import { ViewsMenu } from "../views/views-menu.tsx"
import { ListMenu } from "./list-menu.tsx"

interface Props {
  place: InboxLocation
  onSelect: (() => void) | undefined
}

/** Not drawn again with the list beneath. */
export const ListHeader = memo(function ListHeader({ place, onSelect }: Props) {
  const { t } = useTexts()
  return (
    <header className="grid shrink-0 grid-cols-1 gap-2 border-b border-line p-2">
      <div className="flex items-center gap-0.5">
        <ViewsMenu place={place} />
        <span className="grow" />
        <Menu
          label={t("list.sort")}
          trigger={
            <Button look="quiet" size="icon" aria-label={t("list.sort")} title={t("list.sort")}>
              <ArrowDownUp />
            </Button>
          }
        >
          {sortNames.map((sort) => (
            <MenuItem key={sort} chosen={place.sort === sort} onSelect={() => place.order(sort)}>
              {t(`list.sort.${sort}`)}
            </MenuItem>
          ))}
        </Menu>
        <AddFilter place={place} />
        <Tooltip text={t("newTicket.title")} keys="C">
          <Button look="quiet" size="icon" aria-label={t("newTicket.title")} onClick={() => openNewTicket()}>
            <Plus />
          </Button>
        </Tooltip>
        <ListMenu place={place} onSelect={onSelect} />
      </div>
      <SearchBox place={place} />
      <FilterChips place={place} />
    </header>
  )
})

function SearchBox({ place }: { place: InboxLocation }) {
  const { t } = useTexts()
  const box = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(place.q)
  useEffect(() => setText(place.q), [place.q])
  useEffect(() => {
    if (text === place.q) return
    const timer = setTimeout(() => place.find(text), 250)
    return () => clearTimeout(timer)
  }, [text, place])
  const focus = () => box.current?.focus()
  useShortcuts({ "/": focus })
  const number = ticketRefOf(text)
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        if (number.startsWith("TKT-")) place.openTicket(number)
        else place.find(text)
        // The keys are for what was found.
        if (box.current) leaveField(box.current)
      }}
      className="relative"
    >
      <Search
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint"
        aria-hidden
      />
      <input
        ref={box}
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return
          // The browser would empty it.
          event.preventDefault()
          leaveField(event.currentTarget)
        }}
        aria-label={t("list.search")}
        placeholder={t("list.searchHint")}
        className="h-8 w-full rounded border border-edge bg-raised pr-2 pl-8 max-md:h-10"
      />
    </form>
  )
}
