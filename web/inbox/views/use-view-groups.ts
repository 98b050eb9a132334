import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../../lib/language.tsx"
import { countsQuery } from "../../tickets/ticket-queries.ts"
import { savedViewsQuery } from "./saved-views.ts"
import { builtInViews, isOfDeadlines, type View } from "./views-and-sorts.ts"

/** Ours. That of what did not arrive is there while there is any, those of deadlines where some are granted, or somebody stands in it. */
export function useBuiltInViews(chosen?: View) {
  const { data: counts } = useQuery(countsQuery)
  const isUndelivered = (counts?.undelivered.count ?? 0) > 0
  const isShown = (view: View) =>
    view === "undelivered" ? isUndelivered : counts?.hasDeadlines === true || !isOfDeadlines(view)
  return builtInViews.filter((view) => view === chosen || isShown(view))
}

/** Those that somebody saved: one's own, and those of all. */
export function useViewGroups() {
  const { t } = useTexts()
  const saved = useQuery(savedViewsQuery).data?.items ?? []
  const groups = [
    { name: t("view.saved"), items: saved.filter((view) => view.visibility === "me") },
    { name: t("view.shared"), items: saved.filter((view) => view.visibility !== "me") },
  ]
  return groups.filter(({ items }) => items.length > 0)
}
