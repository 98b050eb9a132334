// Rights follow today's role: what somebody opened for others while they were staff is not theirs as a customer.
import assert from "node:assert/strict"
import { test } from "node:test"
import { changeUser, createKey } from "#people/index.ts"
import { startApp } from "./start-app.ts"
import { acting, type Client, call, member } from "./desks/test-desk.ts"

const app = await startApp()
const root = await member(app, { email: "root@example.com", name: "Root", role: "admin" })
const eva = await member(app, { email: "eva@example.com", name: "Eva", role: "agent" })
let n = 0
const forOthers = async () => {
  const contact = { name: "Carla", email: `carla${++n}@example.com` }
  const { status, body } = await eva.call("POST", "/tickets", { subject: "De otra", description: "Secreto", contact })
  assert.equal(status, 201)
  return String(body["id"])
}
const keyOf = async (userId: string): Promise<Client["call"]> => {
  const { key } = await acting(app, (act) => createKey(act, { name: "k", role: "user", userId }))
  return (method, url, body) => call(app.app, method, url, body, { authorization: `Bearer ${key}` })
}

async function assertNotTheirs(who: Client["call"], id: string) {
  const before = (await root.call("GET", `/tickets/${id}/messages`)).body["total"]
  for (const [method, path, body] of [
    ["GET", "", undefined],
    ["GET", "/messages", undefined],
    ["POST", "/messages", { content: "Digo yo" }],
    ["PUT", "/status", { status: "closed" }],
  ] as const)
    assert.equal((await who(method, `/tickets/${id}${path}`, body)).status, 404, `${method} ${path}`)
  const { items, total } = (await who("GET", "/tickets?q=Secreto")).body as { items: unknown[]; total: number }
  assert.deepEqual([items, total], [[], 0])
  assert.equal((await root.call("GET", `/tickets/${id}/messages`)).body["total"], before)
}

test("through a key that was lowered to a customer's an agent sees nothing that they opened for others", async () => {
  await assertNotTheirs(await keyOf(eva.userId), await forOthers())
})

test("a former agent sees their own requests alone, and what they write there is their own words", async () => {
  const id = await forOthers()
  assert.equal((await eva.call("GET", `/tickets/${id}`)).status, 200)
  await acting(app, (act) => changeUser(act, eva.userId, { role: "user" }))
  const asCustomer = await keyOf(eva.userId)
  await assertNotTheirs(asCustomer, id)
  const own = await asCustomer("POST", "/tickets", { subject: "Mío", description: "hola" })
  assert.equal(own.status, 201)
  const ref = String(own.body["id"])
  const said = await asCustomer("POST", `/tickets/${ref}/messages`, { content: "soy yo" })
  assert.deepEqual([said.status, (said.body["sender"] as { name: string }).name], [201, "Eva"])
  const { items } = (await asCustomer("GET", "/tickets")).body as { items: { id: string }[] }
  assert.deepEqual(
    items.map((ticket) => ticket.id),
    [ref],
  )
})
