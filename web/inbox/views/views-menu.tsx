import { useQuery } from "@tanstack/react-query"
import { ChevronDown } from "lucide-react"
import { Fragment } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useMe } from "../../session/session-queries.ts"
import { Button } from "../../ui/button.tsx"
import { Menu, MenuItem, MenuLabel } from "../../ui/menu.tsx"
import type { InboxLocation } from "../inbox-location.ts"
import { countsQuery } from "../../tickets/ticket-queries.ts"
import { Count } from "./view-count.tsx"
import { useBuiltInViews, useViewGroups } from "./use-view-groups.ts"
import { isCounted, type BuiltInView } from "./views-and-sorts.ts"

/** The name of the view; a menu of views where their column has no room. */
export function ViewsMenu({ place }: { place: InboxLocation }) {
  const { t } = useTexts()
  const name = useViewName(place)
  return (
    <>
      <h2 className="hidden min-w-0 truncate px-1 text-lg font-strong xl:block" title={name}>
        {name}
      </h2>
      <div className="min-w-0 xl:hidden">
        <Menu
          label={t("view.choose")}
          trigger={
            <Button
              look="quiet"
              className="max-w-full min-w-0 px-1 text-lg text-ink"
              aria-label={`${t("view.choose")}: ${name}`}
            >
              <span className="truncate">{name}</span>
              <ChevronDown aria-hidden />
            </Button>
          }
        >
          <ViewItems place={place} />
        </Menu>
      </div>
    </>
  )
}

function ViewItems({ place }: { place: InboxLocation }) {
  const { t } = useTexts()
  const { teams } = useMe()
  const groups = useViewGroups()
  const views = useBuiltInViews(place.view)
  const { data: counts } = useQuery(countsQuery)
  return (
    <>
      {views.map((view) => (
        <MenuItem
          key={view}
          chosen={place.view === view}
          onSelect={() => place.openView(view)}
          aside={isCounted(view) && counts && <Count {...counts[view]} />}
        >
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
      {groups.map(({ name, items }) => (
        <Fragment key={name}>
          <MenuLabel>{name}</MenuLabel>
          {items.map((view) => (
            <MenuItem
              key={view.id}
              chosen={place.view === `saved:${view.id}`}
              onSelect={() => place.openView(`saved:${view.id}`)}
              aside={counts?.views?.[view.id] && <Count {...counts.views[view.id]!} />}
            >
              {view.name}
            </MenuItem>
          ))}
        </Fragment>
      ))}
    </>
  )
}

function useViewName({ view, saved }: InboxLocation): string {
  const { t } = useTexts()
  const { teams } = useMe()
  if (view.startsWith("team:")) return teams.find((team) => view === `team:${team.id}`)?.name ?? t("view.teams")
  if (view.startsWith("saved:")) return saved?.name ?? t("view.saved")
  return t(`view.${view as BuiltInView}`)
}
