// Two servers on one database: presence, claims and turns are exact whichever of them does it, and whichever dies.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { io } from "socket.io-client"
import { inTransaction, system } from "#kernel/act.ts"
import { openDatabase } from "#kernel/db.ts"
import { createKey, createUser } from "#people/index.ts"
import { openSupportTicket } from "#tickets/creation/open-support-ticket.ts"
import { testDatabase } from "../database.ts"
import { ask, keyFor, startHilo, waitUntil } from "../server-process.ts"

const { url: databaseUrl } = await testDatabase()
const db = openDatabase(databaseUrl, { max: 8 })
after(() => db.close())
const servers = await Promise.all([startHilo({ databaseUrl }), startHilo({ databaseUrl })])
const admin = await keyFor({ databaseUrl }, "admin")
const acting = <T>(work: Parameters<typeof inTransaction<T>>[2]) =>
  inTransaction(db, { actor: system, now: new Date() }, work)

const made = async (path: string, body: object) => {
  const answer = await ask(servers[0].url, admin, "POST", path, body)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return String(answer.body["id"])
}

type Agent = { id: string; name: string; key: string }
function agent(name: string, teamIds: string[], capacity = 100): Promise<Agent> {
  return acting(async (act) => {
    const { id } = await createUser(act, { email: `${name}@example.com`, name, role: "agent", teamIds, capacity })
    const { key } = await createKey(act, { name, role: "agent", userId: id })
    return { id, name, key }
  })
}
const present = ({ key }: Agent, status = "online") => ask(servers[1].url, key, "PUT", "/me/presence", { status })
const opened = (teamId: string) =>
  acting((act) => openSupportTicket(act, { subject: "Ayuda", description: "", channel: "web", teamId }))
const owners = async (teamId: string) => {
  const { rows } = await db.pool.query(
    "select assignee_id as id from tickets where team_id = $1 order by created_at, id",
    [teamId],
  )
  return rows.map((row) => row.id as string | null)
}
const count = (ids: (string | null)[]) =>
  Object.values(Object.groupBy(ids, (id) => id ?? "")).map((same) => same!.length)

test("24 tickets at once at two servers: each is given once, in equal turns; and so is one that comes later", async () => {
  const team = await made("/teams", { name: "Turnos" })
  const agents = await Promise.all(["Ana", "Bruno", "Cleo", "Dora"].map((name) => agent(name, [team])))
  await Promise.all(agents.map((one) => present(one)))
  await Promise.all(Array.from({ length: 24 }, () => opened(team)))
  await waitUntil("all have somebody", async () => !(await owners(team)).includes(null))
  assert.deepEqual(count(await owners(team)), [6, 6, 6, 6])
  const { rows } = await db.pool.query(
    "select count(*) as n from events e join tickets t on t.id = e.ticket_id where e.kind = 'ticket.assigned' and t.team_id = $1",
    [team],
  )
  assert.deepEqual(rows, [{ n: 24 }])
  await opened(team)
  await waitUntil("one that comes later has somebody too", async () => !(await owners(team)).includes(null))
})

test("24 claims at once at two servers: one has each ticket, nobody has more than fits", async () => {
  const team = await made("/teams", { name: "Reclamos", autoAssign: [] })
  const agents = await Promise.all(["Eva", "Flor", "Gael"].map((name) => agent(name, [team], 2)))
  const tickets = await Promise.all(Array.from({ length: 8 }, () => opened(team)))
  const claims = tickets.flatMap((ticket) => agents.map((who) => ({ ticket, who })))
  const answers = await Promise.all(
    claims.map(({ ticket, who }, i) =>
      ask<{ code?: string }>(servers[i % 2]!.url, who.key, "PUT", `/tickets/${ticket.id}/assignment`, {
        agentId: who.id,
      }),
    ),
  )
  const won = answers.filter(({ status }) => status === 200).length
  assert.deepEqual(count((await owners(team)).filter((id) => id !== null)), [2, 2, 2])
  assert.equal(won, 6)
  const codes = new Set(answers.flatMap(({ body }) => body.code ?? []))
  assert.ok(
    [...codes].every((code) => code === "already_assigned" || code === "at_capacity"),
    [...codes].join(),
  )
})

test("a user with the inbox open is online, at either server, also when one is killed; 30 seconds after the last is gone they are not", async () => {
  const team = await made("/teams", { name: "Presentes" })
  const [hugo, iris] = [await agent("Hugo", [team]), await agent("Iris", [team])]
  const presence = async ({ id }: Agent) => (await ask(servers[1].url, admin, "GET", `/users/${id}`)).body["presence"]
  // As the screen does it: a client disconnected while the server is busy reconnects.
  const open = async ({ key }: Agent, server: number) => {
    const socket = io(servers[server]!.url, { path: "/socket", auth: { token: key }, transports: ["websocket"] })
    after(() => socket.close())
    let isIn = false
    socket.on("ready", () => (isIn = true))
    socket.on("connect_error", () => !socket.active && socket.connect())
    socket.on("disconnect", (reason) => reason === "io server disconnect" && socket.connect())
    await waitUntil("the socket is let in", async () => isIn)
    return socket
  }
  const received: unknown[] = []
  const watcher = await open(iris, 1)
  watcher.on("presence", ({ userId, status }) => userId === hugo.id && received.push(status))
  await open(hugo, 0)
  const elsewhere = await open(hugo, 1)
  await waitUntil("Hugo is there", async () => (await presence(hugo)) === "online")
  await servers[0].kill()
  elsewhere.close()
  const gone = performance.now()
  await waitUntil("Hugo is not there", async () => (await presence(hugo)) === "offline")
  const seconds = (performance.now() - gone) / 1000
  assert.ok(seconds > 24, `${seconds} s`)
  await waitUntil("others received it", async () => received.length >= 2)
  assert.deepEqual(received, ["online", "offline"])
  assert.equal(await presence(iris), "online")
})
