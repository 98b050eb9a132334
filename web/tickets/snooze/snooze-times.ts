// When a snoozed ticket comes back, by the clock on the reader's wall.
export const snoozeOptions = ["hour", "threeHours", "tomorrow", "nextWeek"] as const
export type SnoozeOption = (typeof snoozeOptions)[number]

const morning = 9

/** Tomorrow and next Monday begin at nine where the reader lives, whatever zone the browser is in. */
export function snoozeUntil(choice: SnoozeOption, now: Date, timezone: string | undefined): Date {
  if (choice === "hour") return new Date(now.getTime() + 3_600_000)
  if (choice === "threeHours") return new Date(now.getTime() + 3 * 3_600_000)
  const wall = wallOf(now, timezone)
  const days = choice === "tomorrow" ? 1 : (8 - wall.getDay()) % 7 || 7
  wall.setDate(wall.getDate() + days)
  wall.setHours(morning, 0, 0, 0)
  return instantOf(wall, timezone)
}

/** The clock on the wall there, as if it hung here. */
function wallOf(at: Date, timezone: string | undefined): Date {
  return new Date(at.toLocaleString("en-US", { ...(timezone && { timeZone: timezone }) }))
}

/** When the wall clock there shows this. The zone's distance is taken at the moment itself, so that summer time fits. */
export function instantOf(wall: Date, timezone: string | undefined): Date {
  const near = new Date(wall.getTime() + (wall.getTime() - wallOf(wall, timezone).getTime()))
  return new Date(near.getTime() + (wall.getTime() - wallOf(near, timezone).getTime()))
}
