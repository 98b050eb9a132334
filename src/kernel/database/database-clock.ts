// The one clock: the database's. What is due, late, over or before something else is decided by its time alone, however
// wrong the clocks of the servers are. Between two looks a server goes by its monotonic timer, which nobody sets.
import type { Database } from "../db.ts"
import type { Log } from "../log.ts"

export type Clock = {
  /** The database's time, to within half of a round trip. */
  now: () => Date
  /** What an operator must know of it. */
  warnings: () => string[]
  stop: () => Promise<void>
}

const lookEveryMs = 5_000
const looksAtStart = 3
export const tolerableClockErrorMs = 2_000

/** The database's time now. */
export async function databaseNow({ pool }: Pick<Database, "pool">): Promise<Date> {
  const { rows } = await pool.query<{ ms: string }>("select extract(epoch from clock_timestamp()) * 1000 as ms")
  return new Date(Number(rows[0]!.ms))
}

/** By how much this machine's own clock is ahead of it, as one query shows (milliseconds). */
export async function serverClockAheadMs(db: Pick<Database, "pool">): Promise<number> {
  const asked = Date.now()
  const at = (await databaseNow(db)).getTime()
  return (asked + Date.now()) / 2 - at
}

/** Starts to follow the database's clock. */
export async function openClock(db: Pick<Database, "pool">, log: Log): Promise<Clock> {
  let range = { from: -Infinity, to: Infinity }
  for (let looks = 0; looks < looksAtStart; looks++) range = narrowed(range, await look(db))
  let zero = (range.from + range.to) / 2
  let isWrong = false
  const now = () => new Date(zero + performance.now())
  const aheadMs = () => Date.now() - now().getTime()
  const warnings = () => (Math.abs(aheadMs()) > tolerableClockErrorMs ? [describeClockError(aheadMs())] : [])
  const judge = () => {
    const [warning] = warnings()
    if (warning !== undefined && !isWrong) log.warn({ aheadMs: Math.round(aheadMs()) }, warning)
    isWrong = warning !== undefined
  }
  judge()
  let looking = Promise.resolve()
  const timer = setInterval(() => {
    looking = look(db)
      .then(({ from, to }) => void (zero = Math.min(Math.max(zero, from), to)))
      // A database that does not answer has no other time either: the timer goes on.
      .catch(() => {})
      .then(judge)
  }, lookEveryMs).unref()
  const stop = async () => {
    clearInterval(timer)
    await looking
  }
  return { now, warnings, stop }
}

/** Between which times (milliseconds since 1970) the database's clock stood when this process's timer was 0. */
type Range = { from: number; to: number }

// It was read at some moment between asking and the answer.
async function look(db: Pick<Database, "pool">): Promise<Range> {
  const asked = performance.now()
  const at = (await databaseNow(db)).getTime()
  return { from: at - performance.now(), to: at + 1 - asked }
}

function narrowed(one: Range, other: Range): Range {
  const [from, to] = [Math.max(one.from, other.from), Math.min(one.to, other.to)]
  return from <= to ? { from, to } : other
}

export function describeClockError(aheadMs: number): string {
  const seconds = (Math.abs(aheadMs) / 1000).toFixed(1)
  return `the clock of this server is ${seconds} s ${aheadMs > 0 ? "ahead of" : "behind"} the database's; Hilo goes by the database's`
}
