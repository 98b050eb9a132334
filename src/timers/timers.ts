// What is due, for all that waits for an hour: one look asks for all of it, wakes who works on what is due, and sleeps until
// the next. It finds too what nobody was woken for: a server that dies between a commit and the wake-up loses nothing.
import type { Database } from "#kernel/db.ts"
import { listenForWakes } from "#kernel/database/listen.ts"
import type { Log } from "#kernel/log.ts"
import type { PollingLoop } from "#kernel/jobs/polling-loop.ts"

/** `dueSql`: SQL of the instant at which the topic is to be woken next, null for none; now or past: at once. */
export type Timer = { topic: string; dueSql: string }

// Whatever nobody was woken for stays undone this long at most.
const lookEveryMs = 5_000
/** What is overdue – it may wait for its turn – is woken again after this. */
const againMs = 1_000
/** After a wake-up, which may have set an earlier hour. */
const soonMs = 250

/** Wakes each topic on this server when it is due, by the database's clock. */
export function startTimers(db: Database, log: Log, timers: readonly Timer[]): PollingLoop {
  const text = `select t.topic, extract(epoch from t.due - clock_timestamp())::float * 1000 as ms
    from (values ${timers.map(({ topic, dueSql }) => `('${topic}', (${dueSql}))`).join(", ")}) t (topic, due) where t.due is not null`
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let nextAt = Infinity
  let looking = Promise.resolve()
  const lookIn = (ms: number) => {
    const at = performance.now() + ms
    if (stopped || at >= nextAt) return
    nextAt = at
    clearTimeout(timer)
    timer = setTimeout(() => void (looking = look()), ms)
  }
  const look = async () => {
    nextAt = Infinity
    try {
      const due = await db.run<{ topic: string; ms: number }>({ name: "timers", text, values: [] })
      const overdue = due.filter(({ ms }) => ms <= 0)
      for (const { topic } of overdue) db.wakes.wakeHere(topic)
      lookIn(Math.min(lookEveryMs, ...due.map(({ ms }) => Math.max(Math.ceil(ms), ms <= 0 ? againMs : 0))))
    } catch (error) {
      log.warn({ err: error }, "what is due could not be looked at")
      lookIn(againMs)
    }
  }
  const topics = new Set(timers.map(({ topic }) => topic))
  const unsubscribe = db.wakes.observe((topic) => void (topics.has(topic) && lookIn(soonMs)))
  const stopListening = listenForWakes(db)
  lookIn(0)
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      unsubscribe()
      await looking
      await stopListening()
    },
  }
}
