// How fast stored deliveries become messages, beside the leanest SQL for the same messages.
import { createHash } from "node:crypto"
import { setTimeout as wait } from "node:timers/promises"
import { queryRows, type BenchPostgres } from "../postgres-for-bench.ts"
import { openLeanSql } from "../leanest-intake-sql.ts"
import { runLoad, median } from "../closed-loop-load.ts"
import { type MixContact, createMessageMix } from "../intake-message-mix.ts"
import { type ConnectedServer, startConnectedServer } from "./server-with-connected-number.ts"
import { webhookBody } from "./signed-webhook.ts"

export type StoredDeliveriesResult = { lean: number; drained: number; deliveries: number }

type Scale = { deliveries: number; rounds: number; seconds: number }

const clients = 32

export async function benchStoredDeliveries(
  ground: BenchPostgres,
  { deliveries, rounds, seconds }: Scale,
): Promise<StoredDeliveriesResult> {
  const leanUrl = await ground.database("whatsapp_lean")
  await queryRows(
    leanUrl,
    "insert into connections (id, kind, name, created_at, updated_at) values ('con_bench', 'api', 'Bench', now(), now())",
  )
  const place = await startConnectedServer(ground, "whatsapp_drain")
  const next = bodies()
  await drain(place, await next(2_000))
  const found = { lean: [] as number[], drained: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    const lean = openLeanSql(leanUrl, "con_bench", clients)
    await lean.begin(500)
    found.lean.push((await runLoad({ clients, seconds, work: lean.next })).perSecond)
    await lean.close()
    found.drained.push(deliveries / (await drain(place, await next(deliveries))))
  }
  await place.server.stop()
  place.graph.close()
  return { lean: median(found.lean), drained: median(found.drained), deliveries }
}

/** The same mix of first and further messages as everywhere, as bodies that are not posted. */
function bodies() {
  let written: string[] = []
  const write = async (contact: MixContact, id: string, text: string) =>
    void written.push(JSON.stringify(webhookBody(contact, id, text)))
  const traffic = createMessageMix(write, write)
  return async (count: number) => {
    written = []
    await traffic.begin(500)
    while (written.length < count) await traffic.next()
    return written
  }
}

/** Stores them all at once, and waits until each of them is in; seconds. */
async function drain({ databaseUrl, connectionId }: ConnectedServer, all: string[]): Promise<number> {
  const digests = all.map((body) => createHash("sha256").update(body).digest("hex"))
  await queryRows(
    databaseUrl,
    `insert into webhook_deliveries (connection_id, digest, body, received_at, next_at, state)
     select $1, g.digest, g.body, now(), now(), 'stored' from unnest($2::text[], $3::text[]) as g (digest, body)`,
    [connectionId, digests, all],
  )
  const began = performance.now()
  await queryRows(databaseUrl, "select pg_notify('hilo_wake', '')")
  for (;;) {
    const [left] = await queryRows<{ some: boolean }>(
      databaseUrl,
      "select exists (select from webhook_deliveries where state = 'stored') as some",
    )
    if (!left!.some) return (performance.now() - began) / 1000
    await wait(20)
  }
}
