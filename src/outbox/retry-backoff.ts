// When to try again. Pure: chance, from 0 up to 1, is given.

export type RetryState = {
  /** Tries that failed so far, this one included; those that came too fast do not count. */
  tries: number
  class: string | undefined
  /** What the other side asked for. */
  afterMs: number | undefined
  chance: number
}

// Twelve waits of 1 s, 2 s, 4 s … 30 min: an outage of half an hour loses nothing.
const mostTries = 13
/** Of one that starts here only one more try is made. */
export const lastRetry = mostTries - 1
const longestWaitMs = 1_800_000
const tooFastMs = 6_000

/** Milliseconds until the next try; null when there shall be none. */
export function nextRetryDelay({ tries, class: kind, afterMs, chance }: RetryState): number | null {
  if (kind === "rate") return (afterMs ?? tooFastMs) * (1 + chance * 0.25)
  if (tries >= (kind === "media" ? 2 : mostTries)) return null
  const doubled = Math.min(1_000 * 2 ** (tries - 1), longestWaitMs)
  return Math.max(afterMs ?? 0, doubled * (0.75 + chance * 0.25))
}
