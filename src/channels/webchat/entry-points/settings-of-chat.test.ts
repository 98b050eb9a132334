// What the settings of a chat do to its visitors: its look, its sites, what is asked before they write.
import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"
import { createCalendar } from "#calendars/index.ts"
import { changeConnection, createConnection } from "#connections/index.ts"
import { Refusal } from "#kernel/errors.ts"
import { broadcast } from "#kernel/database/broadcast.ts"
import type { SocketEvent } from "#kernel/socket-server.ts"
import { sendReadReceipts } from "../../../replies/send-read-receipts.ts"
import { waitUntil } from "#test/server-process.ts"
import { acting, openDesk } from "#test/desks/test-desk.ts"
import { chatPages } from "./chat-page-routes.ts"
import { chatRoutes } from "./chat-routes.ts"
import { startChatSignals } from "./typing-and-seen.ts"
import { chatNamespace } from "./socket-namespace.ts"

const desk = await openDesk((app, kit) => {
  chatRoutes(app, kit)
  chatPages(app, kit)
})
const pngOfSize = (hex: string) =>
  `data:image/png;base64,${Buffer.from(`89504e470d0a1a0a0000000d49484452${hex}0802000000907753de`, "hex").toString("base64")}`
const png = pngOfSize("0000000100000001")
const shop = "https://shop.example"
let chat: string
let count = 0

beforeEach(async () => {
  chat = await acting(desk, (act) =>
    createConnection(act, desk.secrets, { kind: "webchat", name: `Chat ${++count}`, settings: {} }),
  )
})

const change = (settings: object, more: object = {}) =>
  acting(desk, (act) => changeConnection(act, desk.secrets, chat, { settings: { ...settings }, ...more }))

type Call = { token?: string; body?: object; origin?: string; site?: string }
async function call(path: string, { token, body, origin, site }: Call = {}) {
  const response = await desk.app.inject({
    method: body ? "POST" : "GET",
    url: `/chat/${chat}${path}`,
    remoteAddress: `10.1.${Math.floor(++count / 250)}.${count % 250}`,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(origin && { origin }),
      ...(site && { "sec-fetch-site": site }),
    },
    ...(body && { payload: body }),
  })
  const isJson = String(response.headers["content-type"]).includes("json")
  return {
    status: response.statusCode,
    headers: response.headers,
    text: response.body,
    body: isJson ? response.json() : null,
  }
}
async function visitor() {
  const { token, visitorId } = (await call("/visitor", { body: {} })).body
  let said = 0
  const say = (text: string, more: object = {}) =>
    call("/messages", { token, body: { clientId: `client-${++said}`, text, ...more } })
  return { token, visitorId, say, read: async () => (await call("/conversation", { token })).body }
}
const messages = async () =>
  desk.db.kysely.selectFrom("messages").selectAll().where("connectionId", "=", chat).orderBy("position").execute()
test("a setting that makes no sense is refused by its name, and one that does is kept in its normal form", async () => {
  const cases: [string, object][] = [
    ["settings.color", { color: "red" }],
    ["settings.textColor", { textColor: "#ffffff" }],
    ["settings.textColor", { color: "#ffb300", textColor: "#ffffff" }],
    ["settings.logo", { logo: "data:image/svg+xml;base64,PHN2Zy8+" }],
    ["settings.logo", { logo: pngOfSize("0000020100000001") }],
    ["settings.sites.1", { sites: [shop, "shop.example"] }],
    ["settings.position", { position: "top" }],
    [
      "settings.preChat.questions.0.options",
      { preChat: { questions: [{ id: "q1", label: "¿Cuál?", options: ["Uno"] }] } },
    ],
    [
      "settings.preChat.questions",
      { preChat: { questions: Array.from({ length: 6 }, (_, n) => ({ id: `q${n}`, label: "x" })) } },
    ],
    ["settings.outOfHours", { outOfHours: "never" }],
    ["settings.more", { more: 1 }],
  ]
  for (const [path, settings] of cases)
    await assert.rejects(
      change(settings),
      (error) => error instanceof Refusal && error.extra.errors?.[0]?.path === path,
      path,
    )
  await assert.rejects(
    change({ color: "#ffb300", textColor: "#ffffff" }),
    /1\.7:1, at least 4\.5:1 is needed, #000000 has it/,
  )
  await change({ title: "Ayuda", color: "#ffb300", textColor: "#000000", logo: png, sites: ["HTTPS://Shop.example/"] })
  const { connection } = (await call("/conversation")).body
  assert.deepEqual([connection.name, connection.color, connection.textColor], ["Ayuda", "#ffb300", "#000000"])
  const { status, headers } = await call(connection.logo.slice(`/chat/${chat}`.length))
  assert.deepEqual([status, headers["content-type"], headers["x-content-type-options"]], [200, "image/png", "nosniff"])
  assert.match(
    (await call("/widget.js")).text,
    /\}\)\(\{"color":"#ffb300","textColor":"#000000","position":"right","sites":\["https:\/\/shop.example"\]\}\)/,
  )
  await change({ logo: null, title: null })
  const after = (await call("/conversation")).body.connection
  assert.deepEqual([after.name.startsWith("Chat "), after.logo, (await call("/logo")).status], [true, null, 404])
})

test("pages of sites that are not allowed neither frame the chat nor speak to it, by request or by socket", async () => {
  const open = await call("/visitor", { body: {}, origin: "https://anywhere.example" })
  assert.equal(open.status, 201)
  const token = open.body.token as string
  await call("/messages", { token, body: { clientId: "client-1", text: "hola" } })
  await change({ sites: [shop] })
  const admit = (origin: string | undefined) =>
    chatNamespace(desk).admit({ headers: origin ? { origin } : {}, auth: { token, connectionId: chat } })
  const cases: [isAllowed: boolean, call: Call][] = [
    [true, { origin: shop }],
    [true, { origin: desk.publicUrl }],
    [true, { origin: "https://other.name.of.ours", site: "same-origin" }],
    [true, {}],
    [false, { origin: "https://anywhere.example" }],
    [false, { origin: "null" }],
    [false, { origin: `${shop}.evil` }],
  ]
  for (const [isAllowed, from] of cases) {
    for (const path of ["/conversation", "/files/att_1"]) {
      const { status, body } = await call(path, { token, ...from })
      if (path === "/conversation") assert.equal(status, isAllowed ? 200 : 403, JSON.stringify(from))
      if (!isAllowed && path === "/conversation") assert.equal(body.code, "site_not_allowed")
    }
    if (!from.site) assert.equal((await admit(from.origin)) !== null, isAllowed, JSON.stringify(from))
  }
  const { status, body } = await call("/visitor", { body: {}, origin: "https://anywhere.example" })
  assert.deepEqual([status, body.code], [403, "site_not_allowed"])
  // What an older version may have left: what can be read of it counts, and nothing that cannot is all sites.
  const stored = async (settings: object) => {
    await desk.db.kysely.updateTable("connections").set({ settings }).where("id", "=", chat).execute()
    const from = async (origin: string) => (await call("/conversation", { origin })).status
    return [await from(shop), await from("https://anywhere.example"), await from(desk.publicUrl)]
  }
  assert.deepEqual(await stored({ sites: [shop, "shop"], title: "Ayuda", gone: 1 }), [200, 403, 200])
  assert.equal((await call("/conversation")).body.connection.name, "Ayuda")
  for (const sites of [["shop"], "shop", [7]]) assert.deepEqual(await stored({ sites }), [403, 403, 200])
  assert.deepEqual(await stored({ gone: 1 }), [200, 200, 200])
})

test("what has to be answered before the first message is refused by name until it is, and stands on the ticket once, as a note", async () => {
  const questions = [
    { id: "order", label: "Pedido", required: true },
    { id: "kind", label: "Tema", options: ["Compra", "Garantía"] },
  ]
  await change({ preChat: { name: "required", email: "optional", questions } })
  const carla = await visitor()
  const { preChat } = (await carla.read()).connection
  assert.deepEqual(preChat.questions[1], {
    id: "kind",
    label: "Tema",
    required: false,
    options: ["Compra", "Garantía"],
  })
  const answers = [
    { id: "order", text: "G-12\n<b>" },
    { id: "order", text: "otra vez" },
    { id: "gone", text: "x" },
  ]
  for (const [path, more] of [
    ["name", {}],
    ["answers.order", { name: "Carla" }],
    ["answers.order", { name: "Carla", answers: [{ id: "order", text: " " }] }],
    ["answers.kind", { name: "Carla", answers: [...answers, { id: "kind", text: "Otra" }] }],
  ] as const) {
    const refused = await carla.say("hola", more)
    assert.deepEqual([refused.status, refused.body.errors[0].path], [400, path])
  }
  assert.equal((await messages()).length, 0)
  const given = { name: "Carla", answers, clientId: "the-same-one" }
  const sent = await Promise.all([1, 2, 3].map(() => carla.say("hola", given)))
  assert.deepEqual(new Set(sent.map(({ status }) => status)), new Set([201]))
  await carla.say("y además", { answers: [{ id: "order", text: "otro" }] })
  const notes = (await messages()).filter(({ isInternal }) => isInternal)
  assert.deepEqual(
    notes.map(({ content, contentHtml, senderKind }) => [content, contentHtml, senderKind]),
    [["Respondió antes del chat:\nPedido: G-12 <b>", null, "system"]],
  )
  assert.deepEqual(
    (await carla.read()).messages.map(({ content }: { content: string }) => content),
    ["hola", "y además"],
  )
})

test("while the chat is closed it says until when, and takes what is written with an e-mail alone, where it is set so", async () => {
  // The clock stands on a Sunday.
  const hours = { name: `Lunes ${count}`, timezone: "UTC", intervals: [{ day: 1, from: "08:00", to: "18:00" }] }
  const calendarId = await acting(desk, (act) => createCalendar(act, { ...hours, holidays: [], holidayCountry: null }))
  await change({}, { calendarId })
  const carla = await visitor()
  const shown = async () => (await carla.read()).connection.hours
  assert.deepEqual(await shown(), { isOpen: false, opensAt: "2026-11-23T08:00:00.000Z", asksEmail: false })
  assert.equal((await carla.say("hola")).status, 201)
  await change({ outOfHours: "form" })
  assert.equal((await shown()).asksEmail, true)
  const refused = await carla.say("¿hola?")
  assert.deepEqual([refused.status, refused.body.errors[0].path], [400, "email"])
  assert.equal((await carla.say("¿hola?", { email: "carla@example.com" })).status, 201)
  assert.equal((await carla.say("ya la dejé")).status, 201)
  const monday = 24 * 3_600_000
  desk.clock.pass(monday)
  assert.deepEqual(await shown(), { isOpen: true, opensAt: null, asksEmail: false })
  assert.equal((await (await visitor()).say("buenas")).status, 201)
})

test("staff learn what the visitor has seen, and the visitor what staff have read; nobody else's message is theirs to see", async () => {
  const [carla, damian] = [await visitor(), await visitor()]
  for (const text of ["uno", "dos"]) await carla.say(text)
  await damian.say("soy otro")
  const [first, second] = await messages()
  const replyId = `msg_reply${count}`
  const reply = { contentHtml: null, isInternal: false, replyTo: null, createdAt: desk.now(), sentAt: desk.now() }
  await desk.db.kysely
    .insertInto("messages")
    .values({
      ...reply,
      id: replyId,
      ticketId: first!.ticketId,
      contactId: first!.contactId,
      identityId: first!.identityId,
      connectionId: chat,
      direction: "out",
      senderKind: "system",
      content: "voy",
      deliveryState: "queued",
    })
    .execute()
  const seen = (token: string, messageId: string) => call("/seen", { token, body: { messageId } })
  const state = async () => (await messages()).find(({ direction }) => direction === "out")?.deliveryState
  assert.equal((await seen(damian.token, replyId)).status, 404)
  assert.equal((await carla.read()).seenId, null)
  assert.equal(await state(), "delivered")
  assert.equal((await seen(carla.token, replyId)).status, 204)
  assert.equal(await state(), "read")
  const unread = (n: number) =>
    desk.db.kysely.updateTable("tickets").set({ unreadMessages: n }).where("id", "=", first!.ticketId).execute()
  await unread(1)
  assert.equal((await carla.read()).seenId, first!.id)
  await unread(0)
  assert.equal((await carla.read()).seenId, second!.id)
})

test("that a visitor types goes to the staff of their conversation, and that staff do to that visitor; a blocked one types for nobody", async () => {
  const emitted: SocketEvent[] = []
  after(startChatSignals(desk, (event) => void emitted.push(event)))
  // What is said before the server listens is lost.
  const listens = `select from pg_stat_activity where datname = current_database() and application_name = 'hilo listener'
    and state = 'idle' and query like 'listen %'`
  await waitUntil("the server listens", async () => (await desk.db.pool.query(listens)).rowCount! > 0)
  const carla = await visitor()
  await carla.say("hola")
  const [message] = await messages()
  const { ticketId, identityId, contactId } = message!
  const namespace = chatNamespace(desk)
  const admit = () => namespace.admit({ headers: {}, auth: { token: carla.token, connectionId: chat } })
  const [admission, second] = [await admit(), await admit()]
  const type = admission!.clientEvents!["typing"]!
  for (const nonsense of [null, {}, { isTyping: "yes" }, { isTyping: true, text: "secret" }])
    assert.equal(type(nonsense), false)
  const heard = async (work: () => unknown) => {
    const before = emitted.length
    await work()
    await waitUntil("it is emitted", async () => emitted.length > before)
    return emitted.at(-1)!
  }
  const shown = await heard(() => type({ isTyping: true }))
  assert.deepEqual([shown.name, shown.body], ["customer:typing", { ticketId, isTyping: true }])
  assert.equal(
    shown.rooms.some((room) => /^(visitor|customer)/.test(room)),
    false,
  )
  const typeThere = second!.clientEvents!["typing"]!
  for (const say of [type, typeThere]) assert.equal(say({ isTyping: true }), true, "once in two seconds")
  const stopped = await heard(() => typeThere({ isTyping: false }))
  assert.deepEqual(stopped.body, { ticketId, isTyping: false })
  for (const isTyping of [false, true, false]) assert.equal(type({ isTyping }), true, "once in two seconds")
  const toVisitor = await heard(() => sendReadReceipts(desk, ticketId, { isTyping: true }))
  const rooms = admission!.rooms.slice(0, 1)
  assert.deepEqual(toVisitor, { rooms, name: "typing", body: {} })
  const read = await heard(() => sendReadReceipts(desk, ticketId, { isTyping: false }))
  assert.deepEqual(read, { rooms, name: "message", body: {} })
  await desk.db.kysely.updateTable("contacts").set({ blocked: true }).where("id", "=", contactId!).execute()
  broadcast(desk.db, { chat: "visitor", identityId, isTyping: true })
  const last = await heard(() => broadcast(desk.db, { chat: "typing", identityId }))
  assert.deepEqual([last.name, emitted.filter(({ name }) => name === "customer:typing").length], ["typing", 2])
})
