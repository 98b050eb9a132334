import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { useTexts } from "../lib/language.tsx"
import { beside, useMedia } from "../lib/media.ts"
import { countsQuery } from "../tickets/tickets.ts"
import { useMe } from "../session/session.ts"
import { Button } from "../ui/button.tsx"
import { Empty } from "../ui/state.tsx"
import { FirstSteps, useFirstSteps } from "./first-steps.tsx"
import { namesIn } from "./filters.ts"
import { useFilterName, useFilterWords } from "./filter-options.ts"
import type { Place } from "./place.ts"
import type { FixedView } from "./view.ts"

export function EmptyList({ place }: { place: Place }) {
  const { t } = useTexts()
  const unassigned = useQuery(countsQuery).data?.unassigned.count ?? 0
  const hasRoom = useMedia(beside)
  const steps = useFirstSteps()
  const me = useMe()
  if (place.q || place.isNarrowed) return <NothingFound place={place} />
  if (place.view.startsWith("saved:")) {
    const text = place.saved ? t("inbox.empty.saved.text") : t("inbox.empty.saved.gone")
    return <Empty title={place.saved?.name ?? t("inbox.empty.saved.goneTitle")} text={text} />
  }
  // Where only the list has room, it teaches what the place beside it would.
  if (steps && !hasRoom) return <FirstSteps {...steps} />
  if (me.teams.length === 0 && me.role !== "admin")
    return <Empty title={t("inbox.empty.noTeam.title")} text={t("inbox.empty.noTeam.text")} />
  const view = place.view.startsWith("team:") ? "team" : (place.view as FixedView)
  return (
    <Empty
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
function NothingFound({ place }: { place: Place }) {
  const { t } = useTexts()
  const nameOf = useFilterName()
  const words = useFilterWords()
  const asked = [
    ...(place.q ? [`“${place.q}”`] : []),
    ...namesIn(place.filters).map((name) => `${nameOf(name)}: ${words(name, place.filters[name] ?? [])}`),
  ]
  return (
    <Empty
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
