// What a campaign says to many, each on a ticket of its own: where the plan is to open one it is done for all at once. What
// it says otherwise is left for one message at a time.
import { system } from "#kernel/act.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import type { InboundMessage } from "./inbound-message.ts"
import type { IntakeSettings } from "./intake-settings.ts"
import { lockContactsOfBatch } from "./lock-contacts-of-batch.ts"
import { planBatch, type PlannedMessage } from "./plan-batch-from-snapshot.ts"
import { distinctBy, look, readThreads, type Incoming, type Threads, type Work } from "./read-snapshot.ts"
import { insertNewContacts, writeBatch } from "./write-batch.ts"

export type AnnouncementResult = {
  inbound: InboundMessage
  threadKey: string
  ticketId: string
  messageId: string
  contactId: string
  identityId: string
}

type Announcing = { now: Date; rules: IntakeSettings; barred: (identityIds: string[]) => Promise<Set<string>> }

/**
 * Makes a ticket with its message, waiting to be sent, for each of `inbounds` that needs a new one. `barred`: the
 * addresses, of those asked about, that may not be written to now.
 */
export async function createCampaignTickets(
  run: RunStatement,
  inbounds: readonly InboundMessage[],
  { now, rules, barred }: Announcing,
): Promise<AnnouncementResult[]> {
  const work = { run, now, by: system }
  const firsts = firstOfEach(await look(work, inbounds))
  const written = distinctBy(firsts, ({ thread }) => (thread.newcomer ? null : thread.identityId))
  const [threads, shut] = await Promise.all([readThreads(work, firsts, { isLocking: false }), barred(written)])
  const planned = openings(work, firsts, threads, rules)
  const free = planned.filter(({ thread }) => !shut.has(thread.identityId))
  const { there, links } = await insertNewContacts(work, free)
  return (await writeBatch(work, await lockContactsOfBatch(work, there, threads), links)).map(
    ({ inbound, message, threadKey, planned: { ticketId }, thread: { contactId, identityId } }) => {
      return { inbound, threadKey, ticketId, messageId: message.id, contactId, identityId }
    },
  )
}

/** One message for each thread, waiting to be sent. */
function firstOfEach(looked: Awaited<ReturnType<typeof look>>): Incoming[] {
  const firsts = new Map<string, Incoming>()
  for (const one of looked)
    if (one.is === "incoming" && !firsts.has(one.threadKey))
      firsts.set(one.threadKey, { ...one, message: { ...one.message, deliveryState: "queued" } })
  return [...firsts.values()]
}

/** Those that open a ticket. Where a merge led the thread to another one, that is looked at by itself. */
function openings(work: Work, firsts: Incoming[], threads: Threads, rules: IntakeSettings): PlannedMessage[] {
  return planBatch(work, firsts, threads, rules).flatMap(({ outcome, ...one }) => {
    const isOpening = outcome !== "later" && "decision" in outcome && outcome.decision.action === "created"
    return isOpening && !threads.led.has(one.threadKey) ? [{ ...one, planned: outcome }] : []
  })
}
