// Desks of real servers on clusters of their own, and what follows there from a message: routing, a notification, a socket event,
// a reaction.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after } from "node:test"
import { Client } from "pg"
import { io, type Socket } from "socket.io-client"
import { startEmbeddedPostgres } from "#kernel/embedded-postgres/launcher.ts"
import { ask, type Hilo, keyFor, startHilo, type TakenPort, waitUntil } from "../server-process.ts"

type Where = Parameters<typeof startHilo>[0]

const open: { close: () => Promise<unknown> }[] = []
after(async () => {
  for (const one of open.toReversed()) await one.close()
})

/** A cluster in which a transaction can be prepared and abandoned; its transaction ids begin low. */
export async function cluster() {
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

export async function session(connectionString: string, name = "test") {
  const client = new Client({ connectionString, application_name: name })
  // Its cluster may stop before it does.
  client.on("error", () => {})
  await client.connect()
  open.push({ close: () => client.end().catch(() => {}) })
  return client
}

type ReceivedEvent = { name: string; body: Record<string, unknown> }

/** Starts a server there. `admin`: a key that it knows; without one it is made. */
export async function deskAt(where: Where, admin?: string) {
  const hilo = await startHilo(where)
  open.push({ close: hilo.kill })
  const key = admin ?? (await keyFor(where, "admin"))
  const call = async (method: string, path: string, body?: object) =>
    (await ask(hilo.url, key, method, path, body)).body
  return { where, hilo, admin: key, call }
}
export type Desk = Awaited<ReturnType<typeof deskAt>>

/** A connection that says goodbye, and an agent who is there and gets what comes in by it. */
export async function furnish({ call, where, hilo }: Desk) {
  const team = await call("POST", "/teams", { name: "Ventas", isDefault: true, autoAssign: ["conversation"] })
  const agent = await keyFor(where, "agent")
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
export const says = async ({ hilo, admin }: Desk, doorId: string) => {
  const n = ++last
  const contact = { id: `+57300111${String(2200 + n)}`, name: "Carla" }
  const body = { externalId: `m-${n}`, contact, text: "hola" }
  return (await ask<TakenPort>(hilo.url, admin, "POST", `/connections/${doorId}/messages`, body)).body.ticket.id
}

export function listen({ hilo, admin }: { hilo: Hilo; admin: string }, lastEventId?: string) {
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

export const farewells = async ({ call }: Desk, id: string) =>
  ((await call("GET", `/tickets/${id}/messages`)) as { items: { content: string }[] }).items.filter(
    ({ content }) => content === "Adiós",
  ).length
export const assignee = async ({ call }: Desk, id: string) => (await call("GET", `/tickets/${id}`))["assignee"]

export const close = async (desk: Desk, id: string) => {
  await desk.call("PUT", `/tickets/${id}/status`, { status: "closed" })
  await waitUntil("it is said goodbye to", async () => (await farewells(desk, id)) === 1)
}

/** The consequences of a message and of closing: routing, notice, screen, reaction. */
export async function followsFrom(
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
