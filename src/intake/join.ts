// Messages that come while others are being joined wait for each other, and join together: one commit and one trip to the
// database for all of them. What becomes of each is as if it had come alone.
import { setTimeout as pause } from "node:timers/promises"
import type { Database } from "#kernel/db.ts"
import { isPlainJoin, joinAllStatement } from "./join-all.ts"
import { type Joining, type JoinRow, joinStatement } from "./store.ts"

type Waiting = { joining: Joining } & Omit<PromiseWithResolvers<JoinRow | undefined>, "promise">
type Lanes = { busy: number; waiting: Waiting[] }

const lanesAtMost = 3
const togetherAtMost = 40
// Whoever waits for somebody's lock must not keep the others waiting.
const slowMs = 100

const lanesOf = new WeakMap<Database, Lanes>()

/** Joins the active ticket of the thread if there is one (else `id` is null), and says what is known of the door. */
export function join(db: Database, joining: Joining): Promise<JoinRow | undefined> {
  if (!isPlainJoin(joining)) return joinAlone(db, joining)
  const lanes = lanesOf.get(db) ?? { busy: 0, waiting: [] }
  lanesOf.set(db, lanes)
  const { promise, ...settle } = Promise.withResolvers<JoinRow | undefined>()
  // Those that have arrived with it are still being read.
  if (lanes.waiting.push({ joining, ...settle }) === 1) setImmediate(() => begin(db, lanes))
  return promise
}

async function joinAlone(db: Database, joining: Joining): Promise<JoinRow | undefined> {
  const [row] = await db.run<JoinRow>(joinStatement(joining))
  return row
}

function begin(db: Database, lanes: Lanes) {
  while (lanes.busy < lanesAtMost && lanes.waiting.length > 0) {
    lanes.busy++
    void occupyLane(db, lanes, lanes.waiting.splice(0, togetherAtMost))
  }
}

/** Until the work is done, or takes suspiciously long. */
async function occupyLane(db: Database, lanes: Lanes, batch: Waiting[]) {
  const done = new AbortController()
  const slow = pause(slowMs, null, { signal: done.signal }).catch(() => {})
  await Promise.race([joinBatch(db, batch), slow])
  done.abort()
  lanes.busy--
  begin(db, lanes)
}

/** Answers each; never fails. */
async function joinBatch(db: Database, batch: Waiting[]): Promise<void> {
  const rows = batch.length > 1 ? await joinedTogether(db, batch) : []
  await Promise.all(
    batch.map(async ({ joining, resolve, reject }, n) => {
      const row = rows[n]
      // Not in, and yet the thread is known: somebody may hold its ticket. Alone it can wait for them.
      if (row && (row.id !== null || !row.hasHistory)) resolve(row)
      else await joinAlone(db, joining).then(resolve, reject)
    }),
  )
}

/** Nothing at all when one of them spoils it for all: each is then tried alone, where what is wrong shows. */
async function joinedTogether(db: Database, batch: Waiting[]): Promise<JoinRow[]> {
  return db.run<JoinRow>(joinAllStatement(batch.map(({ joining }) => joining))).catch(() => [])
}
