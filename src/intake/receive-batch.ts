// The messages of many deliveries in one transaction and a handful of statements. It decides nothing: the plan does.
import { system } from "#kernel/act.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import type { InboundMessage } from "./inbound-message.ts"
import type { IntakeSettings } from "./intake-settings.ts"
import { changesStatus } from "./apply-status-changes.ts"
import { lockContactsOfBatch } from "./lock-contacts-of-batch.ts"
import { planBatch, type PlannedMessage } from "./plan-batch-from-snapshot.ts"
import { type Incoming, look, readThreads, type Threads, type Work } from "./read-snapshot.ts"
import { insertNewContacts, writeBatch } from "./write-batch.ts"

/**
 * Receives what it can; returns those that are settled, repeats of what came before included. What is left is for
 * `receiveMessage`, one after the other in their order: nothing overtakes a message of the same people that is left.
 */
export async function receiveBatch(
  run: RunStatement,
  inbounds: readonly InboundMessage[],
  { now, rules }: { now: Date; rules: IntakeSettings },
): Promise<Set<InboundMessage>> {
  if (inbounds.length === 0) return new Set()
  const work = { run, now, by: system }
  const isAlone = (inbound: InboundMessage) => inbound.mail !== undefined || needsVerbs(inbound, rules, now)
  const looked = await look(work, inbounds, isAlone)
  const settled = new Set(looked.flatMap((one) => (one.is === "known" ? one.inbound : [])))
  const incoming = looked.flatMap((one) => (one.is === "incoming" ? one : []))
  const { there, links } = await insertNewContacts(work, incoming)
  for (const { inbound } of await writeBatch(work, await placeable(work, there, rules), links)) settled.add(inbound)
  for (const one of looked) if (one.is === "repeat" && settled.has(one.first)) settled.add(one.inbound)
  return settled
}

/** It asks for more than a message on a ticket. */
export const needsVerbs = (inbound: InboundMessage, { wishOf }: IntakeSettings, now: Date) =>
  inbound.kind !== "message" ||
  inbound.categoryIds !== null ||
  inbound.assigneeId !== null ||
  inbound.uploads !== undefined ||
  wishOf(inbound, now) !== null

/** Those that statements alone can write; on each thread and ticket none after the first that they cannot. */
async function placeable(work: Work, there: Incoming[], rules: IntakeSettings): Promise<PlannedMessage[]> {
  const threads = await readThreads(work, there, { isLocking: true })
  const left = new Set(threads.moved)
  const placed = planBatch(work, there, threads, rules).flatMap(({ outcome, ...one }): PlannedMessage[] => {
    const planned = outcome !== "later" && "decision" in outcome ? outcome : null
    const places = [one.threadKey, ...(planned ? [planned.ticketId] : [])]
    if (planned && isPlain({ ...one, planned }, threads) && !places.some((place) => left.has(place)))
      return [{ ...one, planned }]
    for (const place of places) left.add(place)
    return []
  })
  return lockContactsOfBatch(work, placed, threads)
}

/** No step of a lifecycle, no link, and no thread that a merge led elsewhere to be given back. */
export function isPlain(one: PlannedMessage, { led }: Threads): boolean {
  const { decision } = one.planned
  return !changesStatus(one) && !(decision.action === "created" && (decision.follows || led.has(one.threadKey)))
}
