import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { useTexts } from "../../lib/language.tsx"
import { mediumScreen, useMediaQuery } from "../../lib/media-query.ts"
import { countsQuery } from "../../tickets/ticket-queries.ts"
import { useMe } from "../../session/session-queries.ts"
import { Button } from "../../ui/button.tsx"
import { EmptyState } from "../../ui/loading-empty-and-error.tsx"
import { FirstSteps, useFirstSteps } from "../first-steps.tsx"
import { activeFilterNames } from "../filters/filters-in-url.ts"
import { useFilterName, useFilterText } from "../filters/filter-options.ts"
import type { InboxLocation } from "../inbox-location.ts"
import type { BuiltInView } from "../views/views-and-sorts.ts"

export function EmptyList({ place }: { place: InboxLocation }) {
  const { t } = useTexts()
  const unassigned = useQuery(countsQuery).data?.unassigned.count ?? 0
  const hasRoom = useMediaQuery(mediumScreen)
  const done = useFirstSteps()
  const me = useMe()
  if (place.q || place.isNarrowed) return <NothingFound place={place} />
  if (place.view.startsWith("saved:")) {
    const text = place.saved ? t("inbox.empty.saved.text") : t("inbox.empty.saved.gone")
    return <EmptyState title={place.saved?.name ?? t("inbox.empty.saved.goneTitle")} text={text} />
  }
  // Where only the list has room, it teaches what the place beside it would.
  if (done && !hasRoom) return <FirstSteps done={done} />
  if (me.teams.length === 0 && me.role !== "admin")
    return <EmptyState title={t("inbox.empty.noTeam.title")} text={t("inbox.empty.noTeam.text")} />
  const view = place.view.startsWith("team:") ? "team" : (place.view as BuiltInView)
  return (
    <EmptyState
      title={t(`inbox.empty.${view}.title`)}
      text={t(`inbox.empty.${view}.text`)}
      action={
        view === "mine" &&
        unassigned > 0 && (
          <Button asChild>
            <Link to="/inbox" search={{ view: "unassigned" }}>
              {t("inbox.empty.mine.action")}
            </Link>
          </Button>
        )
      }
    />
  )
}

/** Says what was asked, and how to ask for less. */
function NothingFound({ place }: { place: InboxLocation }) {
  const { t } = useTexts()
  const nameOf = useFilterName()
  const words = useFilterText()
  const asked = [
    ...(place.q ? [`“${place.q}”`] : []),
    ...activeFilterNames(place.filters).map((name) => `${nameOf(name)}: ${words(name, place.filters[name] ?? [])}`),
  ]
  return (
    <EmptyState
      title={t("inbox.empty.search.title")}
      text={t("inbox.empty.search.text", { text: asked.join(" · ") })}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          <Button onClick={place.clear}>{t("inbox.empty.search.action")}</Button>
          {place.view !== "all" && (
            <Button look="quiet" onClick={place.widen}>
              {t("inbox.empty.search.everywhere")}
            </Button>
          )}
        </div>
      }
    />
  )
}
