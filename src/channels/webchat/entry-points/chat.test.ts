import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { changeConnection, createConnection } from "#connections/index.ts"
import { acting, openDesk } from "#test/desks/test-desk.ts"
import { chatNamespace } from "./socket-namespace.ts"
import { chatRoutes } from "./chat-routes.ts"

const desk = await openDesk(chatRoutes)
let chat: string
let names = 0

beforeEach(async () => {
  chat = await makeConnection("webchat")
})

function makeConnection(kind: "webchat" | "api") {
  const body = { kind, name: `Chat ${++names}`, greeting: "Hola", settings: {} }
  return acting(desk, (act) => createConnection(act, desk.secrets, body))
}

type Call = { token?: string; body?: object; ip?: string }
async function call(method: "GET" | "POST" | "OPTIONS", path: string, { token, body, ip }: Call = {}) {
  const headers = token ? { authorization: `Bearer ${token}` } : {}
  const response = await desk.app.inject({
    method,
    url: `/chat/${path}`,
    headers,
    ...(body && { payload: body }),
    ...(ip && { remoteAddress: ip }),
  })
  return { status: response.statusCode, headers: response.headers, body: response.body ? response.json() : null }
}
async function visitor(connection = chat) {
  const { status, body } = await call("POST", `${connection}/visitor`, { body: {}, ip: `10.0.0.${++names % 250}` })
  assert.equal(status, 201)
  const { token, visitorId } = body as { token: string; visitorId: string }
  let said = 0
  return {
    token,
    visitorId,
    say: (text: string, more: object = {}) =>
      call("POST", `${connection}/messages`, { token, body: { clientId: `client-${++said}`, text, ...more } }),
    read: () => call("GET", `${connection}/conversation`, { token }),
  }
}
const texts = (answer: { body: { messages: { content: string }[] } }) =>
  answer.body.messages.map((message) => message.content)
const tickets = () => desk.db.kysely.selectFrom("tickets").selectAll().where("connectionId", "=", chat).execute()

test("a stranger sees the chat's name and greeting and nothing that was said", async () => {
  await (await visitor()).say("hola")
  const { status, body, headers } = await call("GET", `${chat}/conversation`)
  assert.deepEqual([status, body.messages, body.connection.greeting, body.connection.enabled], [200, [], "Hola", true])
  assert.equal(headers["access-control-allow-origin"], "*")
})

test("that an e-mail is written to is said where a mail server is set alone", async () => {
  const promised = async () => (await call("GET", `${chat}/conversation`)).body.connection.mailsReplies
  assert.equal(await promised(), false)
  desk.mailIsSet = true
  assert.equal(await promised(), true)
  desk.mailIsSet = false
})

test("a visitor's messages become one ticket, and their own page shows them", async () => {
  const carla = await visitor()
  const first = await carla.say("hola")
  await carla.say("sigo aquí")
  assert.equal(first.status, 201)
  assert.equal((await tickets()).length, 1)
  const conversation = await carla.read()
  assert.deepEqual(texts(conversation), ["hola", "sigo aquí"])
  assert.deepEqual(conversation.body.messages[0].clientId, "client-1")
  assert.equal(conversation.body.messages[0].id, first.body.id)
})

test("the same clientId again is the same message, also when both come at once", async () => {
  const carla = await visitor()
  const twice = await Promise.all([1, 2, 3].map(() => carla.say("hola", { clientId: "the-same-one" })))
  assert.deepEqual(new Set(twice.map(({ status, body }) => `${status} ${body.id}`)).size, 1)
  assert.deepEqual(texts(await carla.read()), ["hola"])
})

test("another visitor with the same clientId is another person", async () => {
  const [carla, damian] = [await visitor(), await visitor()]
  await carla.say("soy Carla", { clientId: "the-same-one" })
  await damian.say("soy Damián", { clientId: "the-same-one" })
  assert.deepEqual([texts(await carla.read()), texts(await damian.read())], [["soy Carla"], ["soy Damián"]])
  assert.equal((await tickets()).length, 2)
})

test("a token opens its own chat only, and a made-up one opens nothing", async () => {
  const [carla, other] = [await visitor(), await makeConnection("webchat")]
  const body = { clientId: "client-1", text: "hola" }
  for (const [connection, token] of [
    [other, carla.token],
    [chat, `vis_${"a".repeat(43)}`],
    [chat, "hilo_x"],
    [chat, ""],
  ] as const) {
    assert.equal((await call("POST", `${connection}/messages`, { token: token || "none", body })).status, 401)
    assert.equal((await call("GET", `${connection}/conversation`, { token: token || "none" })).status, 401)
  }
  assert.equal((await call("POST", `${chat}/messages`, { body })).status, 401)
})

test("a reply is delivered once the visitor's page has fetched it; a note never gets there", async () => {
  const carla = await visitor()
  await carla.say("hola")
  const [ticket] = await tickets()
  const exchanged = desk.db.kysely.selectFrom("messages").select(["contactId", "identityId"])
  const row = {
    ...(await exchanged.where("ticketId", "=", ticket!.id).executeTakeFirstOrThrow()),
    ticketId: ticket!.id,
    connectionId: chat,
    direction: "out",
    senderKind: "system",
    sentAt: desk.now(),
    createdAt: desk.now(),
  } as const
  await desk.db.kysely
    .insertInto("messages")
    .values([
      {
        ...row,
        id: "msg_reply",
        content: "**voy**",
        contentHtml: "<p><strong>voy</strong></p>",
        deliveryState: "queued",
      },
      { ...row, id: "msg_note", content: "ojo", isInternal: true, deliveryState: "received" },
    ])
    .execute()
  const { body } = await carla.read()
  assert.deepEqual(
    body.messages.map((message: { contentHtml: string | null }) => message.contentHtml),
    [null, "<p><strong>voy</strong></p>"],
  )
  const states = await desk.db.kysely
    .selectFrom("messages")
    .select(["id", "deliveryState"])
    .where("direction", "=", "out")
    .where("ticketId", "=", ticket!.id)
    .orderBy("id")
    .execute()
  assert.deepEqual(states, [
    { id: "msg_note", deliveryState: "received" },
    { id: "msg_reply", deliveryState: "delivered" },
  ])
})

test("a name names an unnamed contact, and an e-mail is an identity that proves nothing and joins nobody to anybody", async () => {
  const [carla, damian, nobody] = [await visitor(), await visitor(), await visitor()]
  await nobody.say("hola")
  await carla.say("hola", { name: "Carla", email: "Carla@example.com" })
  await damian.say("hola", { email: "first@example.com" })
  await damian.say("hola", { email: "carla@example.com" })
  await damian.say("me llamo", { name: "Damián" })
  await damian.say("o no", { name: "Otro" })
  const said = await desk.db.kysely
    .selectFrom("contacts as c")
    .innerJoin("contactIdentities as v", "v.contactId", "c.id")
    .leftJoin("contactIdentities as i", (join) => join.onRef("i.contactId", "=", "c.id").on("i.kind", "=", "email"))
    .select(["c.name", "c.customFields", "v.value as visitor", "i.value", "i.proof", "i.confirmedFor"])
    .where("v.scope", "=", chat)
    .orderBy("c.name")
    .execute()
  const unproved = { customFields: {}, value: "carla@example.com", proof: "visitor", confirmedFor: null }
  assert.deepEqual(said, [
    { name: "", customFields: {}, visitor: nobody.visitorId, value: null, proof: null, confirmedFor: null },
    { name: "Carla", visitor: carla.visitorId, ...unproved },
    { name: "Damián", visitor: damian.visitorId, ...unproved },
  ])
})

test("a chat that is off says so and stores nothing; one that is no chat does not exist", async () => {
  const carla = await visitor()
  await acting(desk, (act) => changeConnection(act, desk.secrets, chat, { enabled: false }))
  const refused = await carla.say("hola")
  assert.deepEqual([refused.status, refused.body.code], [409, "connection_disabled"])
  assert.equal((await call("POST", `${chat}/visitor`, { body: {} })).status, 409)
  assert.equal((await carla.read()).body.connection.enabled, false)
  assert.equal((await tickets()).length, 0)
  for (const [id, status] of [
    [await makeConnection("api"), 404],
    ["con_nothing", 404],
    ["%00", 400],
    ["x".repeat(250), 400],
  ] as const) {
    assert.equal((await call("POST", `${id}/visitor`, { body: {} })).status, status, id)
    assert.equal((await call("GET", `${id}/conversation`)).status, status, id)
  }
})

test("what is wrong is named, and nothing is stored", async () => {
  const carla = await visitor()
  const cases: [path: string, body: object][] = [
    ["text", { clientId: "client-1" }],
    ["text", { clientId: "client-1", text: " \n" }],
    ["text", { clientId: "client-1", text: "x".repeat(10_001) }],
    ["text", { clientId: "client-1", text: 7 }],
    ["clientId", { text: "hola" }],
    ["clientId", { clientId: "a:b:c:d:e", text: "hola" }],
    ["email", { clientId: "client-1", text: "hola", email: "no" }],
    ["ticketId", { clientId: "client-1", text: "hola", ticketId: "tkt_1" }],
  ]
  for (const [path, body] of cases) {
    const answer = await call("POST", `${chat}/messages`, { token: carla.token, body })
    assert.deepEqual([answer.status, answer.body.errors[0].path], [400, path])
  }
  assert.equal((await tickets()).length, 0)
})

test("hostile text is stored safely and comes back as text", async () => {
  const carla = await visitor()
  const hostile = `<img src=x onerror=alert(1)>\0\ud800\u202e # no heading ${"\u0301".repeat(500)}`
  assert.equal((await carla.say(hostile)).status, 201)
  const [message] = (await carla.read()).body.messages
  assert.equal(message.content, hostile.replaceAll("\0", "").toWellFormed())
  assert.equal(message.contentHtml, null)
})

test("one visitor cannot flood the desk, however many requests at once", async () => {
  const carla = await visitor()
  const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => carla.say(`${n}`)))
  const refused = answers.filter(({ status }) => status === 429)
  assert.equal(refused.length, 10)
  assert.ok(Number(refused[0]?.headers["retry-after"]) > 0)
})

test("a page of another origin may ask first", async () => {
  const { status, headers } = await call("OPTIONS", `${chat}/messages`)
  assert.equal(status, 204)
  assert.match(String(headers["access-control-allow-headers"]), /authorization/)
})

test("the socket lets in a visitor who has written, into a room of their own", async () => {
  const connection = chatNamespace(desk)
  const [carla, damian] = [await visitor(), await visitor()]
  const admit = (auth: Record<string, unknown>) => connection.admit({ headers: {}, auth })
  await carla.say("hola")
  const [ticket] = await tickets()
  const admission = await admit({ token: carla.token, connectionId: chat })
  assert.deepEqual(admission?.rooms, [`visitor:${ticket!.contactId}`, `visitors-of:${chat}`])
  for (const auth of [
    { token: damian.token, connectionId: chat },
    { token: carla.token, connectionId: "con_x" },
    {},
    { token: ["x"], connectionId: {} },
  ])
    assert.equal(await admit(auth), null)
})

test("a visitor's token ends when nobody has used it for 180 days, and not before", async () => {
  const carla = await visitor()
  const day = 86_400_000
  const sees = async () => (await carla.read()).status
  desk.clock.pass(179 * day)
  assert.equal(await sees(), 200)
  desk.clock.pass(179 * day)
  assert.equal(await sees(), 200, "it was used meanwhile")
  desk.clock.pass(181 * day)
  assert.equal(await sees(), 401)
})
