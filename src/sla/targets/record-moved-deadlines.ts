// Which tickets show other deadlines by now, as a fact of the log, so that open screens show them too: one for all that were
// counted in one step.
import type { Act } from "#kernel/act.ts"
import { wakeAfter } from "#kernel/database/wake.ts"
import { record } from "#event-log/index.ts"

export async function recordMovedDeadlines(act: Act, ticketIds: Iterable<string>): Promise<void> {
  const ids = [...ticketIds]
  if (ids.length > 0) await recordInLog(act, { ticketIds: ids })
}

/** So many that screens fetch what they show: after the last of them. */
export const recordMovedInBulk = (act: Act) => recordInLog(act, {})

async function recordInLog(act: Act, data: { ticketIds?: string[] }): Promise<void> {
  await record(act, "tickets.deadlines_moved", { data })
  wakeAfter(act.tx, "log")
}
