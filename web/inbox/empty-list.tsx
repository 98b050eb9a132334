import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { useTexts } from "../lib/language.tsx"
import { beside, useMedia } from "../lib/media.ts"
import { countsQuery } from "../tickets/tickets.ts"
import { Button } from "../ui/button.tsx"
import { Empty } from "../ui/state.tsx"
import { FirstSteps, useIsNewDesk } from "./first-steps.tsx"
import type { Place } from "./place.ts"
import type { FixedView } from "./view.ts"

export function EmptyList({ place }: { place: Place }) {
  const { t } = useTexts()
  const unassigned = useQuery(countsQuery).data?.unassigned.count ?? 0
  const hasRoom = useMedia(beside)
  const isNew = useIsNewDesk()
  if (place.q)
    return (
      <Empty
        title={t("inbox.empty.search.title")}
        text={t("inbox.empty.search.text", { text: place.q })}
        action={<Button onClick={() => place.find("")}>{t("inbox.empty.search.action")}</Button>}
      />
    )
  // Where only the list has room, it teaches what the place beside it would.
  if (isNew && !hasRoom) return <FirstSteps />
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
