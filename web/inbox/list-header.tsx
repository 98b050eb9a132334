import { ArrowDownUp, ChevronDown, Search } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { useShortcuts } from "../lib/shortcuts.ts"
import { useMe } from "../session/session.ts"
import { refOf } from "../tickets/ticket.ts"
import { Button } from "../ui/button.tsx"
import { Menu, MenuItem, MenuLabel } from "../ui/menu.tsx"
import type { Place } from "./place.ts"
import { views } from "./view.ts"

export function ListHeader({ place }: { place: Place }) {
  const { t } = useTexts()
  return (
    <header className="grid shrink-0 gap-2 border-b border-line p-2">
      <div className="flex items-center gap-1">
        <ViewMenu place={place} />
        <Menu
          label={t("list.sort")}
          trigger={
            <Button look="quiet" size="icon" aria-label={t("list.sort")} title={t("list.sort")} className="ml-auto">
              <ArrowDownUp />
            </Button>
          }
        >
          {(["newest", "oldest"] as const).map((sort) => (
            <MenuItem key={sort} chosen={place.sort === sort} onSelect={() => place.order(sort)}>
              {t(`list.sort.${sort}`)}
            </MenuItem>
          ))}
        </Menu>
      </div>
      <SearchBox place={place} />
    </header>
  )
}

/** The name of the view; a menu of views where their column has no room. */
function ViewMenu({ place }: { place: Place }) {
  const { t } = useTexts()
  const { teams } = useMe()
  const name = place.view.startsWith("team:")
    ? (teams.find((team) => place.view === `team:${team.id}`)?.name ?? t("view.teams"))
    : t(`view.${place.view as (typeof views)[number]}`)
  return (
    <>
      <h2 className="hidden min-w-0 truncate px-1 text-lg font-strong xl:block">{name}</h2>
      <div className="min-w-0 xl:hidden">
        <Menu
          label={t("view.choose")}
          trigger={
            <Button look="quiet" className="min-w-0 px-1 text-lg text-ink" aria-label={`${t("view.choose")}: ${name}`}>
              <span className="truncate">{name}</span>
              <ChevronDown aria-hidden />
            </Button>
          }
        >
          {views.map((view) => (
            <MenuItem key={view} chosen={place.view === view} onSelect={() => place.openView(view)}>
              {t(`view.${view}`)}
            </MenuItem>
          ))}
          {teams.length > 0 && <MenuLabel>{t("view.teams")}</MenuLabel>}
          {teams.map((team) => (
            <MenuItem
              key={team.id}
              chosen={place.view === `team:${team.id}`}
              onSelect={() => place.openView(`team:${team.id}`)}
            >
              {team.name}
            </MenuItem>
          ))}
        </Menu>
      </div>
    </>
  )
}

function SearchBox({ place }: { place: Place }) {
  const { t } = useTexts()
  const box = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(place.q)
  useEffect(() => setText(place.q), [place.q])
  useEffect(() => {
    if (text === place.q) return
    const timer = setTimeout(() => place.find(text), 250)
    return () => clearTimeout(timer)
  }, [text, place])
  useShortcuts({ "/": () => box.current?.focus() })
  const number = refOf(text)
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        if (number.startsWith("TKT-")) place.openTicket(number)
        else place.find(text)
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
        onKeyDown={(event) => event.key === "Escape" && (setText(""), event.currentTarget.blur())}
        aria-label={t("list.search")}
        placeholder={t("list.searchHint")}
        className="h-8 w-full rounded border border-edge bg-raised pr-2 pl-8 max-md:h-10"
      />
    </form>
  )
}
