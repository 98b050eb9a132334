// When so much working time has passed that a target is at risk, or breached. Pure.

/** `after`: the first instant at which so many working milliseconds have passed since `from`, null beyond its horizon. */
export type Clock = { after: (from: Date, ms: number) => Date | null; between: (from: Date, until: Date) => number }

export type Pause = { from: Date; until: Date }

/** What the clock of a target has run through. `pausedAt`: since when it stands. */
export type Run = { startedAt: Date; pauses: readonly Pause[]; pausedAt: Date | null }

const minuteMs = 60_000
/** Of the working time: then its people are warned. */
const warningShare = 0.8

export const targetMs = (minutes: number) => minutes * minuteMs
export const warningMs = (minutes: number) => minutes * minuteMs * warningShare

/** A clock that never stands. */
export const alwaysOpen: Clock = {
  after: (from, ms) => new Date(from.getTime() + ms),
  between: (from, until) => Math.max(0, until.getTime() - from.getTime()),
}

/** The instant at which so much working time has passed outside of the pauses; null while it stands before that. */
export function instantOf(clock: Clock, { startedAt, pauses, pausedAt }: Run, ms: number): Date | null {
  let [from, left] = [startedAt, ms]
  for (const pause of pauses) {
    const worked = clock.between(from, pause.from)
    if (left <= worked) return clock.after(from, left)
    left -= worked
    from = pause.until
  }
  return pausedAt !== null && left > clock.between(from, pausedAt) ? null : clock.after(from, left)
}

/** Working milliseconds from its start until `until`, outside of the pauses. */
export function workedMs(clock: Clock, { startedAt, pauses, pausedAt }: Run, until: Date): number {
  const end = pausedAt !== null && pausedAt < until ? pausedAt : until
  let [from, worked] = [startedAt, 0]
  for (const pause of pauses) {
    worked += clock.between(from, earlier(pause.from, end))
    from = pause.until
  }
  return worked + clock.between(from, end)
}

const earlier = (a: Date, b: Date) => (a < b ? a : b)
