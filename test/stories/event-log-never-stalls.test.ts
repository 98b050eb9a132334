// The log goes on whatever is left open on its cluster.
import assert from "node:assert/strict"
import { test } from "node:test"
import { migrate } from "#kernel/database/migrate.ts"
import { waitUntil } from "../server-process.ts"
import {
  assignee,
  cluster,
  type Desk,
  deskAt,
  followsFrom,
  furnish,
  listen,
  says,
  session,
} from "../desks/desk-of-real-servers.ts"

const warnings = async ({ hilo }: Desk) =>
  ((await (await fetch(`${hilo.url}/readyz`)).json()) as { warnings: string[] }).warnings

const lagOf = async ({ hilo }: Desk, reader: string) => {
  const text = await (await fetch(`${hilo.url}/metrics`)).text()
  return Number(new RegExp(`^hilo_log_lag_seconds\\{reader="${reader}"\\} (.*)$`, "m").exec(text)?.[1])
}

test("what others leave open on the cluster, and sessions in our own database, hold nothing back; who stands still is named", async () => {
  const { database } = await cluster()
  const [url, other] = [await database("desk"), await database("other")]
  await migrate(url)
  const desk = await deskAt({ databaseUrl: url })
  const shop = await furnish(desk)
  const listener = listen(desk)
  await listener.isReady()
  const [elsewhere, idle, prepared] = [await session(other), await session(url, "psql"), await session(url)]
  for (const one of [elsewhere, idle, prepared]) await one.query("begin; select pg_current_xact_id()")
  await prepared.query("prepare transaction 'forgotten'")
  await followsFrom(desk, shop, listener)
  await followsFrom(desk, shop, listener)

  const holder = await session(url, "holder")
  await holder.query("begin; select from event_readers where name = 'routing' for update")
  const id = await says(desk, shop.doorId)
  await waitUntil("the screens go on", async () => listener.received.some(({ body }) => body["ticketId"] === id))
  await waitUntil("the reader is named, and who holds it", async () =>
    (await warnings(desk)).some((text) =>
      /^routing has read nothing since \S+: session \d+ \(holder\) is idle in transaction since/.test(text),
    ),
  )
  assert.ok((await lagOf(desk, "routing")) >= 10)
  assert.ok((await lagOf(desk, "sockets")) < 10)
  const said = await warnings(desk)
  assert.ok(
    said.some((text) => /^session \d+ \(psql\) is idle in transaction since/.test(text)),
    said.join("\n"),
  )
  assert.ok(
    said.some((text) => text.startsWith("the prepared transaction 'forgotten' waits since")),
    said.join("\n"),
  )
  assert.ok(!said.some((text) => text.includes("other")), said.join("\n"))
  await holder.query("rollback")
  await waitUntil("it goes on at once", async () => (await assignee(desk, id)) !== null)
})
