// The stories of the past are complete: nothing is to follow from them now. Their events are passed over here; what other
// people did meanwhile is queued as ever.
import { setTimeout as wait } from "node:timers/promises"
import type { Kit } from "#kernel/kit.ts"
import { createJobs } from "#kernel/jobs/job-queue.ts"
import type { Log } from "#kernel/log.ts"
import { agreementJobs } from "#agreements/index.ts"
import { automationJobs } from "#automation/index.ts"
import { contactJobs } from "#contacts/index.ts"
import { dispatchOnce, lastPosition, hasUnreadEvents, sequenceAll, type ReactionPayload } from "#event-log/index.ts"
import { incidentJobs } from "#incidents/index.ts"
import { fileJobs } from "#intake/index.ts"
import { outboxJobs } from "#outbox/index.ts"
import { replyJobs } from "#replies/index.ts"
import { createNotifications } from "#notifications/index.ts"
import { enqueueFromLog } from "#routing/index.ts"
import { surveyJobs } from "#surveys/index.ts"
import type { CreatedIds } from "./scene-context.ts"

const patienceMs = 20_000
const lookAgainMs = 50

/** False when a server's reader did not come to the end of the stories in time. */
export async function skipPastReactions(kit: Kit, log: Log, made: CreatedIds): Promise<boolean> {
  const all = [
    ...replyJobs(kit, ""),
    ...surveyJobs(kit, ""),
    ...fileJobs(kit),
    ...outboxJobs(kit),
    ...incidentJobs(kit),
    ...contactJobs(kit, ""),
    ...agreementJobs(kit),
    ...automationJobs(kit),
  ]
  const jobs = createJobs(kit.db.url, log, all, { work: false })
  await jobs.start()
  try {
    await sequenceAll(kit.db)
    const end = await lastPosition(kit.db)
    const deadline = performance.now() + patienceMs
    while (await hasUnreadEvents(kit.db, "reactions", end)) {
      if (performance.now() > deadline) return false
      const more = await dispatchOnce(kit.db, log, {
        enqueue: async (tx, name, payloads) => {
          const others = payloads.filter((payload) => !isPast(made, name, payload))
          if (others.length > 0) await jobs.enqueue(tx, name, others)
        },
        deadLetter: jobs.deadLetter,
      })
      if (!more) await wait(lookAgainMs)
    }
    while (await hasUnreadEvents(kit.db, "routing", end)) {
      if (performance.now() > deadline) return false
      if (!(await enqueueFromLog(kit, (id) => made.tickets.has(id)))) await wait(lookAgainMs)
    }
    while (await hasUnreadEvents(kit.db, "notifications", end)) {
      if (performance.now() > deadline) return false
      if (!(await createNotifications(kit))) await wait(lookAgainMs)
    }
    return true
  } finally {
    await jobs.stop()
  }
}

// A message that somebody else wrote on one of our tickets must go out.
function isPast(made: CreatedIds, name: string, { ticketId, subjectId }: ReactionPayload): boolean {
  return name === "send-message" ? made.messages.has(subjectId ?? "") : made.tickets.has(ticketId ?? "")
}
