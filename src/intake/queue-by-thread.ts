// Messages that one statement cannot place need a transaction each, and those of one thread all wait for the same rows. A server
// runs them one at a time; what joins the ticket that the first has opened needs no transaction any more. It is a courtesy to the
// database, which decides: another server runs its own beside them.
import type { Database } from "#kernel/db.ts"
import type { ReceivedMessage } from "./inbound-message.ts"
import { tooBusy } from "./lost-race-error.ts"

/** `join`: in one statement, null where that cannot place it; `write`: in a transaction, which waits for others of its thread. */
type Reception = { join: () => Promise<ReceivedMessage | null>; write: () => Promise<ReceivedMessage> }
type QueuedReception = Reception & { isLate: boolean } & Omit<PromiseWithResolvers<ReceivedMessage>, "promise">

const longestWaitMs = 5_000
const queues = new WeakMap<Database, Map<string, QueuedReception[]>>()

/**
 * Receives it after those of `thread` that came before it. Refuses (503) one whose turn has not come within `waitMs`, whatever
 * becomes of those before it.
 */
export function queueByThread(
  db: Database,
  thread: string,
  { waitMs = longestWaitMs, ...reception }: Reception & { waitMs?: number },
): Promise<ReceivedMessage> {
  const ofThreads = queues.get(db) ?? new Map<string, QueuedReception[]>()
  queues.set(db, ofThreads)
  const { promise, ...settle } = Promise.withResolvers<ReceivedMessage>()
  const queued = { ...reception, ...settle, isLate: false }
  const queue = ofThreads.get(thread) ?? []
  queue.push(queued)
  if (!ofThreads.has(thread)) {
    ofThreads.set(thread, queue)
    void runQueue(queue, () => ofThreads.delete(thread))
  }
  const timer = setTimeout(() => {
    queued.isLate = true
    refuseLate(queue)
  }, waitMs)
  return promise.finally(() => clearTimeout(timer))
}

async function runQueue(queue: QueuedReception[], end: () => void): Promise<void> {
  // Some can never be joined so, as those of a ticket that was merged into another: once none could be, nobody asks again.
  let isJoinable = true
  for (let first = queue.shift(); first; first = queue.shift()) {
    const outcome = await receive(first, first.write)
    if (outcome !== "active" || !isJoinable) continue
    // All at once: they share a statement. Those that it cannot place either keep their order.
    const waiting = queue.splice(0)
    const outcomes = await Promise.all(waiting.map((one) => receive(one, one.join)))
    isJoinable = waiting.length === 0 || outcomes.some((one) => one !== "waiting")
    queue.unshift(...waiting.filter((_, n) => outcomes[n] === "waiting"))
    refuseLate(queue)
  }
  // Nobody comes between the last look at the queue and this.
  end()
}

/** Of one that is being received nobody knows yet what becomes of it: it is not in the queue. */
function refuseLate(queue: QueuedReception[]): void {
  const late = queue.filter(({ isLate }) => isLate)
  for (const one of late) {
    queue.splice(queue.indexOf(one), 1)
    one.reject(tooBusy())
  }
}

/** `active`: its thread has an active ticket now; `waiting`: it is not received yet. One that fails keeps nobody back. */
async function receive(
  { resolve, reject }: QueuedReception,
  way: Reception["join"],
): Promise<"active" | "settled" | "waiting"> {
  try {
    const received = await way()
    if (received === null) return "waiting"
    resolve(received)
    return activating.has(received.decision.action) ? "active" : "settled"
  } catch (error) {
    reject(error)
    return "settled"
  }
}

const activating = new Set<ReceivedMessage["decision"]["action"]>(["created", "reopened", "joined"])
