import { useQuery } from "@tanstack/react-query"
import { countsQuery } from "../tickets/tickets.ts"
import { views, type View } from "./view.ts"

/** Ours. That of what did not arrive is there while there is any, or somebody stands in it. */
export function useFixedViews(chosen?: View) {
  const { data: counts } = useQuery(countsQuery)
  const isNeeded = chosen === "undelivered" || (counts?.undelivered.count ?? 0) > 0
  return views.filter((view) => view !== "undelivered" || isNeeded)
}
