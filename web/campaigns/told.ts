// How far a campaign is, in the numbers that people ask for. Pure.
import type { Progress } from "#campaigns/contract.ts"
import type { Status } from "./campaigns.ts"

export const parts = ["sent", "delivered", "read", "replied", "failed", "unknown", "cancelled", "left"] as const
export type Part = (typeof parts)[number]

const failures = (progress: Progress) => Object.values(progress.failed).reduce((sum, n) => sum + n, 0)

/** What was read was delivered, and what was delivered was sent: each number holds the ones after it. */
export function told(progress: Progress): Record<Part, number> {
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
export function shares(progress: Progress): { part: Part; percent: number }[] {
  const { total, read, delivered, sent, unknown } = progress
  const counts: [Part, number][] = [
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

const steps: Record<Status, Status[]> = {
  draft: ["running", "scheduled", "cancelled"],
  scheduled: ["running", "paused", "cancelled"],
  running: ["paused", "cancelled"],
  paused: ["running", "cancelled"],
  cancelled: [],
  done: [],
}

/** What a person may do now. Nothing is sent to nobody. */
export const mayBecome = (status: Status, total: number): Status[] =>
  steps[status].filter((step) => total > 0 || step === "paused" || (step === "cancelled" && status !== "draft"))

export const takesRecipients = (status: Status) => ["draft", "scheduled", "paused"].includes(status)
