// A socket is sent away when what it was admitted with has changed since, and only then.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { io, type Socket } from "socket.io-client"
import { changeConnection, createConnection } from "#connections/index.ts"
import { changeTeam, changeUser, createKey, createTeam, createUser } from "#people/index.ts"
import { cheapPasswordHash } from "./cheap-password-hash.ts"
import { startApp } from "./start-app.ts"
import { acting, member } from "./desks/test-desk.ts"
import { openMessageSource } from "./desks/message-source.ts"
import { waitUntil } from "./server-process.ts"

const app = await startApp()
const team = (name: string, memberIds: string[] = []) => acting(app, (act) => createTeam(act, { name, memberIds }))
const someone = (name: string, role: "agent" | "user" = "agent") =>
  member(app, { email: `${name}@example.com`, name, role })
const [ana, bruno, dora] = [await someone("ana"), await someone("bruno"), await someone("dora")]
const [ours, theirs] = [await team("Nuestro", [ana.userId]), await team("Suyo")]
// Moved last in each test: once this socket is closed, all that was changed before has been looked at.
const last = await someone("last")
const others = await team("Otros")

const sockets: Socket[] = []
after(() => sockets.forEach((socket) => socket.disconnect()))

async function connect(auth: Record<string, string>, headers: Record<string, string> = {}, namespace = "/") {
  const options = { path: "/socket", auth, extraHeaders: headers, reconnection: false, transports: ["websocket"] }
  const socket = io(new URL(namespace, app.url).href, options)
  sockets.push(socket)
  const received: string[] = []
  socket.onAny((name: string, body: { ticketId?: string }) => received.push(`${name} ${body?.ticketId ?? ""}`))
  await new Promise<void>((ready, failed) => {
    socket.once("ready", () => ready())
    socket.once("connect_error", failed)
  })
  return { socket, received }
}
const isGone = (what: string, socket: Socket) => waitUntil(`${what} is closed`, async () => socket.disconnected)

let isIn = false
async function allIsLookedAt() {
  const { socket } = await connect({ token: last.key })
  isIn = !isIn
  await acting(app, (act) => changeTeam(act, others.id, { memberIds: isIn ? [last.userId] : [] }))
  await isGone("the last one", socket)
}

test("a change of one team leaves the sockets of everybody else where they are", async () => {
  const [unmoved, moved] = [await connect({ token: ana.key }), await connect({ token: bruno.key })]
  await acting(app, (act) => changeTeam(act, theirs.id, { memberIds: [bruno.userId] }))
  await isGone("who joined", moved.socket)
  await allIsLookedAt()
  assert.equal(unmoved.socket.connected, true)
  const back = await connect({ token: bruno.key })
  const source = await openMessageSource(app, { teamIds: [theirs.id] })
  const { ticket } = await source.says("+573005550101")
  await waitUntil("they receive the team's tickets", async () => back.received.includes(`ticket ${ticket!.id}`))
})

test("a client admitted after a change is not disconnected by it", async () => {
  await acting(app, (act) => changeTeam(act, ours.id, { memberIds: [ana.userId, dora.userId] }))
  const { socket } = await connect({ token: dora.key })
  await allIsLookedAt()
  assert.equal(socket.connected, true)
})

test("another name or language closes nothing, another role everything of theirs", async () => {
  const { socket } = await connect({ token: ana.key })
  await acting(app, (act) => changeUser(act, ana.userId, { name: "Ana María", language: "en" }))
  await allIsLookedAt()
  assert.equal(socket.connected, true)
  await acting(app, (act) => changeUser(act, ana.userId, { role: "lead" }))
  // Through a key of an agent they are an agent still.
  await allIsLookedAt()
  assert.equal(socket.connected, true)
  await acting(app, (act) => changeUser(act, ana.userId, { role: "user" }))
  await isGone("the former agent's", socket)
})

test("signing out closes the sockets of that browser alone", async () => {
  const password = "correct horse battery"
  const email = "two@example.com"
  const passwordHash = cheapPasswordHash(password)
  await acting(app, (act) => createUser(act, { email, name: "Two", role: "agent", passwordHash }))
  const signIn = async () => {
    const answer = await app.app.inject({ method: "POST", url: "/api/v1/session", payload: { email, password } })
    return {
      cookie: String(answer.headers["set-cookie"]).split(";")[0]!,
      origin: new URL(app.url).origin,
      host: new URL(app.url).host,
    }
  }
  const [one, two] = [await signIn(), await signIn()]
  const { host: _, ...first } = one
  const { host: __, ...second } = two
  const [leaving, staying] = [await connect({}, first), await connect({}, second)]
  const out = await app.app.inject({ method: "DELETE", url: "/api/v1/session", headers: one })
  assert.equal(out.statusCode, 204)
  await isGone("who signed out", leaving.socket)
  await allIsLookedAt()
  assert.equal(staying.socket.connected, true)
})

test("a customer's socket receives their first request and its answer, though they were unknown when it connected", async () => {
  const carla = await someone("carla", "user")
  const { received } = await connect({ token: carla.key })
  const { body } = await carla.call("POST", "/tickets", { subject: "Mi primera", description: "hola" })
  const root = await member(app, { email: "root@example.com", name: "Root", role: "admin" })
  await root.call("POST", `/tickets/${String(body["id"])}/messages`, { content: "Ya vamos" })
  const messages = () => received.filter((one) => one.startsWith("ticket:message"))
  await waitUntil("the answer is received", async () => messages().length === 2)
  assert.equal(received.filter((one) => one.startsWith("ticket:created")).length, 1)
})

test("a former agent's socket receives nothing more of what they opened for others", async () => {
  const eva = await someone("eva")
  const { body } = await eva.call("POST", "/tickets", { subject: "De otra", contact: { email: "otra@example.com" } })
  const id = String(body["id"])
  await acting(app, (act) => changeUser(act, eva.userId, { role: "user" }))
  const { key } = await acting(app, (act) => createKey(act, { name: "k", role: "user", userId: eva.userId }))
  const { received } = await connect({ token: key })
  const boss = await member(app, { email: "boss@example.com", name: "Boss", role: "admin" })
  const listening = await connect({ token: boss.key })
  await boss.call("POST", `/tickets/${id}/messages`, { content: "Para otra" })
  await waitUntil("the answer was sent", async () => listening.received.includes(`ticket:message ${id}`))
  await allIsLookedAt()
  assert.deepEqual(
    received.filter((one) => one.includes(id)),
    [],
  )
})

test("when the sites of a chat change its sockets are admitted anew, those of pages that may not stand there no more", async () => {
  const [shop, other] = ["https://shop.example", "https://other.example"]
  const named = { kind: "webchat" as const, name: "Chat", settings: {} }
  const chat = await acting(app, (act) => createConnection(act, app.secrets, named))
  const change = (settings: object) =>
    acting(app, (act) => changeConnection(act, app.secrets, chat, { settings: { ...settings } }))
  const post = (path: string, payload: object, token = "") => {
    const headers = { authorization: `Bearer ${token}` }
    return app.app.inject({ method: "POST", url: `/chat/${chat}/${path}`, payload, headers })
  }
  const { token } = (await post("visitor", {})).json<{ token: string }>()
  assert.equal((await post("messages", { clientId: "client-1", text: "hola" }, token)).statusCode, 201)
  const open = (origin: string) => connect({ token, connectionId: chat }, { origin }, "/chat")
  const before = [await open(shop), await open(app.url), await open(other)]
  await change({ title: "Ayuda" })
  await allIsLookedAt()
  for (const { socket } of before) assert.equal(socket.connected, true, "another title closes nothing")
  await change({ title: "Ayuda", sites: [shop] })
  for (const { socket } of before) await isGone("a visitor's", socket)
  for (const origin of [shop, app.url]) assert.ok((await open(origin)).received.some((one) => one.startsWith("sites")))
  await assert.rejects(open(other))
})
