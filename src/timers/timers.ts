// What is due, for all that waits for an hour: one look asks for all of it, wakes who works on what is due, and sleeps until
// the next. It finds too what nobody was woken for: a server that dies between a commit and the wake-up loses nothing.
import type { Database, Statement } from "#kernel/db.ts"
import { isUnreachable } from "#kernel/errors.ts"
import { listenForWakes } from "#kernel/database/listen.ts"
import type { Log } from "#kernel/log.ts"
import { timerFailing } from "#kernel/metrics.ts"
import type { PollingLoop } from "#kernel/jobs/polling-loop.ts"

/**
 * `dueSql`: SQL of the instant at which the topic is to be woken next, null for none; now or past: at once. `overdueSql`: of
 * the instant since which nobody has attended to it, where work may wait at its own pace once it is due.
 */
export type Timer = { topic: string; dueSql: string; overdueSql?: string }

// Whatever nobody was woken for stays undone this long at most.
const lookEveryMs = 5_000
/** What is overdue – it may wait for its turn – is woken again after this. */
const againMs = 1_000
/** After a wake-up, which may have set an earlier hour. */
const soonMs = 250

const failures = new Map<string, string>()

/** In words, for which topics this server cannot look what is due. */
export const timerWarnings = (): string[] => [...failures].map(([topic, code]) => failureWarning(topic, code))

export const failureWarning = (topic: string, code: string) => `what is due for ${topic} cannot be looked at (${code})`

export const failureCode = (error: unknown) =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "error"

/**
 * Wakes each topic on this server when it is due, by the database's clock. One whose query fails is asked for alone until it
 * works again, and woken meanwhile: nobody knows whether it is due.
 */
export function startTimers(db: Database, log: Log, timers: readonly Timer[]): PollingLoop {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let nextAt = Infinity
  let looking = Promise.resolve()
  let retrying: Promise<void> | null = null
  const lookIn = (ms: number) => {
    const at = performance.now() + ms
    if (stopped || at >= nextAt) return
    nextAt = at
    clearTimeout(timer)
    timer = setTimeout(() => void (looking = looking.then(look)), ms)
  }
  const look = async () => {
    nextAt = Infinity
    const failing = timers.filter(isFailing)
    for (const { topic } of failing) db.wakes.wakeHere(topic)
    // Beside the others: it may fail because it takes too long.
    retrying ??= lookAtEach(failing).finally(() => void (retrying = null))
    await lookAt(timers.filter((one) => !isFailing(one)))
  }
  const lookAtEach = async (group: readonly Timer[]) => {
    for (const one of group) await lookAt([one])
  }
  const lookAt = async (group: readonly Timer[]): Promise<void> => {
    if (group.length === 0) return
    try {
      const due = await db.run<{ topic: string; ms: number }>(dueStatement(group, group.length === timers.length))
      for (const { topic, ms } of due) if (ms <= 0) db.wakes.wakeHere(topic)
      for (const { topic } of group) setFailure(topic, null)
      lookIn(Math.min(lookEveryMs, ...due.map(({ ms }) => Math.max(Math.ceil(ms), ms <= 0 ? againMs : 0))))
    } catch (error) {
      if (isUnreachable(error)) log.warn({ err: error }, "what is due could not be looked at")
      else if (group.length > 1) await lookAtEach(group)
      else fail(group[0]!, error)
      lookIn(againMs)
    }
  }
  const fail = ({ topic }: Timer, error: unknown) => {
    if (!failures.has(topic)) log.error({ err: error, topic }, "what is due for a topic cannot be looked at")
    setFailure(topic, failureCode(error))
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
      await Promise.all([looking, retrying])
      await stopListening()
    },
  }
}

const isFailing = ({ topic }: Timer) => failures.has(topic)

function setFailure(topic: string, code: string | null) {
  timerFailing.set({ topic }, code === null ? 0 : 1)
  if (code === null) failures.delete(topic)
  else failures.set(topic, code)
}

const dueStatement = (timers: readonly Timer[], isWhole: boolean): Statement => ({
  // Only of all of them is the text always the same.
  name: isWhole ? "timers" : "",
  text: `select t.topic, extract(epoch from t.due - clock_timestamp())::float * 1000 as ms
    from (values ${timers.map(({ topic, dueSql }) => `('${topic}', (${dueSql}))`).join(", ")}) t (topic, due) where t.due is not null`,
  values: [],
})
