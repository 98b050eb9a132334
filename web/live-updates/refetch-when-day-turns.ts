// What is due "today" is another day's after midnight, though nothing happened to any ticket.
import { type Query, useQueryClient } from "@tanstack/react-query"
import { useEffect, useSyncExternalStore } from "react"
import { dayOf } from "../lib/formats/format-time.ts"
import { lastTick, subscribeToClock } from "../lib/shared-clock.ts"
import { useMe } from "../session/session-queries.ts"

// The server's clock says what is today, and the reader's may run before it.
const graceMs = 2 * 60_000

/**
 * Counts, and lists that ask for today, are asked for anew when the day turns where the reader is: at the page's own next tick, so
 * not on every screen at once, and a little after midnight.
 */
export function useRefetchWhenDayTurns() {
  const client = useQueryClient()
  const { timezone } = useMe()
  const today = useSyncExternalStore(subscribeToClock, () => dayOf(lastTick() - graceMs, { timezone }))
  useEffect(() => {
    const isOfEarlierDay = ({ state: { dataUpdatedAt } }: Query) =>
      dataUpdatedAt > 0 && dayOf(dataUpdatedAt - graceMs, { timezone }) < today
    void client.invalidateQueries({ predicate: (query) => asksForToday(query) && isOfEarlierDay(query) })
  }, [client, timezone, today])
}

const asksForToday = ({ queryKey: [name, part, filter] }: Query) =>
  name === "tickets" &&
  (part === "counts" ||
    Object.values(filter ?? {})
      .flat()
      .includes("today"))
