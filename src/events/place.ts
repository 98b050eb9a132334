// The sequencer gives each committed event its place in the log. One works at a time, by the lock on its row, and its
// batches become visible one after the other: whoever sees a position sees all smaller ones. No transaction id, clock or
// open transaction decides, so nothing but a transaction's own end holds its events back.
import { type Database, type Statement, wakeChannel } from "#kernel/db.ts"
import type { Log } from "#kernel/log.ts"
import { type Loop, startLoop } from "#kernel/loop.ts"

const batch = 1_000
const everyMs = 10
/** An act that stays open longer is looked for by the sweeps alone. */
const youngMs = 5_000
const sweepEveryMs = 1_000
/** Sweeps take at most this part of the time, however many dead entries an old transaction makes them pass over. */
const sweepShare = 20

/** Any server may be the sequencer; all try, and whoever comes second finds nothing left. */
export function startSequencer(db: Database, log: Log): Loop {
  const place = placer(db)
  return startLoop(db, log, { name: "sequencer", step: place, everyMs, wakes: ["", "log"] })
}

/** Places all that is committed by now, or sees another do it. */
export async function placeAll(db: Database): Promise<void> {
  const last = await lastBorn(db)
  do await placeFrom(db, 0)
  while (await isUnplaced(db, last))
}

/** Looks at what is young; and from the very beginning, where acts end late, now and then. True when there is more. */
function placer(db: Database): () => Promise<boolean> {
  // Below it no young act can still write. Two marks, for each must have grown old before it counts.
  let [from, next] = [0, { id: 0, at: -Infinity }]
  let sweepAt = 0
  return async () => {
    const begun = performance.now()
    if (begun < sweepAt) return (await placeFrom(db, from)) === batch
    const placed = await placeFrom(db, 0)
    const ended = performance.now()
    sweepAt = ended + Math.max(sweepEveryMs, (ended - begun) * sweepShare)
    if (begun - next.at > youngMs) [from, next] = [next.id, { id: await lastBorn(db), at: begun }]
    return placed === batch
  }
}

async function placeFrom(db: Database, from: number): Promise<number> {
  const [row] = await db.run<{ placed: number }>(placeStatement(from))
  return row?.placed ?? 0
}

async function lastBorn(db: Database): Promise<number> {
  const [row] = await db.run<{ id: number }>(lastBornStatement)
  return row?.id ?? 0
}

async function isUnplaced(db: Database, upTo: number): Promise<boolean> {
  const text = "select exists (select from events where position is null and id <= $1) as born"
  const [row] = await db.run<{ born: boolean }>({ name: "log-born", text, values: [upTo] })
  return row!.born
}

const lastBornStatement: Statement = {
  name: "log-last-born",
  text: "select id from events order by id desc limit 1",
  values: [],
}

// The seat is taken only if there is something to do: an idle log is not written to. `position is null` is asked again
// where the row is changed, for whoever had the seat before may have placed it since this statement began.
const placeStatement = (from: number): Statement => ({
  name: "log-place",
  text: `with seat as materialized (
      select position from event_readers where name = 'sequencer'
        and exists (select from events where position is null and id > $1) for update skip locked),
    born as (
      select id, row_number() over (order by id) as n from (
        select e.id from seat, lateral (
          select id from events where position is null and id > $1 order by id limit ${batch}) e) oldest),
    placed as (
      update events e set position = seat.position + born.n, placed_at = clock_timestamp()
      from seat, born where e.id = born.id and e.position is null returning e.position),
    moved as (
      update event_readers set position = (select max(position) from placed)
      where name = 'sequencer' and exists (select from placed))
    select count(*)::int as placed, case when count(*) > 0 then pg_notify('${wakeChannel}', 'placed') end as told from placed`,
  values: [from],
})
