import { sql } from "kysely"
import type pg from "pg"
import type { Kit } from "#kernel/kit.ts"
import type { Statement } from "#kernel/db.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import { newId } from "#kernel/ids.ts"
import { webhookElements } from "#kernel/metrics.ts"
import type { ElementSummary } from "#channels/index.ts"
import { type Purge, purgeRows } from "#kernel/jobs/cleanup.ts"

/**
 * `position`: the place it took among all messages when it came; those in it follow each other from there. `heldFor`: for a
 * connection that was switched off; only messages of it are left.
 */
export type Delivery = {
  id: number
  connectionId: string
  body: string
  tries: number
  position: number
  heldFor: string | null
}

/** `posted`: webhooks; `fetched`: files, which take their time to read. */
export type DeliveryOrigin = "any" | "posted" | "fetched"

/** `element` is text when the delivery could not be taken apart at all. */
export type FailedElement = {
  ordinal: number
  element: object | string
  reason: string
  summary: ElementSummary | null
}

// Deliveries claimed by a server that died are free again this late; a busy server is done long before.
const leaseMs = 15_000
const firstPauseMs = 1_000
const keptDays = 30

type Work<One extends Delivery> = (deliveries: Delivery[], run: RunStatement) => Promise<{ all: One[]; done: One[] }>

/**
 * Takes the next due deliveries that nobody else has and gives them to `work`, all in one transaction: what it settles and
 * that it is settled become true together. Those that are left stay in hand for a while. When `work` fails, nothing was
 * settled, and all of them are left.
 */
export async function claimDeliveries<One extends Delivery>(
  kit: Kit,
  { atOnce, now, origin }: { atOnce: number; now: Date; origin: DeliveryOrigin },
  work: Work<One>,
): Promise<{ count: number; left: One[] }> {
  const client = await kit.db.pool.connect()
  let broken: Error | undefined
  try {
    // Sent together: most looks find nothing, and should cost little. Awaited together: an unhandled rejection would
    // end the process, and the database may go away at any time.
    const [, { rows }] = await Promise.all([
      client.query("begin"),
      client.query<Delivery>(dueStatement(atOnce, now, origin)),
    ])
    if (rows.length === 0) {
      await client.query("rollback")
      return { count: 0, left: [] }
    }
    const left = await settleClaims(client, rows, now, work)
    kit.db.wakes.wake("log")
    return { count: rows.length, left }
  } catch (error) {
    broken = error as Error
    // Undone at once if the connection still answers: others may take them now.
    await client.query("rollback").catch(() => {})
    throw error
  } finally {
    // A connection in an unknown state goes; the database undoes what was open on it.
    client.release(broken)
  }
}

async function settleClaims<One extends Delivery>(
  client: pg.PoolClient,
  rows: Delivery[],
  now: Date,
  work: Work<One>,
): Promise<One[]> {
  // Not waited for: what follows fails if it does.
  client.query("savepoint before").catch(() => {})
  const run: RunStatement = async <Row>(statement: Statement) => (await client.query(statement)).rows as Row[]
  const { all, done } = await work(rows, run).catch(async () => {
    await client.query("rollback to savepoint before")
    // Nothing joined: each is looked at by itself, where what is wrong with it shows.
    const { all: each } = await work(rows, async () => [])
    return { all: each, done: new Array<One>() }
  })
  const left = all.filter((one) => !done.includes(one))
  const until = new Date(now.getTime() + leaseMs)
  await Promise.all([
    done.length > 0 && client.query(doneStatement(done.map((one) => one.id))),
    left.length > 0 &&
      client.query(
        leaseStatement(
          left.map((one) => one.id),
          until,
        ),
      ),
  ])
  await client.query("commit")
  return left
}

const leaseStatement = (ids: number[], until: Date) => ({
  name: "deliveries-in-hand",
  text: "update webhook_deliveries set next_at = $1 where id = any($2)",
  values: [until, ids],
})

const whereOrigin = { any: "", posted: "and file_sha256 is null", fetched: "and file_sha256 is not null" }

const dueStatement = (atOnce: number, now: Date, origin: DeliveryOrigin) => ({
  name: `due-deliveries-${origin}`,
  text: `select id, connection_id as "connectionId", body, tries, position, held_for as "heldFor" from webhook_deliveries
    where state = 'stored' and next_at <= $1 ${whereOrigin[origin]} order by position limit $2 for update skip locked`,
  values: [now, atOnce],
})

// Done: what was said is where it belongs, and kept nowhere else. The digest stays, so that a repeat is known.
const doneStatement = (ids: number[]) => ({
  name: "deliveries-done",
  text: "update webhook_deliveries set state = 'done', body = '' where id = any($1)",
  values: [ids],
})

export async function finishDeliveries(kit: Kit, ids: number[]): Promise<void> {
  if (ids.length > 0) await kit.db.run(doneStatement(ids))
}

/** Keeps what failed for people to look at; doing so twice changes nothing. */
export async function saveFailedElements(
  kit: Kit,
  delivery: Delivery,
  failed: FailedElement[],
  tries: number,
): Promise<void> {
  const { id: deliveryId, connectionId } = delivery
  const rows = failed.map(({ element, summary, ...rest }) => ({
    ...rest,
    id: newId("sda"),
    deliveryId,
    connectionId,
    element: JSON.stringify(element),
    summary: summary && JSON.stringify(summary),
    tries,
    createdAt: kit.now(),
  }))
  await kit.db.kysely
    .insertInto("failedDeliveries")
    .values(rows)
    .onConflict((c) => c.columns(["deliveryId", "ordinal"]).doNothing())
    .execute()
  rows.forEach(() => webhookElements.inc({ outcome: "set_aside" }))
}

/** To be tried again: after a second, then after twice as long each time. */
export async function postponeDelivery(kit: Kit, id: number, tries: number): Promise<void> {
  const nextAt = new Date(kit.now().getTime() + firstPauseMs * 2 ** (tries - 1))
  await kit.db.kysely.updateTable("webhookDeliveries").set({ tries, nextAt }).where("id", "=", id).execute()
  kit.db.wakes.wake("deliveries")
}

/** SQL: the connection that a held delivery waits for. */
export const awaitedConnection = "coalesce(d.held_for, d.connection_id)"

/** The connection that something of it is for is switched off: it waits until that changes. */
export async function holdUntilEnabled(kit: Kit, id: number, connectionId: string): Promise<void> {
  const held = { state: "held", heldFor: connectionId } as const
  // Unless its lease ran out and another server, which found the connection on, has processed it.
  await kit.db.kysely
    .updateTable("webhookDeliveries")
    .set(held)
    .where("id", "=", id)
    .where("state", "=", "stored")
    .execute()
}

/**
 * What came while a connection was switched off is processed once it is on again; how many. It counts as received now: nobody has seen it,
 * and it must not stand above what was said meanwhile.
 */
export async function releaseHeldDeliveries(kit: Kit): Promise<number> {
  const released = await sql`
    update webhook_deliveries d set state = 'stored', next_at = ${kit.now()}, position = w.position
    from (select id, nextval('message_positions') as position from (
      select d.id from webhook_deliveries d join connections c on c.id = ${sql.raw(awaitedConnection)}
      where d.state = 'held' and c.enabled and c.deleted_at is null order by d.position for update of d) held) w
    where w.id = d.id`.execute(kit.db.kysely)
  return Number(released.numAffectedRows)
}

/**
 * SQL: may a delivery go? A provider repeats it for a week at most: until then its digest shows that it was processed. What waits for its
 * connection to be switched on stays, unless the connection was removed; what could not be processed stays until somebody looked.
 */
export const isPastSql = (now: Date) => {
  const longAgo = sql`${now}::timestamptz - make_interval(days => ${keptDays})`
  return sql`(received_at < ${longAgo} and not exists (select from failed_deliveries s where s.delivery_id = webhook_deliveries.id)
      and (state = 'done' or (state = 'held' and exists (select from connections c
        where c.id = coalesce(held_for, connection_id) and c.deleted_at < ${longAgo}))))`
}

/** Those that stand for no file; a mail goes with the file that it stands for, see `purgeRawMails`. */
export const purgeDeliveries: Purge = (act) =>
  purgeRows(act, "webhookDeliveries", sql`file_sha256 is null and ${isPastSql(act.now)}`)

/**
 * Of too many mails of one address those that nobody has looked at in that time are let go, or an address could fill the disk; its mail goes
 * with its delivery.
 */
export const purgeFloodMails: Purge = async (act) => {
  const longAgo = sql`${act.now}::timestamptz - make_interval(days => ${keptDays})`
  const gone = await purgeRows(act, "failedDeliveries", sql`cause = 'mail_flood' and created_at < ${longAgo}`)
  webhookElements.inc({ outcome: "let_go" }, gone)
  return gone
}

/** What a replay processed needs no attention any more. */
export const purgeReplayedElements: Purge = (act) =>
  purgeRows(act, "failedDeliveries", sql`replayed_at < ${act.now}::timestamptz - make_interval(days => ${keptDays})`)
