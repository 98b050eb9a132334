// The log goes on whatever is left open on its cluster, and after its database moved to another one.
import assert from "node:assert/strict"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import { Client } from "pg"
import { io, type Socket } from "socket.io-client"
import { migrate } from "#kernel/database/migrate.ts"
import { startEmbeddedPostgres } from "#kernel/embedded-postgres/launcher.ts"
import { ask, type Hilo, keyFor, startHilo, type TakenPort, waitUntil } from "../server-process.ts"
import { copyDatabase } from "../copy-all-rows.ts"

const open: { close: () => Promise<unknown> }[] = []
after(async () => {
  for (const one of open.toReversed()) await one.close()
})

/** A cluster in which a transaction can be prepared and abandoned; its transaction ids begin low. */
async function cluster() {
  const folder = mkdtempSync(join(tmpdir(), "hilo-order-"))
  const first = await startEmbeddedPostgres(folder, { durable: false })
  const setting = new Client({ connectionString: first.adminUrl })
  try {
    await setting.connect()
    await setting.query("alter system set max_prepared_transactions = 5")
  } finally {
    await setting.end()
    await first.stop()
  }
  const { adminUrl: url, stop } = await startEmbeddedPostgres(folder, { durable: false })
  open.push({ close: () => stop().then(() => rmSync(folder, { recursive: true, force: true })) })
  const administer = await session(url)
  const database = async (name: string) => {
    await administer.query(`create database ${name}`)
    return Object.assign(new URL(url), { pathname: `/${name}` }).href
  }
  return { database }
}

async function session(connectionString: string, name = "test") {
  const client = new Client({ connectionString, application_name: name })
  // Its cluster may stop before it does.
  client.on("error", () => {})
  await client.connect()
  open.push({ close: () => client.end().catch(() => {}) })
  return client
}

type ReceivedEvent = { name: string; body: Record<string, unknown> }

async function deskAt(databaseUrl: string) {
  const hilo = await startHilo({ databaseUrl })
  open.push({ close: hilo.kill })
  const admin = await keyFor({ databaseUrl }, "admin")
  const call = async (method: string, path: string, body?: object) =>
    (await ask(hilo.url, admin, method, path, body)).body
  return { databaseUrl, hilo, admin, call }
}
type Desk = Awaited<ReturnType<typeof deskAt>>

/** A connection that says goodbye, and an agent who is there and gets what comes in by it. */
async function furnish({ call, databaseUrl, hilo }: Desk) {
  const team = await call("POST", "/teams", { name: "Ventas", autoAssign: ["conversation"] })
  const agent = await keyFor({ databaseUrl }, "agent")
  const me = (await ask(hilo.url, agent, "GET", "/me")).body
  await call("PATCH", `/users/${String(me["id"])}`, { teamIds: [team["id"]] })
  await ask(hilo.url, agent, "PUT", "/me/presence", { status: "online" })
  const source = await call("POST", "/connections", {
    kind: "api",
    name: "Puerta",
    farewellText: "Adiós",
    teamIds: [team["id"]],
  })
  return { agent, doorId: String(source["id"]) }
}

let last = 0
const says = async ({ hilo, admin }: Desk, doorId: string) => {
  const n = ++last
  const contact = { id: `+57300111${String(2200 + n)}`, name: "Carla" }
  const body = { externalId: `m-${n}`, contact, text: "hola" }
  return (await ask<TakenPort>(hilo.url, admin, "POST", `/connections/${doorId}/messages`, body)).body.ticket.id
}

function listen({ hilo, admin }: { hilo: Hilo; admin: string }, lastEventId?: string) {
  const received: ReceivedEvent[] = []
  const auth = { token: admin, ...(lastEventId !== undefined && { lastEventId }) }
  const socket: Socket = io(hilo.url, { path: "/socket", auth, transports: ["websocket"] })
  open.push({ close: async () => socket.disconnect() })
  socket.onAny((name: string, body: Record<string, unknown>) => received.push({ name, body }))
  return {
    socket,
    received,
    isReady: () => waitUntil("the socket is ready", async () => received.some((one) => one.name === "ready")),
  }
}

const notificationCount = async (desk: Desk, agent: string) =>
  (await ask<{ items: { ticket: { id?: string; number: string } }[] }>(desk.hilo.url, agent, "GET", "/notifications"))
    .body.items.length

const farewells = async ({ call }: Desk, id: string) =>
  ((await call("GET", `/tickets/${id}/messages`)) as { items: { content: string }[] }).items.filter(
    ({ content }) => content === "Adiós",
  ).length
const assignee = async ({ call }: Desk, id: string) => (await call("GET", `/tickets/${id}`))["assignee"]

const warnings = async ({ hilo }: Desk) =>
  ((await (await fetch(`${hilo.url}/readyz`)).json()) as { warnings: string[] }).warnings

const lagOf = async ({ hilo }: Desk, reader: string) => {
  const text = await (await fetch(`${hilo.url}/metrics`)).text()
  return Number(new RegExp(`^hilo_log_lag_seconds\\{reader="${reader}"\\} (.*)$`, "m").exec(text)?.[1])
}

const close = async (desk: Desk, id: string) => {
  await desk.call("PUT", `/tickets/${id}/status`, { status: "closed" })
  await waitUntil("it is said goodbye to", async () => (await farewells(desk, id)) === 1)
}

/** The consequences of a message and of closing: routing, notice, screen, reaction. */
async function followsFrom(
  desk: Desk,
  { agent, doorId }: { agent: string; doorId: string },
  listener: { received: ReceivedEvent[] },
) {
  const before = await notificationCount(desk, agent)
  const id = await says(desk, doorId)
  await waitUntil("somebody has it", async () => (await assignee(desk, id)) !== null)
  await waitUntil("who has it is notified", async () => (await notificationCount(desk, agent)) > before)
  await waitUntil("screens receive it", async () =>
    listener.received.some(({ name, body }) => name === "ticket:created" && body["ticketId"] === id),
  )
  await close(desk, id)
  return id
}

test("what others leave open on the cluster, and sessions in our own database, hold nothing back; who stands still is named", async () => {
  const { database } = await cluster()
  const [url, other] = [await database("desk"), await database("other")]
  await migrate(url)
  const desk = await deskAt(url)
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

test("a desk that moved to a cluster with lower transaction ids goes on: no reader repeats or skips, and a reconnecting client gets what it missed", async () => {
  const [from, to] = [await cluster(), await cluster()]
  const [old, fresh] = [await from.database("desk"), await to.database("desk")]
  await migrate(old)
  const before = await deskAt(old)
  const shop = await furnish(before)
  // Nothing else would use up so many ids while the test runs.
  await (
    await session(old)
  ).query("do $$ begin for i in 1..20000 loop perform pg_current_xact_id(); commit; end loop; end $$")
  const listener = listen(before)
  await listener.isReady()
  const first = await followsFrom(before, shop, listener)
  const seen = String(listener.received.findLast(({ body }) => body["eventId"] !== undefined)!.body["eventId"])
  const missed = await says(before, shop.doorId)
  await waitUntil("somebody has it", async () => (await assignee(before, missed)) !== null)
  await close(before, missed)
  await before.hilo.stop()

  await migrate(fresh)
  await copyDatabase(await session(old), await session(fresh))
  const after = await deskAt(fresh)
  const back = listen(after, seen)
  await back.isReady()
  assert.ok(back.received.some(({ name, body }) => name === "ticket:created" && body["ticketId"] === missed))
  assert.ok(!back.received.some(({ name, body }) => name === "ticket:created" && body["ticketId"] === first))
  await ask(after.hilo.url, shop.agent, "PUT", "/me/presence", { status: "online" })
  await followsFrom(after, shop, back)
  for (const id of [first, missed]) assert.equal(await farewells(after, id), 1)
})
