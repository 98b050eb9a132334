// How far a campaign is, in the numbers that people ask for. Pure.
import type { Progress } from "#campaigns/api-contract.ts"

export const progressParts = ["sent", "delivered", "read", "replied", "failed", "unknown", "cancelled", "left"] as const
export type ProgressPart = (typeof progressParts)[number]

const failures = (progress: Progress) => Object.values(progress.failed).reduce((sum, n) => sum + n, 0)

/** What was read was delivered, and what was delivered was sent: each number holds the ones after it. */
export function progressFigures(progress: Progress): Record<ProgressPart, number> {
  const { read, replied, unknown, cancelled, waiting, queued } = progress
  const delivered = progress.delivered + read
  return {
    sent: progress.sent + delivered,
    delivered,
    read,
    replied,
    failed: failures(progress),
    unknown,
    cancelled,
    left: waiting + queued,
  }
}

/** Shares of the whole in percent, each shipment in one of them: what the bar shows from left to right. */
export function progressShares(progress: Progress): { part: ProgressPart; percent: number }[] {
  const { total, read, delivered, sent, unknown } = progress
  const counts: [ProgressPart, number][] = [
    ["read", read],
    ["delivered", delivered],
    ["sent", sent],
    ["unknown", unknown],
    ["failed", failures(progress)],
  ]
  return counts
    .filter(([, count]) => count > 0 && total > 0)
    .map(([part, count]) => ({ part, percent: (100 * count) / total }))
}
