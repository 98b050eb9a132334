import type { Status } from "./campaign-queries.ts"

const steps: Record<Status, Status[]> = {
  draft: ["running", "scheduled", "cancelled"],
  scheduled: ["running", "paused", "cancelled"],
  running: ["paused", "cancelled"],
  paused: ["running", "cancelled"],
  cancelled: [],
  done: [],
}
/** What a person may do now. Nothing is sent to nobody. */
export const nextStatuses = (status: Status, total: number): Status[] =>
  steps[status].filter((step) => total > 0 || step === "paused" || (step === "cancelled" && status !== "draft"))

export const acceptsRecipients = (status: Status) => ["draft", "scheduled", "paused"].includes(status)
