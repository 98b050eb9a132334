// Turns facts into jobs. One dispatcher at a time, by a lease on its row; any server may be it.
import { type Act, transact } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import type { Log } from "#kernel/log.ts"
import { followLog } from "./follow-log.ts"
import type { EventKind } from "./event-kinds.ts"
import type { LoggedEvent } from "./read-log.ts"
import { deepestChain, type ReactionPayload, reactions } from "./reactions-to-events.ts"
import { readExclusively } from "./read-log-exclusively.ts"

// Each look is a transaction that writes the cursor. Reactions have a second; a busy log need not be looked at more often.
const everyMs = 100

type Send = (tx: Act["tx"], name: string, payloads: ReactionPayload[]) => Promise<void>
/** `deadLetter` keeps jobs that are not to be tried, for a person to decide. */
type Queue = { enqueue: Send; deadLetter: Send }

export function startDispatcher(db: Database, log: Log, queue: Queue) {
  return followLog(db, log, { name: "reactions", read: () => dispatchOnce(db, log, queue), everyMs })
}

/** Queues the reactions of the next events and moves the cursor in the same transaction. True when there is more. */
export async function dispatchOnce(db: Database, log: Log, queue: Queue): Promise<boolean> {
  return transact(db, async (tx) => {
    const taken = await readExclusively(tx, "reactions", Object.keys(reactions) as EventKind[])
    for (const [name, payloads] of reactionsTo(taken?.events ?? [])) {
      const [due, cut] = [payloads.filter(isDue), payloads.filter((one) => !isDue(one))]
      if (due.length > 0) await queue.enqueue(tx, name, due)
      if (cut.length > 0) log.error({ reaction: name, events: cut.map(({ eventId }) => eventId) }, "a chain was cut")
      if (cut.length > 0) await queue.deadLetter(tx, name, cut)
    }
    return taken?.more ?? false
  })
}

const isDue = ({ depth }: ReactionPayload) => depth < deepestChain

/** What each reaction is to be given, in the order of the log. */
function reactionsTo(events: LoggedEvent[]): [string, ReactionPayload[]][] {
  const due = events.flatMap(({ id, kind, depth, ticketId, subjectId }) => {
    const names: readonly string[] = reactions[kind as keyof typeof reactions] ?? []
    return names.map((name) => ({ name, payload: { eventId: id, depth, ticketId, subjectId } }))
  })
  const byName = Map.groupBy(due, ({ name }) => name)
  return [...byName].map(([name, all]) => [name, all.map(({ payload }) => payload)])
}
