// The only thing a webhook does: what came is on the disk before we say so. Deliveries that come together share a commit.
import { createHash } from "node:crypto"
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { wakeAfter } from "#kernel/database/wake.ts"
import type { Database } from "#kernel/db.ts"
import { createBatcher } from "#kernel/batcher.ts"
import { newId } from "#kernel/ids.ts"
import { webhookElements } from "#kernel/metrics.ts"
import type { ElementSummary, StoreDelivery } from "#channels/index.ts"

type DigestedDelivery = Parameters<StoreDelivery>[0] & { digest: string }

const batcher = { lanes: 1, atMost: 64, slowMs: 1_000 }

/**
 * What was fetched and is kept in the file storage; `key` is the same whenever the same is stored again. `position`: its place among all
 * messages; the next one where it is not given. `failed`: it could not be had, and is quarantined at once.
 */
export type FileDelivery = {
  connectionId: string
  key: string
  body: string
  fileSha256: string | null
  now: Date
  position?: number | undefined
  failed?: { reason: string; tries: number; summary: ElementSummary } | undefined
}

const digestOf = (of: string | Buffer) => createHash("sha256").update(of).digest("hex")

/** Stores what stands for files, in a transaction of the caller's; what was stored before stays as it is. */
export async function storeFileDeliveries(tx: Act["tx"], deliveries: readonly FileDelivery[]): Promise<void> {
  const stored = await tx
    .insertInto("webhookDeliveries")
    .values(deliveries.map(toRow))
    .onConflict((c) => c.columns(["connectionId", "digest"]).doNothing())
    .returning(["id", "digest"])
    .execute()
  const idOf = new Map(stored.map(({ id, digest }) => [digest, id]))
  for (const { connectionId, key, body, now, failed } of deliveries) {
    const deliveryId = idOf.get(digestOf(key))
    if (failed && deliveryId !== undefined)
      await insertFailedElement(tx, { deliveryId, connectionId, body, now, ...failed })
  }
  if (deliveries.some(({ failed }) => !failed)) wakeAfter(tx, "deliveries")
}

const toRow = ({ connectionId, key, body, fileSha256, now, position, failed }: FileDelivery) => ({
  connectionId,
  fileSha256,
  ...(position !== undefined && { position }),
  ...(failed ? { body: "", state: "done" as const } : { body, state: "stored" as const }),
  digest: digestOf(key),
  receivedAt: now,
  nextAt: now,
})

type FailedFile = Pick<FileDelivery, "connectionId" | "body" | "now"> &
  NonNullable<FileDelivery["failed"]> & { deliveryId: number }

async function insertFailedElement(
  tx: Act["tx"],
  { deliveryId, connectionId, body: element, reason, tries, summary: shown, now: createdAt }: FailedFile,
): Promise<void> {
  const summary = JSON.stringify(shown)
  const row = { id: newId("sda"), deliveryId, connectionId, ordinal: 0, element, reason, tries, summary, createdAt }
  await tx.insertInto("failedDeliveries").values(row).execute()
  webhookElements.inc({ outcome: "set_aside" })
}

/** So many places among all messages, in rising order, for what is stored in another order than it belongs in. */
export async function nextPositions(db: Database, count: number): Promise<number[]> {
  const { rows } = await sql<{ position: number }>`
    select nextval('message_positions') as position from generate_series(1, ${count}::int)`.execute(db.kysely)
  return rows.map(({ position }) => position).toSorted((a, b) => a - b)
}

/** Of these keys, those under which nothing was stored, or so long ago that it is forgotten. */
export async function unknownKeys(db: Database, connectionId: string, keys: readonly string[]): Promise<Set<string>> {
  const keyOf = new Map(keys.map((key) => [digestOf(key), key]))
  const known = await db.kysely
    .selectFrom("webhookDeliveries")
    .select("digest")
    .where("connectionId", "=", connectionId)
    .where("digest", "=", sql<string>`any(${[...keyOf.keys()]})`)
    .execute()
  for (const { digest } of known) keyOf.delete(digest)
  return new Set(keyOf.values())
}

/** Gives what stores a delivery: it resolves once the delivery is stored, or was stored before. */
export function createDeliveryStore(db: Database): StoreDelivery {
  const store = createBatcher<DigestedDelivery, void>(batcher, (batch) =>
    insert(
      db,
      batch.map(({ question }) => question),
    ).then(
      () => batch.forEach((one) => one.resolve()),
      (error: unknown) => batch.forEach((one) => one.reject(error)),
    ),
  )
  return (delivery) => store({ ...delivery, digest: digestOf(delivery.body) })
}

// Also what comes by the address of a connection that is switched off: it may be for another one of the same app.
// In the order of their digests: two servers that store the same deliveries never wait for each other in a circle. They are
// given positions in order of arrival.
async function insert(db: Database, batch: DigestedDelivery[]) {
  await db.run({
    name: "store-deliveries",
    text: `with given as materialized (
        select *, nextval('message_positions') as position from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])
          as g (connection_id, digest, body, at))
      insert into webhook_deliveries (connection_id, digest, body, received_at, next_at, state, position)
      select g.connection_id, g.digest, g.body, g.at, g.at,
        case when c.deleted_at is null then 'stored' else 'held' end, g.position
      from given g join connections c on c.id = g.connection_id
      order by g.digest
      on conflict (connection_id, digest) do nothing`,
    values: [
      batch.map((one) => one.connectionId),
      batch.map((one) => one.digest),
      // PostgreSQL cannot hold NUL, and JSON has no place for it.
      batch.map((one) => one.body.toString("utf8").replaceAll("\0", "\uFFFD")),
      batch.map((one) => one.now),
    ],
  })
  db.wakes.wake("deliveries")
}
