// What sockets receive, compared with what their owners may see at that moment (defects 90 to 97, property P9).
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { io, type Socket } from "socket.io-client"
import { startApp } from "../start-app.ts"
import { acting, type Client, member } from "../desks/test-desk.ts"
import { openMessageSource } from "../desks/message-source.ts"
import { waitUntil } from "../server-process.ts"
import { record } from "#event-log/index.ts"
import { createTeam } from "#people/index.ts"
import { assign, lockTicket } from "#tickets/index.ts"

const app = await startApp()
const someone = (name: string, role: "agent" | "admin" | "user") =>
  member(app, { email: `${name}@example.com`, name, role })
const [root, ana, bruno] = [
  await someone("Root", "admin"),
  await someone("Ana", "agent"),
  await someone("Bruno", "agent"),
]
const team = async (name: string, memberIds: string[]) =>
  (await acting(app, (act) => createTeam(act, { name, memberIds }))).id
const [sales, support] = [await team("Ventas", [ana.userId]), await team("Soporte", [bruno.userId])]
const source = await openMessageSource(app, { teamIds: [sales] })

type ReceivedEvent = { name: string; body: Record<string, unknown> }
const sockets: Socket[] = []
after(() => sockets.forEach((socket) => socket.disconnect()))

async function listen(who: Client, auth: object = {}) {
  const received: ReceivedEvent[] = []
  const socket = io(app.url, {
    path: "/socket",
    auth: { token: who.key, ...auth },
    transports: ["websocket"],
  })
  sockets.push(socket)
  socket.onAny((name: string, body: Record<string, unknown>) => received.push({ name, body }))
  await waitUntil("the socket is ready", async () => received.some(({ name }) => name === "ready"))
  return { socket, received, of: (id: string) => received.filter(({ body }) => body["ticketId"] === id) }
}
// New tickets of their teams would ring their bells too.
const quietly = { kinds: { new_unassigned: { list: false, sound: false, system: false } } }
for (const who of [root, ana, bruno]) await who.call("PATCH", "/me/notification-preferences", quietly)
const [listeners, boss] = [{ ana: await listen(ana), bruno: await listen(bruno) }, await listen(root)]
let last = 0
const writes = async () => (await source.says(`+5730080000${10 + ++last}`)).ticket!.id
const move = (id: string, teamId: string) =>
  acting(app, async (act) => assign(act, await lockTicket(act, id), { teamId, agentId: null }))
/** The log is read in order, and each socket receives in order: one that has received the last event has received all before. */
const caughtUp = async () => {
  const id = await writes()
  await move(id, support)
  const all = [boss, listeners.ana, listeners.bruno]
  await waitUntil("the log is sent to all", async () =>
    all.every((one) => one.of(id).some(({ name }) => name === "ticket:assigned")),
  )
}

test("each socket receives what its user may see when it is sent, once, with the event that takes it from them, and no more", async () => {
  const ids = [await writes(), await writes(), await writes()]
  const expected: [string, string, boolean, boolean][] = []
  await caughtUp()
  for (const received of [listeners.ana.received, listeners.bruno.received]) received.length = 0
  let where = ids.map(() => sales)
  for (let round = 0; round < 12; round++) {
    const nth = (round * 7) % 3
    const id = ids[nth]!
    if (round % 2 === 0) {
      const to = where[nth] === sales ? support : sales
      await move(id, to)
      where = where.with(nth, to)
      expected.push([id, "ticket:assigned", true, true])
    } else {
      await root.call("POST", `/tickets/${id}/messages`, { content: "nota", isInternal: true })
      expected.push([id, "ticket:message", where[nth] === sales, where[nth] === support])
    }
    await caughtUp()
  }
  const named = ({ name, body }: ReceivedEvent) => [body["ticketId"], name]
  const documented = (received: ReceivedEvent[]) =>
    received.filter(({ name, body }) => ids.includes(String(body["ticketId"])) && name.includes(":")).map(named)
  const eventsOf = (column: 2 | 3) => expected.filter((one) => one[column]).map(([id, name]) => [id, name])
  assert.deepEqual(documented(listeners.ana.received), eventsOf(2))
  assert.deepEqual(documented(listeners.bruno.received), eventsOf(3))
})

test("a ticket's row goes to those who may see it, once for what was done to it together; else nothing but ids goes out", async () => {
  const { ticket } = await source.says("+573008009999", { text: "palabra secreta", name: "Carla Secreta" })
  await root.call("POST", `/tickets/${ticket!.id}/messages`, { content: "nota oculta", isInternal: true })
  await caughtUp()
  const rows = ({ received }: { received: ReceivedEvent[] }) =>
    received.filter(({ body }) => "row" in body && body["ticketId"] === ticket!.id)
  for (const one of [boss, listeners.ana]) {
    const { contact, preview } = rows(one).at(-1)!.body["row"] as Record<string, Record<string, unknown>>
    assert.deepEqual([contact!["name"], preview!["text"]], ["Carla Secreta", "palabra secreta"])
    assert.deepEqual(
      rows(one).map(({ name }) => name),
      rows(one).map(() => "ticket"),
    )
  }
  assert.deepEqual(listeners.bruno.of(ticket!.id), [])
  const all = [...boss.received, ...listeners.ana.received].map(({ name, body: { row: _row, was: _was, ...ids } }) => [
    name,
    ids,
  ])
  for (const word of ["secreta", "Secreta", "573008009999", "oculta"])
    assert.equal(JSON.stringify(all).includes(word), false, word)
  const keys = new Set(boss.of(ticket!.id).flatMap(({ body }) => Object.keys(body)))
  for (const key of keys)
    assert.match(
      key,
      /^(ticketId|number|phase|version|eventId|action|row|was|messageId|isFirstResponse|.*(Id|Status|status))$/,
    )
})

test("who loses a ticket receives that, without its row", async () => {
  const { ticket } = await source.says("+573008009998", { text: "palabra secreta" })
  await caughtUp()
  listeners.ana.received.length = 0
  await move(ticket!.id, support)
  await root.call("POST", `/tickets/${ticket!.id}/messages`, { content: "Ya vamos" })
  await caughtUp()
  const last = listeners.ana.of(ticket!.id).filter(({ name }) => name === "ticket")
  assert.ok(last.length > 0)
  for (const { body } of last)
    assert.deepEqual([body["action"], body["isVisible"], "row" in body], ["delete", false, false])
  assert.equal(JSON.stringify(listeners.ana.of(ticket!.id)).includes("secreta"), false)
  assert.equal(
    listeners.bruno.of(ticket!.id).some(({ body }) => "row" in body),
    true,
  )
})

test("looking and writing reach colleagues who may see the ticket within a moment, over real sockets", async () => {
  const id = await writes()
  await caughtUp()
  listeners.bruno.socket.emit("viewing", { ticketId: id })
  listeners.ana.socket.emit("typing", { ticketId: id, mode: "note" })
  await waitUntil("the admin sees Ana write", async () => boss.of(id).some(({ name }) => name === "typing"))
  const users = boss.of(id).find(({ name }) => name === "viewing")!.body["users"]
  assert.deepEqual(users, [{ id: ana.userId, name: "Ana" }])
  assert.deepEqual(listeners.bruno.of(id), [])
  const late = await listen(root)
  assert.deepEqual(
    late.of(id).map(({ name }) => name),
    ["viewing", "typing"],
  )
  await move(id, support)
  const emptied = () => boss.of(id).findLast(({ name }) => name === "viewing")!.body["users"] as unknown[]
  await waitUntil("she is no longer there", async () => emptied().length === 0)
})

test("who is mentioned in a note is notified alone, by its id", async () => {
  const id = await writes()
  await root.call("POST", `/tickets/${id}/messages`, { content: "@Ana mira", isInternal: true })
  const bell = () => listeners.ana.received.find(({ name }) => name === "notification")
  await waitUntil("Ana receives it", async () => bell() !== undefined)
  assert.deepEqual(Object.keys(bell()!.body), ["id"])
  const { items } = (await ana.call("GET", "/notifications")).body as { items: { id: string; kind: string }[] }
  assert.equal(items.find((one) => one.id === bell()!.body["id"])!.kind, "mentioned")
  assert.equal(
    [...listeners.bruno.received, ...boss.received].some(({ name }) => name === "notification"),
    false,
  )
  // A page that asked for its notifications before this one was made, and has its socket since.
  const bells = async (who: Client, openedMs: number) =>
    (await listen(who, { openedMs })).received.filter(({ name }) => name === "notification")
  assert.deepEqual(await bells(ana, 60_000), [bell()])
  assert.deepEqual([await bells(ana, -60_000), await bells(bruno, 60_000)], [[], []])
})

test("customers receive events of their own tickets: that they moved and what was said, nothing of notes, of staff or of others", async () => {
  const [carla, diego] = [await someone("Carla", "user"), await someone("Diego", "user")]
  const theirs = [await listen(carla), await listen(diego)] as const
  const id = String((await carla.call("POST", "/tickets", { subject: "No hay red" })).body["id"])
  await root.call("POST", `/tickets/${id}/messages`, { content: "nota", isInternal: true })
  await root.call("PUT", `/tickets/${id}/assignment`, { agentId: root.userId })
  await root.call("POST", `/tickets/${id}/messages`, { content: "Ya lo miro" })
  await root.call("PUT", `/tickets/${id}/status`, { status: "resolved" })
  // The sockets of customers are served by themselves: each has received all before once it receives the last of its own.
  const last = String((await diego.call("POST", "/tickets", { subject: "Tampoco aquí" })).body["id"])
  await waitUntil("both customers are notified", async () =>
    [theirs[0].of(id), theirs[1].of(last)].every((all, i) =>
      all.some(({ name }) => name === ["ticket:resolved", "ticket:created"][i]),
    ),
  )
  const names = theirs[0].of(id).map(({ name }) => name)
  const documented = names.filter((name) => name.includes(":"))
  const said = ["ticket:created", "ticket:message", "ticket:status_changed", "ticket:resolved"]
  assert.deepEqual(
    documented.filter((name, i) => documented.indexOf(name) === i),
    said,
  )
  assert.equal(names.filter((name) => name === "message").length, 1)
  assert.equal(JSON.stringify(theirs[0].received).includes("usr_"), false)
  assert.deepEqual(theirs[1].of(id), [])
  await acting(app, (act) => record(act, "tickets.deadlines_moved", { data: {} }))
  const resyncs = ({ received }: (typeof theirs)[number]) => received.filter(({ name }) => name === "resync")
  await waitUntil("all deadlines moved", async () => theirs.every((one) => resyncs(one).length > 0))
  assert.deepEqual(resyncs(theirs[0]), [{ name: "resync", body: { of: "tickets" } }])
})

test("who joins a team reconnects by themselves and receives what is the team's from then on", async () => {
  const clara = await someone("Clara", "agent")
  const listener = await listen(clara)
  const readies = () => listener.received.filter(({ name }) => name === "ready").length
  const made = await root.call("POST", "/teams", { name: "Redes", memberIds: [clara.userId] })
  await waitUntil("she is back", async () => readies() >= 2)
  await waitUntil("the admin is back", async () => boss.socket.connected)
  const { body } = await root.call("POST", "/tickets", { subject: "Sin red", teamId: made.body["id"] })
  await waitUntil("she receives it", async () => listener.of(String(body["id"])).length > 0)
})

test("a client that says more than a person would is shown out", async () => {
  const { socket } = await listen(root)
  for (let i = 0; i < 100; i++) socket.emit("viewing", { ticketId: null })
  await waitUntil("it is closed", async () => socket.disconnected)
})
