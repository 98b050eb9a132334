// The sequencer gives each committed event its place in the log. One works at a time, by the lock on its row, and its
// batches become visible one after the other: a reader that sees a position sees all smaller ones. No transaction id, clock or
// open transaction decides, so nothing but a transaction's own end holds its events back.
import { type Database, type Statement, wakeChannel } from "#kernel/db.ts"
import type { Log } from "#kernel/log.ts"
import { payloadOf } from "#kernel/database/wake.ts"
import { type PollingLoop, startPollingLoop } from "#kernel/jobs/polling-loop.ts"
import { readersTopic } from "./follow-log.ts"

const batch = 1_000
const everyMs = 10
const passedOverAtMost = 5
/** A leader places at least this often; one that does not places nothing for others. */
const leaderSilentMs = 100
/** An act that stays open longer is looked for by the sweeps alone. */
const youngMs = 1_000
const sweepEveryMs = 1_000
/** Sweeps take at most this part of the time, however many dead entries an old transaction makes them pass over. */
const sweepShare = 20

/** Events were inserted. */
export const logTopic = "log"

/** Events were given positions; with it come the modules whose events they are, by the first word of their kinds. */
export const placedTopic = "placed"

/**
 * Any server may be the sequencer: each gives positions to what was inserted through it, and to all else that has none. While
 * several write without a pause, the one whose name comes first leads: the others leave it to that one until it falls silent.
 */
export function startSequencer(db: Database, log: Log): PollingLoop {
  const place = placer(db)
  const leader = followLeader(db)
  const step = async () => {
    if (!leader.isPlacing()) return place()
    db.wakes.wakeHere(logTopic)
    return false
  }
  const loop = startPollingLoop(db, log, { name: "sequencer", step, everyMs, topics: [logTopic] })
  return { stop: () => loop.stop().finally(leader.unsubscribe) }
}

/** Receives whether a server with a name before ours places events again and again: then it places ours with its own. */
function followLeader(db: Database) {
  let heardAt = -Infinity
  let placingUntil = -Infinity
  const unsubscribe = db.wakes.onWake(placedTopic, (_modules, sender) => {
    if (sender >= db.wakes.sender) return
    const now = performance.now()
    if (now - heardAt < leaderSilentMs) placingUntil = now + leaderSilentMs
    heardAt = now
  })
  return { isPlacing: () => performance.now() < placingUntil, unsubscribe }
}

/** Places all that is committed by now, or sees another do it. */
export async function sequenceAll(db: Database): Promise<void> {
  const last = await lastCommitted(db)
  do await placeFrom(db, 0)
  while (await isUnplaced(db, last))
}

/** Looks at what is young; and from the very beginning, where acts end late, now and then. True when there is more. */
function placer(db: Database): () => Promise<boolean> {
  // Below it no young act can still write. Two marks, for each must have grown old before it counts.
  let [from, next] = [0, { id: 0, at: -Infinity }]
  let sweepAt = 0
  let passedOver = 0
  // Another server that holds the sequencer's row may not see what was committed last; the timers retry while it holds on.
  const isMore = ({ placed, isBusy }: Outcome) => {
    passedOver = isBusy ? passedOver + 1 : 0
    if (isBusy && passedOver < passedOverAtMost) db.wakes.wake(logTopic)
    return placed === batch
  }
  return async () => {
    const begun = performance.now()
    if (begun < sweepAt) return isMore(await placeFrom(db, from))
    const outcome = await placeFrom(db, 0)
    const ended = performance.now()
    sweepAt = ended + Math.max(sweepEveryMs, (ended - begun) * sweepShare)
    if (begun - next.at > youngMs) [from, next] = [next.id, { id: await lastCommitted(db), at: begun }]
    return isMore(outcome)
  }
}

type Outcome = { placed: number; isBusy: boolean; modules: string }

async function placeFrom(db: Database, from: number): Promise<Outcome> {
  const [outcome] = await db.run<Outcome>(placeStatement(from, db.wakes.sender))
  if (outcome!.placed > 0) {
    db.wakes.wakeHere(placedTopic, outcome!.modules)
    db.wakes.wake(readersTopic)
  }
  return outcome!
}

async function lastCommitted(db: Database): Promise<number> {
  const [row] = await db.run<{ id: number }>(lastCommittedStatement)
  return row?.id ?? 0
}

/** By the first of those that have none: for "is there any up to this one" a session may keep a plan that reads the whole log. */
async function isUnplaced(db: Database, upTo: number): Promise<boolean> {
  const text = "select coalesce((select min(id) from events where position is null) <= $1, false) as unplaced"
  const [row] = await db.run<{ unplaced: boolean }>({ name: "log-unplaced", text, values: [upTo] })
  return row!.unplaced
}

const lastCommittedStatement: Statement = {
  name: "log-last-committed",
  text: "select id from events order by id desc limit 1",
  values: [],
}

// The row is locked only if there is something to do: an idle log is not written to. `position is null` is asked again
// where the row is changed, for the last holder of the row may have placed it since this statement began.
const placeStatement = (from: number, sender: string): Statement => ({
  name: "log-place",
  text: `with oldest as materialized (
      select id from events where position is null and id > $1 order by id limit ${batch}),
    sequencer as materialized (
      select position from event_readers where name = 'sequencer' and exists (select from oldest) for update skip locked),
    numbered as (select id, row_number() over (order by id) as n from oldest),
    placed as (
      update events e set position = sequencer.position + numbered.n, placed_at = clock_timestamp()
      from sequencer, numbered where e.id = numbered.id and e.position is null returning e.position, split_part(e.kind, '.', 1) as module),
    moved as (
      update event_readers set position = (select max(position) from placed)
      where name = 'sequencer' and exists (select from placed)),
    outcome as (select count(*)::int as placed, coalesce(string_agg(distinct module, ','), '') as modules from placed)
    select placed, modules, not exists (select from sequencer) and exists (select from oldest) as "isBusy",
      case when placed > 0 then pg_notify('${wakeChannel}', $2 || modules) end
    from outcome`,
  values: [from, payloadOf(sender, [placedTopic])],
})
