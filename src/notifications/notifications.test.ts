import assert from "node:assert/strict"
import { test } from "node:test"
import { onBroadcast } from "#kernel/database/broadcast.ts"
import { messageRoutes } from "#channels/api/entry-points/message-routes.ts"
import { replyRoutes } from "#replies/index.ts"
import { assign, lockTicket, ticketRoutes } from "#tickets/index.ts"
import { castOf } from "#test/desk-users.ts"
import { acting, type Client, openDesk } from "#test/desks/test-desk.ts"
import { record, sequenceAll } from "#event-log/index.ts"
import { waitUntil } from "#test/server-process.ts"
import { createNotifications } from "./create-notifications.ts"
import { notificationRoutes } from "./routes.ts"

const desk = await openDesk((app, kit) => {
  ticketRoutes(app, kit)
  replyRoutes(app, kit)
  messageRoutes(app, kit)
  notificationRoutes(app, kit)
})
const { root, ana, bruno, sol, carla, ours, theirs, source } = await castOf(desk)
let last = 0
const writes = async () => (await source.says(`+5730070000${10 + ++last}`)).ticket!
const give = (who: Client, ref: string, agentId: string | null, more: object = {}) =>
  who.call("PUT", `/tickets/${ref}/assignment`, { agentId, ...more })
const note = (who: Client, ref: string, content: string) =>
  who.call("POST", `/tickets/${ref}/messages`, { content, isInternal: true })

type Item = {
  id: string
  kind: string
  ticket: { number: string } | null
  by: { name: string }
  messageId: string | null
}
async function listed(who: Client, query = "") {
  await sequenceAll(desk.db)
  while (await createNotifications(desk));
  const { body } = await who.call("GET", `/notifications${query}`)
  return body as { items: Item[]; unread: number; total: number; nextCursor: string | null }
}
const notifications = async (who: Client) => {
  const { items } = await listed(who, "?unread=true")
  await who.call("POST", "/notifications/read", { all: true })
  return items.toReversed().map((one) => [one.kind, one.by.name])
}

test("a note that mentions a colleague notifies them, and says to its writer who cannot see the ticket", async () => {
  const { id, number } = await writes()
  const written = await note(ana, id, "@Sol ¿lo ves? @Bruno, @Ana y @Carla no")
  const mentions = written.body["mentions"] as { name: string }[]
  const byName = mentions.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  assert.deepEqual(byName, [
    { id: ana.userId, name: "Ana", notified: true },
    { id: bruno.userId, name: "Bruno", notified: false },
    { id: sol.userId, name: "Sol", notified: true },
  ])
  const { items, unread } = await listed(sol)
  assert.deepEqual(items[0]!.ticket!.number, number)
  assert.deepEqual(
    [items[0]!.kind, items[0]!.by.name, items[0]!.messageId, unread],
    ["mentioned", "Ana", written.body["id"], 1],
  )
  assert.deepEqual([(await notifications(bruno)).length, (await notifications(ana)).length], [0, 0])
  const mine = async (who: Client) => (await who.call("GET", "/tickets?mentioned=me")).body["total"]
  assert.deepEqual([await mine(sol), await mine(bruno)], [1, 0])
  assert.equal((await sol.call("GET", "/tickets?mentioned=all")).status, 400)
  await notifications(sol)
})

test("words in a public reply call nobody, and nothing of a note is in the log but ids", async () => {
  const { id } = await writes()
  await ana.call("POST", `/tickets/${id}/messages`, { content: "@Sol hola" })
  await note(ana, id, "@Sol secreto")
  assert.deepEqual(
    (await notifications(sol)).map(([kind]) => kind),
    ["mentioned"],
  )
  const { rows } = await desk.db.pool.query(
    "select data::text from events where ticket_id = $1 and kind = 'message.noted'",
    [id],
  )
  assert.deepEqual(rows, [{ data: JSON.stringify({ mentions: [sol.userId] }).replace(":", ": ") }])
})

test("who is given a ticket, who loses it and whose customer answers is notified, but not of what they did themselves", async () => {
  const ticket = await writes()
  await give(sol, ticket.id, ana.userId)
  assert.deepEqual(await notifications(ana), [["assigned", "Sol"]])
  const before = (await listed(ana)).total
  for (let i = 0; i < 3; i++) await source.says(`+5730070000${10 + last}`, { name: "Carla" })
  const answered = await listed(ana, "?unread=true")
  assert.deepEqual(
    answered.items.map(({ kind }) => kind),
    ["answered"],
  )
  assert.equal(answered.total, 1)
  await notifications(ana)
  await give(sol, ticket.id, sol.userId, { override: "la llevo yo" })
  assert.deepEqual([await notifications(ana), await notifications(sol)], [[["unassigned", "Sol"]], []])
  assert.equal((await listed(ana)).total, before + 2)
})

test("notifications of a ticket are read once their user works on it, and later ones are not", async () => {
  const ticket = await writes()
  const other = await writes()
  await give(sol, ticket.id, ana.userId)
  await give(sol, other.id, ana.userId)
  await source.says(`+5730070000${10 + last - 1}`, { name: "Carla" })
  const unread = async (who: Client) => {
    const { items } = await listed(who, "?unread=true")
    return items.map((one) => `${one.kind} ${one.ticket!.number}`).toSorted()
  }
  assert.deepEqual(
    await unread(ana),
    [`answered ${ticket.number}`, `assigned ${other.number}`, `assigned ${ticket.number}`].toSorted(),
  )
  await ana.call("POST", `/tickets/${ticket.id}/messages`, { content: "Ya va" })
  assert.deepEqual(await unread(ana), [`assigned ${other.number}`])
  await source.says(`+5730070000${10 + last - 1}`, { name: "Carla" })
  assert.deepEqual(await unread(ana), [`answered ${ticket.number}`, `assigned ${other.number}`].toSorted())
  await ana.call("PUT", `/tickets/${ticket.id}/status`, { status: "closed" })
  await sol.call("PUT", `/tickets/${other.id}/status`, { status: "closed" })
  assert.deepEqual(await unread(ana), [`assigned ${other.number}`], "another's work is not mine")
  await notifications(ana)
})

test("notifications of a ticket that went out of sight do not name its customer", async () => {
  const carlas = () => source.says("+573007000999", { name: "Carla" })
  const { id, number } = (await carlas()).ticket!
  await give(sol, id, ana.userId)
  await carlas()
  await notifications(ana)
  const { items } = await listed(ana)
  const before = items.find(({ kind, ticket }) => kind === "answered" && ticket?.number === number)
  assert.equal(before!.by.name, "Carla")
  await acting(desk, async (act) => assign(act, await lockTicket(act, id), { agentId: null, teamId: theirs }))
  const after = (await listed(ana)).items.find((one) => one.id === before!.id)!
  assert.deepEqual([after.ticket, after.messageId, after.by], [null, null, { type: "contact", id: null, name: null }])
})

test("an agent whose ticket was merged away is notified", async () => {
  const [a, b] = [await writes(), await writes()]
  await give(sol, a.id, ana.userId)
  await notifications(ana)
  await sol.call("POST", `/tickets/${a.id}/merge`, { into: b.id, override: "una empresa" })
  assert.deepEqual(await notifications(ana), [["merged_away", "Sol"]])
})

test("each event notifies once, however often and by however many servers it is read", async () => {
  const { id } = await writes()
  await note(ana, id, "@Sol")
  await sequenceAll(desk.db)
  await Promise.all([createNotifications(desk), createNotifications(desk), createNotifications(desk)])
  await desk.db.pool.query("update event_readers set position = 0 where name = 'notifications'")
  const before = (await listed(sol)).total
  assert.deepEqual([before, (await listed(sol)).total], [before, before])
  assert.equal((await listed(sol, "?unread=true")).items.filter(({ kind }) => kind === "mentioned").length, 1)
  await notifications(sol)
})

test("reading marks one's own only, and a page says how many are unread", async () => {
  for (let i = 0; i < 3; i++) await note(ana, (await writes()).id, "@Sol")
  const { items, nextCursor, unread } = await listed(sol, "?limit=2")
  assert.deepEqual([items.length, unread], [2, 3])
  assert.equal((await listed(sol, `?limit=2&cursor=${nextCursor}`)).items[0]!.id < items[1]!.id, true)
  const ids = items.map(({ id }) => id)
  assert.deepEqual((await ana.call("POST", "/notifications/read", { ids })).body, { unread: 0 })
  assert.deepEqual((await sol.call("POST", "/notifications/read", { ids })).body, { unread: 1 })
  assert.equal((await sol.call("POST", "/notifications/read", {})).status, 400)
  assert.equal((await carla.call("GET", "/notifications")).status, 403)
})

test("every server receives whom to notify, by id alone", async () => {
  const said: unknown[] = []
  const unsubscribe = onBroadcast(desk.db, (what) => void said.push(what))
  await waitUntil("it was received", async () => {
    await note(ana, (await writes()).id, "@Sol")
    await sequenceAll(desk.db)
    await createNotifications(desk)
    return said.length > 0
  })
  await unsubscribe()
  const [[userId, id]] = (said[0] as { notified: [string, string][] }).notified as [[string, string]]
  assert.equal(userId, sol.userId)
  assert.ok((await listed(sol)).items.some((one) => one.id === id))
})

test("reading a ticket marks all its notifications as read, and every device of its reader learns it", async () => {
  const [here, elsewhere] = [await writes(), await writes()]
  for (const { id } of [here, elsewhere]) for (let i = 0; i < 2; i++) await note(ana, id, "@Sol")
  const { items, unread } = await listed(sol, "?unread=true")
  const { unread: ofAna } = await listed(ana)
  assert.deepEqual((await ana.call("POST", "/notifications/read", { ticket: here.id })).body, { unread: ofAna })
  const said: string[] = []
  const unsubscribe = onBroadcast(desk.db, (what) => void said.push(JSON.stringify(what)))
  const read = (who: Client, ticket: string) => who.call("POST", "/notifications/read", { ticket })
  assert.deepEqual((await read(sol, ` ${here.number.toLowerCase()} `)).body, { unread: unread - 2 })
  const ofHere = items.filter(({ ticket }) => ticket?.number === here.number).map(({ id }) => id)
  // What is broadcast may be lost: then it is read once more.
  await waitUntil("its reader's other devices learn it", async () => {
    if (said.some((one) => ofHere.some((id) => one.includes(id)))) return true
    await desk.db.pool.query("update notifications set read_at = null where id = any($1)", [ofHere])
    await read(sol, here.id)
    return false
  }).finally(unsubscribe)
  const { status, body } = await read(sol, "none")
  assert.deepEqual([status, (body["errors"] as { path: string }[])[0]!.path], [400, "ticket"])
  assert.equal((await sol.call("POST", "/notifications/read", { ticket: here.id, all: true })).status, 400)
  await notifications(sol)
})

const preferences = "/me/notification-preferences"
const heard = async (who: Client) => {
  const { items } = await listed(who, "?unread=true")
  await who.call("POST", "/notifications/read", { all: true })
  return items.map((one) => [one.kind, ...(one as unknown as { alerts: string[] }).alerts].join(" "))
}

test("everybody chooses of what they are notified and how, and is left alone in their quiet hours", async () => {
  assert.equal((await carla.call("GET", preferences)).status, 403)
  const first = (await sol.call("GET", preferences)).body
  await note(ana, (await writes()).id, "@Sol")
  assert.deepEqual(await heard(sol), ["mentioned sound system"])
  const silent = { list: true, sound: false, system: true }
  const changed = await sol.call("PATCH", preferences, { kinds: { mentioned: silent } })
  assert.deepEqual(changed.body, { ...first, kinds: { ...(first["kinds"] as object), mentioned: silent } })
  await note(ana, (await writes()).id, "@Sol")
  assert.deepEqual(await heard(sol), ["mentioned system"])
  // Whatever the hour is, one of the two halves of the day has it.
  const halves = [
    { from: "06:30", to: "18:30" },
    { from: "18:30", to: "06:30" },
  ]
  const inHalves: string[][] = []
  for (const quietHours of halves) {
    const { body } = await sol.call("PATCH", preferences, { quietHours })
    assert.deepEqual([body["quietHours"], (body["kinds"] as typeof first)["mentioned"]], [quietHours, silent])
    await note(ana, (await writes()).id, "@Sol")
    inHalves.push(await heard(sol))
  }
  assert.deepEqual(inHalves.toSorted(), [["mentioned"], ["mentioned system"]])
  await sol.call("PATCH", preferences, { kinds: { mentioned: { ...silent, list: false } }, quietHours: null })
  await note(ana, (await writes()).id, "@Sol")
  assert.deepEqual(await heard(sol), [])
  assert.equal((await sol.call("PATCH", preferences, { quietHours: { from: "9:00", to: "10:00" } })).status, 400)
  assert.equal((await sol.call("PATCH", preferences, { quietHours: { from: "09:00", to: "09:00" } })).status, 400)
  await sol.call("PATCH", preferences, { kinds: first["kinds"] as object })
})

test("those of the team who are there are notified of a new ticket that nobody has, in its customer's words, until somebody has it", async () => {
  const there = [ana.userId, bruno.userId, sol.userId]
  const choose = "insert into presence (user_id, status, chosen_at) select unnest($1::text[]), unnest($2::text[]), $3"
  await desk.db.pool.query(choose, [there, ["online", "online", "away"], desk.now()])
  const told = async (who: Client) =>
    (await listed(who, "?unread=true")).items.map((one) => [
      one.kind,
      one.by.name,
      (one as { excerpt?: string }).excerpt,
    ])
  await notifications(ana)
  const { ticket } = await source.says("+573007000555", { name: "Carla", text: " No me\n  llega " })
  assert.deepEqual(await told(ana), [["new_unassigned", "Carla", "No me llega"]])
  assert.deepEqual([await told(sol), await told(bruno)], [[], []], "away, and of another team")
  await give(sol, ticket!.id, sol.userId)
  assert.deepEqual(await told(ana), [])
  // Support tickets are given out by themselves: whom nobody was found for is known once Hilo has looked.
  const request = { subject: "Factura", contact: { name: "Carla" }, teamId: ours }
  const support = (await root.call("POST", "/tickets", request)).body["id"] as string
  assert.deepEqual(await told(ana), [])
  await acting(desk, (act) => record(act, "ticket.routed", { ticketId: support }))
  assert.deepEqual(await told(ana), [["new_unassigned", "Carla", null]])
  for (let i = 0; i < 25; i++) await writes()
  assert.equal((await listed(ana)).unread, 20)
  await notifications(ana)
  await desk.db.pool.query("delete from presence where user_id = any($1)", [there])
})
