import { useState, useSyncExternalStore } from "react"
import { lastSecond, lastTick, subscribeToClock, subscribeToSeconds } from "./shared-clock.ts"

/** The time (ms): each second anew until that instant, else each half minute. */
export function useNow(until: string | null): number {
  // The clock of seconds stands still where nothing is counted down.
  const [first] = useState(Date.now)
  const counts = until !== null && Date.parse(until) > Math.max(first, lastSecond())
  const tick = useSyncExternalStore(counts ? subscribeToSeconds : subscribeToClock, counts ? lastSecond : lastTick)
  return Math.max(first, lastSecond(), tick)
}
