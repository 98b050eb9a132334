// How work is found without looking for it: writers of work wake its workers, by topic. What this server does
// itself is woken here; what nobody here does goes to the other servers by NOTIFY. A wake-up
// may be lost: `src/timers` looks for what is due, and finds it a little later.
import { randomUUID } from "node:crypto"

/** `detail`: what came with the wake-up, if anything. `sender`: of which server. */
export type Listener = (detail: string, sender: string) => void

export type Wakes = {
  /** Cheap, and to be called after the commit: those of 20 ms go together. */
  wake: (topic: string) => void
  /** Wakes the listeners of this server at once; other servers were notified otherwise. */
  wakeHere: (topic: string, detail?: string) => void
  /** Calls `listener` for each wake-up of the topic, and once when some may have been missed. */
  onWake: (topic: string, listener: Listener) => () => void
  /** Calls `observer` for each wake-up of any topic that was woken here. Observers do no work. */
  observe: (observer: (topic: string) => void) => () => void
  /** What came by NOTIFY: see `payloadOf`. */
  receive: (payload: string) => void
  /** Everybody looks, for nobody knows what was missed. */
  wakeAll: () => void
  /** By what name this server is known in what it sends. */
  sender: string
  /** What waits is woken, and every notice has left. */
  settle: () => Promise<void>
}

const batchDelayMs = 20

/** `notify` sends a payload to all servers of the database. */
export function createWakes(notify: (payload: string) => Promise<unknown>): Wakes {
  const sender: string = randomUUID()
  const listeners = new Map<string, Set<Listener>>()
  const observers = new Set<(topic: string) => void>()
  const waiting = new Set<string>()
  let timer: NodeJS.Timeout | null = null
  const notices = new Set<Promise<unknown>>()
  const post = (topic: string, detail: string, from = sender) =>
    listeners.get(topic)?.forEach((listener) => listener(detail, from))
  const flush = () => {
    const topics = [...waiting]
    waiting.clear()
    timer = null
    for (const topic of topics) {
      post(topic, "")
      for (const observer of observers) observer(topic)
    }
    const others = topics.filter((topic) => !listeners.has(topic))
    if (others.length === 0) return
    const notice = notify(payloadOf(sender, others))
      .catch(() => {})
      .finally(() => notices.delete(notice))
    notices.add(notice)
  }
  return {
    sender,
    wake: (topic) => {
      waiting.add(topic)
      timer ??= setTimeout(flush, batchDelayMs)
    },
    wakeHere: (topic, detail = "") => post(topic, detail),
    onWake: (topic, listener) => {
      const those = listeners.get(topic) ?? new Set()
      listeners.set(topic, those.add(listener))
      return () => {
        those.delete(listener)
        if (those.size === 0) listeners.delete(topic)
      }
    },
    observe: (observer) => {
      observers.add(observer)
      return () => observers.delete(observer)
    },
    receive: (payload) => {
      const [from, topics = "", detail = ""] = payload.split(" ")
      if (from !== sender) for (const topic of topics.split(",")) post(topic, detail, from)
    },
    wakeAll: () => {
      for (const topic of listeners.keys()) post(topic, "")
    },
    settle: async () => {
      if (timer) clearTimeout(timer)
      if (timer) flush()
      await Promise.all(notices)
    },
  }
}

/** `SENDER TOPIC,TOPIC DETAIL`: words of the program only. */
export const payloadOf = (sender: string, topics: readonly string[], detail = "") =>
  `${sender} ${topics.join(",")} ${detail}`

const afterCommit = new WeakMap<object, Set<string>>()

/** Wakes the topic once the transaction has committed (`transact`); nothing happens if it does not. */
export function wakeAfter(tx: object, topic: string): void {
  const topics = afterCommit.get(tx) ?? new Set()
  afterCommit.set(tx, topics.add(topic))
}

export const topicsToWake = (tx: object): Iterable<string> => afterCommit.get(tx) ?? []
