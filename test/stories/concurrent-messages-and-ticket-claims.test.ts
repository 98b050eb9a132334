import assert from "node:assert/strict"
import { after, test } from "node:test"
import { inTransaction, system } from "#kernel/act.ts"
import { openDatabase } from "#kernel/db.ts"
import { createKey, createUser } from "#people/index.ts"
import { testDatabase } from "../database.ts"
import { ask, keyFor, startHilo, type TakenPort } from "../server-process.ts"

const { url: databaseUrl } = await testDatabase()
const db = openDatabase(databaseUrl, { max: 2 })
after(() => db.close())
const servers = await Promise.all([startHilo({ databaseUrl }), startHilo({ databaseUrl })])
const key = await keyFor({ databaseUrl }, "admin")
let names = 0

async function newConnection(): Promise<string> {
  const { status, body } = await ask(servers[0].url, key, "POST", "/connections", {
    kind: "api",
    name: `Source ${++names}`,
  })
  assert.equal(status, 201)
  return String(body["id"])
}

const carla = { id: "+573001234567", name: "Carla" }
/** Sends at both servers in turn, all at the same time. */
const atBoth = (connection: string, messages: object[]) =>
  Promise.all(
    messages.map((message, i) =>
      ask<TakenPort>(servers[i % 2]!.url, key, "POST", `/connections/${connection}/messages`, {
        contact: carla,
        ...message,
      }),
    ),
  )
const numbered = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ externalId: `first-${i}`, text: `hola ${i}` }))
const actions = (answers: { status: number; body: TakenPort }[]) => {
  for (const { status, body } of answers) assert.equal(status, 200, JSON.stringify(body))
  return Object.groupBy(answers, ({ body }) => body.decision.action)
}

test("fifty first messages of one contact at two servers at once are one ticket with fifty messages", async () => {
  const connection = await newConnection()
  const answers = await atBoth(connection, numbered(50))
  const { created, joined, ...others } = actions(answers)
  assert.deepEqual([created?.length, joined?.length, Object.keys(others)], [1, 49, []])
  assert.equal(new Set(answers.map(({ body }) => body.ticket.number)).size, 1)
  const tickets = await db.kysely.selectFrom("tickets").selectAll().where("connectionId", "=", connection).execute()
  assert.deepEqual(
    tickets.map((ticket) => [ticket.unreadMessages, ticket.messageCount, ticket.status]),
    [[50, 50, "pending"]],
  )
  const messages = await db.kysely
    .selectFrom("messages")
    .select("externalId")
    .where("ticketId", "=", tickets[0]!.id)
    .execute()
  assert.equal(new Set(messages.map((message) => message.externalId)).size, 50)
  const contacts = await db.kysely.selectFrom("contactIdentities").select("id").where("value", "=", carla.id).execute()
  assert.equal(contacts.length, 1)
})

test("the same message many times at once, at both servers, is stored once and every answer names it", async () => {
  const connection = await newConnection()
  const same = Array.from({ length: 30 }, () => ({ externalId: "same", text: "hola" }))
  const answers = await atBoth(connection, same)
  const { created, duplicate, ...others } = actions(answers)
  assert.deepEqual([created?.length, duplicate?.length, Object.keys(others)], [1, 29, []])
  assert.equal(new Set(answers.map(({ body }) => `${body.ticket.id} ${body.message.id}`)).size, 1)
  const ticket = await ask(servers[1].url, key, "GET", `/tickets/${answers[0]!.body.ticket.number}`)
  assert.partialDeepStrictEqual(ticket.body, { unreadMessages: 1, messageCount: 1 })
})

test("an open ticket takes new and repeated messages from both servers, each once", async () => {
  const connection = await newConnection()
  const messages = numbered(15).flatMap((message) => [message, message])
  const shuffled = messages.map((message, i) => messages[(i * 7) % messages.length]!)
  const answers = await atBoth(connection, shuffled)
  const { created, joined, duplicate } = actions(answers)
  assert.deepEqual([created?.length, joined?.length, duplicate?.length], [1, 14, 15])
  type MessagePage = { items: { content: string }[] }
  const { body } = await ask<MessagePage>(servers[0].url, key, "GET", `/tickets/${answers[0]!.body.ticket.id}/messages`)
  const texts = body.items.map(({ content }) => content)
  assert.deepEqual(
    texts.toSorted(),
    numbered(15)
      .map(({ text }) => text)
      .toSorted(),
  )
})

test("a closed conversation that fifty messages reach at once comes back once, as the same ticket", async () => {
  const connection = await newConnection()
  const [first] = await atBoth(connection, [{ externalId: "opening", text: "hola" }])
  const number = first!.body.ticket.number
  assert.equal((await ask(servers[0].url, key, "PUT", `/tickets/${number}/status`, { status: "closed" })).status, 200)
  const answers = await atBoth(connection, numbered(50))
  const { reopened, joined, ...others } = actions(answers)
  assert.deepEqual([reopened?.length, joined?.length, Object.keys(others)], [1, 49, []])
  const { body } = await ask(servers[1].url, key, "GET", `/tickets/${number}`)
  assert.partialDeepStrictEqual(body, { status: "pending", reopenCount: 1, messageCount: 51 })
  const reopenings = await db.kysely
    .selectFrom("events")
    .select("id")
    .where("kind", "=", "ticket.reopened")
    .where("ticketId", "=", first!.body.ticket.id)
    .execute()
  assert.equal(reopenings.length, 1)
})

test("two agents claim one ticket at two servers: one has it, the other learns who", async () => {
  const connection = await newConnection()
  const [first] = await atBoth(connection, [{ externalId: "opening", text: "hola" }])
  const people = await Promise.all(
    ["Ana", "Bruno"].map(async (name) => {
      const { id } = await inTransaction(db, { actor: system, now: new Date() }, (act) =>
        createUser(act, { email: `${name}@example.com`, name, role: "admin" }),
      )
      return { id, name, key: await keyOf(id) }
    }),
  )
  const claims = await Promise.all(
    people.map((who, i) =>
      ask<Lost>(servers[i]!.url, who.key, "PUT", `/tickets/${first!.body.ticket.id}/assignment`, { agentId: who.id }),
    ),
  )
  const winner = people[claims.findIndex(({ status }) => status === 200)]!
  const lost = claims.find(({ status }) => status !== 200)!
  assert.deepEqual([lost.status, lost.body.code, lost.body.assignee.name], [409, "already_assigned", winner.name])
})

type Lost = { code: string; assignee: { name: string } }

async function keyOf(userId: string): Promise<string> {
  const made = await inTransaction(db, { actor: system, now: new Date() }, (act) =>
    createKey(act, { name: "Test", role: "admin", userId }),
  )
  return made.key
}
