// The steps of their lifecycles that planned messages mean for tickets.
import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import { lockTicket, transition } from "#tickets/index.ts"
import { lostRaceError } from "./lost-race-error.ts"
import type { PlannedMessage } from "./plan-batch-from-snapshot.ts"

export async function applyStatusChanges(act: Act, messages: readonly PlannedMessage[]): Promise<void> {
  for (const { planned, by } of messages) {
    const step = stepOf(planned)
    if (!step) continue
    try {
      await transition({ ...act, actor: by }, await lockTicket(act, planned.ticketId), step)
    } catch (error) {
      // Another message may have made the thread active meanwhile: then this one joins that ticket instead.
      throw error instanceof Refusal && error.code === "thread_busy" ? lostRaceError("thread") : error
    }
  }
}

/** Null when the status stays. */
function stepOf({ decision, isAwaited }: PlannedMessage["planned"]) {
  if (decision.action === "reopened") return { to: decision.to, why: decision.why }
  return isAwaited ? ({ to: "open" } as const) : null
}

export const changesStatus = ({ planned }: PlannedMessage) => stepOf(planned) !== null
