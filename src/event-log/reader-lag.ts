// How far each reader of the log is behind, measured by what it has not read yet, and who keeps it from reading.
import type { Pool } from "pg"
import { workerName } from "#kernel/jobs/job-queue.ts"
import { lastLoopFailure } from "#kernel/jobs/polling-loop.ts"
import { logLag } from "#kernel/metrics.ts"

type Queryable = Pick<Pool, "query">
/** `since`: when the oldest event became visible that it has not read; null when it has read everything. */
export type ReaderLag = { reader: string; since: Date | null; seconds: number }

const patienceSeconds = 10

/** Of every reader; the sequencer reads what has no position yet. `socketsAt`: up to which position this server has sent to its sockets. */
export async function readerLags(db: Queryable, socketsAt: number | null = null): Promise<ReaderLag[]> {
  const { rows } = await db.query<ReaderLag>(
    `select r.name as reader, r.since, greatest(0, coalesce(extract(epoch from clock_timestamp() - r.since), 0))::float as seconds
    from (
      select name, (select placed_at from events where events.position > 0 and events.position > readers.position
        order by events.position limit 1) as since
      from (select name, position from event_readers where name <> 'sequencer'
        union all select 'sockets', $1::bigint where $1::bigint is not null) readers
      union all select 'sequencer', greatest(
        (select at from events where position is null order by id limit 1),
        (select placed_at from events e, event_readers s where s.name = 'sequencer' and e.position > 0 and e.position = s.position))
        where exists (select from events where position is null)
      union all select 'sequencer', null where not exists (select from events where position is null)) r (name, since)
    order by r.name`,
    [socketsAt],
  )
  return rows
}

/** In words: which readers stand still, what holds them, and which transactions stay open. Ids and names only. */
export async function logWarnings(db: Queryable, socketsAt: number | null = null): Promise<string[]> {
  const late = await readerLags(db, socketsAt).then(
    (all) => all.filter(({ seconds }) => seconds > patienceSeconds),
    () => [{ reader: "the log", since: null }],
  )
  return describeReaderLag(db, late)
}

/** The same, of readers that are known to stand still. */
export async function describeReaderLag(db: Queryable, late: Pick<ReaderLag, "reader" | "since">[]): Promise<string[]> {
  const open = await openTransactions(db)
  const left = (described: string[]) =>
    open.filter(({ idle, text }) => idle && !described.includes(text)).map(({ text }) => text)
  if (late.length === 0) return left([])
  const [held, works] = [await rowHolders(db), await isWorking(db)]
  const blocking = open.filter(({ blocks }) => blocks).map(({ text }) => text)
  const lines = late.map(({ reader, since }) => {
    const failure = lastLoopFailure(reader)
    const failed = failure === null ? [] : [`its last try failed (${failure})`]
    const by = [...new Set([...(held.get(reader) ?? []), ...blocking, ...failed])]
    const what = since === null ? "cannot be looked at" : `has read nothing since ${since.toISOString()}`
    return `${reader} ${what}${by.length > 0 ? `: ${by.join("; ")}` : ""}`
  })
  const described = [...blocking, ...[...held.values()].flat()]
  return [...(works ? [] : ["no worker"]), ...lines, ...left(described)]
}

let lags = new Map<string, number>()
let measuredAt = 0

/** Sets the gauge. When nothing can be measured nothing is read either: then every lag grows with the time. */
export async function updateLagMetrics(db: Queryable, socketsAt: number | null): Promise<void> {
  const now = performance.now()
  try {
    lags = new Map((await readerLags(db, socketsAt)).map(({ reader, seconds }) => [reader, seconds]))
    measuredAt = now
  } catch {
    measuredAt ||= now
  }
  for (const [reader, seconds] of lags) logLag.set({ reader }, seconds + (now - measuredAt) / 1000)
}

type OpenTransaction = { text: string; idle: boolean; blocks: boolean }

const described = `'session ' || a.pid || ' (' || coalesce(nullif(a.application_name, ''), 'unnamed') || ') is ' || coalesce(a.state, 'at work')
  || ' since ' || to_char(coalesce(a.xact_start, a.backend_start) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
const describedPrepared = `'the prepared transaction ' || quote_literal(p.gid) || ' waits since '
  || to_char(p.prepared at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

// Of this database alone: what others leave open on the cluster holds nothing here.
async function openTransactions(db: Queryable): Promise<OpenTransaction[]> {
  const { rows } = await db.query<OpenTransaction>(
    `with blockers as materialized (
      select distinct b.pid from pg_stat_activity w cross join lateral unnest(pg_blocking_pids(w.pid)) b (pid)
      where w.datname = current_database() and w.wait_event_type = 'Lock')
    select ${described} as text, coalesce(a.state like 'idle in transaction%', false) as idle, a.pid in (select pid from blockers) as blocks
    from pg_stat_activity a where a.datname = current_database() and a.pid <> pg_backend_pid()
      and a.wait_event_type is distinct from 'Lock' and (a.pid in (select pid from blockers)
        or a.state like 'idle in transaction%' and a.xact_start < clock_timestamp() - make_interval(secs => ${patienceSeconds}))
    union all select ${describedPrepared}, true, 0 in (select pid from blockers)
    from pg_prepared_xacts p
    where p.database = current_database() and p.prepared < clock_timestamp() - make_interval(secs => ${patienceSeconds})`,
  )
  return rows
}

/** Sessions that have held a reader's row for a while: the reader passes over it, and waits for nobody. */
async function rowHolders(db: Queryable): Promise<Map<string, string[]>> {
  const text = `
    select r.name, ${described} as text from event_readers r join pg_stat_activity a on a.backend_xid = r.xmax
      where a.xact_start < clock_timestamp() - interval '2 seconds'
    union all select r.name, ${describedPrepared} from event_readers r join pg_prepared_xacts p on p.transaction = r.xmax`
  const rows = await db.query<{ name: string; text: string }>(text).then(
    (found) => found.rows,
    () => [],
  )
  return new Map([...Map.groupBy(rows, ({ name }) => name)].map(([name, all]) => [name, all.map((one) => one.text)]))
}

async function isWorking(db: Queryable): Promise<boolean> {
  const text = `select exists (select from pg_stat_activity
    where datname = current_database() and application_name = '${workerName}') as works`
  return (await db.query<{ works: boolean }>(text)).rows[0]!.works
}
