// The stories of the past are complete: nothing is to follow from them now. Their events are passed over here; what other
// people did meanwhile is queued as ever.
import { setTimeout as wait } from "node:timers/promises"
import type { Kit } from "#kernel/answer.ts"
import { createJobs } from "#kernel/jobs.ts"
import type { Log } from "#kernel/log.ts"
import { contactJobs } from "#contacts/index.ts"
import { dispatchOnce, endOfLog, isUnread, placeAll, type ReactionPayload } from "#events/index.ts"
import { incidentJobs } from "#incidents/index.ts"
import { fileJobs } from "#intake/index.ts"
import { replyJobs } from "#replies/index.ts"
import { makeNotifications } from "#notifications/index.ts"
import { gather } from "#routing/index.ts"
import type { Made } from "./play.ts"

const patienceMs = 20_000
const lookAgainMs = 50

/** False when a server's reader did not come to the end of the stories in time. */
export async function settle(kit: Kit, log: Log, made: Made): Promise<boolean> {
  const all = [...replyJobs(kit), ...fileJobs(kit), ...incidentJobs(kit), ...contactJobs(kit)]
  const jobs = createJobs(kit.db.url, log, all, { work: false })
  await jobs.start()
  try {
    await placeAll(kit.db)
    const end = await endOfLog(kit.db)
    const deadline = performance.now() + patienceMs
    while (await isUnread(kit.db, "reactions", end)) {
      if (performance.now() > deadline) return false
      const more = await dispatchOnce(kit.db, log, {
        enqueue: async (tx, name, payloads) => {
          const others = payloads.filter((payload) => !isPast(made, name, payload))
          if (others.length > 0) await jobs.enqueue(tx, name, others)
        },
        bury: jobs.bury,
      })
      if (!more) await wait(lookAgainMs)
    }
    while (await isUnread(kit.db, "routing", end)) {
      if (performance.now() > deadline) return false
      if (!(await gather(kit, (id) => made.tickets.has(id)))) await wait(lookAgainMs)
    }
    while (await isUnread(kit.db, "notifications", end)) {
      if (performance.now() > deadline) return false
      if (!(await makeNotifications(kit))) await wait(lookAgainMs)
    }
    return true
  } finally {
    await jobs.stop()
  }
}

// A message that somebody else wrote on one of our tickets must go out.
function isPast(made: Made, name: string, { ticketId, subjectId }: ReactionPayload): boolean {
  return name === "send-message" ? made.messages.has(subjectId ?? "") : made.tickets.has(ticketId ?? "")
}
