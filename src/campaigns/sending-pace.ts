// How many may go now, and when the next. Pure.

export type SendingState = { pacePerMinute: number | null; nextAt: Date | null }

// Time that was lost is made up for, but not more than two seconds of it.
const slackMs = 2_000

const begin = ({ nextAt }: SendingState, now: Date) => Math.max(nextAt?.getTime() ?? 0, now.getTime() - slackMs)

/** How many the pace allows now; without one, as many as there are. */
export function sendsAllowedNow(paced: SendingState, now: Date): number {
  if (paced.pacePerMinute === null) return Number.POSITIVE_INFINITY
  const waited = now.getTime() - begin(paced, now)
  return waited < 0 ? 0 : Math.floor((waited * paced.pacePerMinute) / 60_000) + 1
}

/** When the next may go after `sent` now: at once, when there is no pace to keep. */
export function nextSendAt(paced: SendingState, sent: number, now: Date): Date {
  return paced.pacePerMinute === null ? now : new Date(begin(paced, now) + (sent * 60_000) / paced.pacePerMinute)
}
