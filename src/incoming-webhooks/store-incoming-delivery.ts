// The only thing a webhook does: what came is on the disk before we say so. Deliveries that come together share a commit.
import { createHash } from "node:crypto"
import type { Database } from "#kernel/db.ts"
import { createBatcher } from "#kernel/batcher.ts"
import type { StoreDelivery } from "#channels/index.ts"

type DigestedDelivery = Parameters<StoreDelivery>[0] & { digest: string }

const batcher = { lanes: 1, atMost: 64, slowMs: 1_000 }

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
  return (delivery) => store({ ...delivery, digest: createHash("sha256").update(delivery.body).digest("hex") })
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
