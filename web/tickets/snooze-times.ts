// When a ticket that is put off comes back, in the reader's own day.
export const snoozes = ["hour", "threeHours", "tomorrow", "nextWeek"] as const
export type Snooze = (typeof snoozes)[number]

const morning = 9

/** `now` is a wall clock of the reader's; tomorrow and next Monday begin at nine. */
export function snoozeUntil(choice: Snooze, now: Date): Date {
  const at = new Date(now)
  if (choice === "hour") at.setHours(at.getHours() + 1)
  else if (choice === "threeHours") at.setHours(at.getHours() + 3)
  else {
    const days = choice === "tomorrow" ? 1 : (8 - at.getDay()) % 7 || 7
    at.setDate(at.getDate() + days)
    at.setHours(morning, 0, 0, 0)
  }
  return at
}
