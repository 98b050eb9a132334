import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { useTexts } from "../lib/language.tsx"
import { countsQuery } from "../tickets/tickets.ts"
import { Button } from "../ui/button.tsx"
import { Empty } from "../ui/state.tsx"
import type { Place } from "./place.ts"
import type { FixedView } from "./view.ts"

export function EmptyList({ place }: { place: Place }) {
  const { t } = useTexts()
  const unassigned = useQuery(countsQuery).data?.unassigned.count ?? 0
  if (place.q)
    return (
      <Empty
        title={t("inbox.empty.search.title")}
        text={t("inbox.empty.search.text", { text: place.q })}
        action={<Button onClick={() => place.find("")}>{t("inbox.empty.search.action")}</Button>}
      />
    )
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
