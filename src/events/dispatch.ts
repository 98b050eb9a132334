// Turns facts into jobs. One dispatcher at a time, by a lease on its row; any server may be it.
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import type { Log } from "#kernel/log.ts"
import { followLog } from "./follow.ts"
import type { EventKind } from "./kinds.ts"
import type { LoggedEvent } from "./log.ts"
import { deepestChain, type ReactionPayload, reactions } from "./reactions.ts"
import { takeEvents } from "./reader.ts"

// Each look is a transaction that writes the cursor. Reactions have a second; a busy log need not be looked at more often.
const everyMs = 100

type Enqueue = (tx: Act["tx"], name: string, payloads: ReactionPayload[]) => Promise<void>

export function startDispatcher(db: Database, log: Log, enqueue: Enqueue) {
  return followLog(db, log, { read: () => dispatchOnce(db, log, enqueue), everyMs })
}

/** Queues the reactions of the next events and moves the cursor in the same transaction. True when there is more. */
export async function dispatchOnce(db: Database, log: Log, enqueue: Enqueue): Promise<boolean> {
  return db.kysely.transaction().execute(async (tx) => {
    const taken = await takeEvents(tx, "reactions", Object.keys(reactions) as EventKind[])
    for (const [name, payloads] of reactionsTo(taken?.events ?? [], log)) await enqueue(tx, name, payloads)
    return taken?.more ?? false
  })
}

/** What each reaction is to be given, in the order of the log. */
function reactionsTo(events: LoggedEvent[], log: Log): [string, ReactionPayload[]][] {
  const due = events.flatMap(({ id, kind, depth, ticketId, subjectId }) => {
    const names: readonly string[] = reactions[kind as keyof typeof reactions] ?? []
    if (names.length === 0 || depth < deepestChain)
      return names.map((name) => ({ name, payload: { eventId: id, depth, ticketId, subjectId } }))
    log.error({ eventId: id, kind }, "a chain of reactions was cut")
    return []
  })
  const byName = Map.groupBy(due, ({ name }) => name)
  return [...byName].map(([name, all]) => [name, all.map(({ payload }) => payload)])
}
