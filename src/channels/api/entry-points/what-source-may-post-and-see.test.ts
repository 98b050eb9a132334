// Who posts messages for others, and what they are answered about the tickets that these become.
import assert from "node:assert/strict"
import { test } from "node:test"
import { newId } from "#kernel/ids.ts"
import { createKey, type Role } from "#people/index.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { castOf } from "#test/desk-users.ts"
import { acting, type Client, call, member, openDesk } from "#test/desks/test-desk.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { messageRoutes } from "./message-routes.ts"

const desk = await openDesk((app, kit) => {
  messageRoutes(app, kit)
  ticketRoutes(app, kit)
})
const { root, ana, bruno, ours, theirs } = await castOf(desk)
const [api, other] = [await openMessageSource(desk, { teamIds: [theirs] }), await openMessageSource(desk)]
const chat = await openMessageSource(desk, { kind: "webchat" })

/** A key that was made for the connection, acting as this user. */
async function sourceOf(userId: string, role: Role, connectionId = api.id): Promise<Client["call"]> {
  const wanted = { name: "Source", role, userId, connectionIds: [connectionId] }
  const { key } = await acting(desk, (act) => createKey(act, wanted))
  return (method, url, body) => call(desk.app, method, url, body, { authorization: `Bearer ${key}` })
}

const source = await sourceOf(
  (await member(desk, { email: "src@example.com", name: "Source", role: "agent" })).userId,
  "agent",
)

let last = 100
const newPhone = () => `+573002001${(last += 1)}`
type SourceAnswer = {
  ticket: Record<string, unknown> | null
  message: { content: string } | null
  decision: { action: string }
}
const says = async (as: Client["call"], who: string, more: object = {}, at = api.id) => {
  const body = { externalId: newId("ext"), contact: { id: who, name: "Carla" }, text: "hola", ...more }
  const answer = await as("POST", `/connections/${at}/messages`, body)
  return { status: answer.status, body: answer.body as SourceAnswer & { code?: string; errors?: { path: string }[] } }
}
const count = async () => Number((await desk.db.pool.query("select count(*) as n from messages")).rows[0]!.n)

test("only admins and keys that were made for the connection hand in messages", async () => {
  const before = await count()
  for (const one of [ana.call, bruno.call, await sourceOf(ana.userId, "agent", other.id)]) {
    const refused = await says(one, newPhone(), { assigneeId: ana.userId })
    assert.deepEqual([refused.status, refused.body.code], [403, "forbidden"])
  }
  assert.equal(await count(), before)
  assert.equal((await says(root.call, newPhone())).status, 200)
  assert.equal((await says(source, newPhone())).status, 200)
  const unknown = await says(source, newPhone(), {}, "con_none")
  assert.equal(unknown.status, 403, "nor does it learn which connections there are")
})

test("what a channel feeds takes nothing from an API source, not even an admin's", async () => {
  const before = await count()
  const refused = await says(root.call, newPhone(), {}, chat.id)
  assert.deepEqual([refused.status, refused.body.code], [403, "forbidden"])
  assert.equal(await count(), before)
})

test("a key is made for connections of API sources only", async () => {
  for (const id of [chat.id, "con_none"]) {
    await assert.rejects(sourceOf(ana.userId, "agent", id), { code: "invalid" }, id)
  }
})

test("a source is answered what the customer would see of its ticket", async () => {
  const who = newPhone()
  const first = await says(source, who)
  const id = String(first.body.ticket!["id"])
  await root.call("POST", `/connections/${api.id}/messages`, {
    externalId: newId("ext"),
    contact: { id: who },
    text: "otra",
    assigneeId: bruno.userId,
  })
  await desk.db.pool.query(`update tickets set tags = '{secret}', custom_fields = '{"margin": 3}' where id = $1`, [id])
  const joined = await says(source, who)
  const { ticket, decision } = joined.body
  assert.deepEqual([decision.action, ticket!["id"]], ["joined", id])
  assert.deepEqual(
    [ticket!["tags"], ticket!["customFields"], ticket!["can"], (ticket!["assignee"] as { id: unknown }).id],
    [[], {}, [], null],
  )
})

test("a guessed message id of somebody else's message answers nothing of it", async () => {
  const externalId = newId("ext")
  await says(root.call, newPhone(), { externalId, text: "secreto" })
  const guess = await says(source, newPhone(), { externalId })
  assert.deepEqual([guess.status, guess.body.ticket, guess.body.message], [200, null, null])
  assert.equal(guess.body.decision.action, "duplicate")
  const again = await says(root.call, newPhone(), { externalId })
  assert.equal(again.body.message!.content, "secreto", "an admin sees it all")
})

test("a repeat of its own message answers what was stored", async () => {
  const [who, externalId] = [newPhone(), newId("ext")]
  const first = await says(source, who, { externalId })
  const again = await says(source, who, { externalId })
  assert.deepEqual(
    [again.body.decision.action, again.body.ticket!["id"], again.body.message!.content],
    ["duplicate", first.body.ticket!["id"], "hola"],
  )
})

test("a thread that was merged into another customer's ticket answers nothing of that ticket", async () => {
  const [mine, others] = [newPhone(), newPhone()]
  const from = await says(source, mine)
  const into = await says(root.call, others)
  const merged = await root.call("POST", `/tickets/${String(from.body.ticket!["id"])}/merge`, {
    into: into.body.ticket!["id"],
    override: "one household",
  })
  assert.equal(merged.status, 200)
  const said = await says(source, mine)
  assert.deepEqual([said.body.decision.action, said.body.ticket, said.body.message!.content], ["joined", null, "hola"])
})

test("a source that names an agent assigns the ticket by the rules of assignment", async () => {
  const asAna = await sourceOf(ana.userId, "agent")
  const who = newPhone()
  await says(root.call, who)
  const before = await count()
  const taken = await says(asAna, who, { assigneeId: ana.userId })
  assert.deepEqual([taken.status, taken.body.code], [403, "forbidden"], "it is of a team that is not Ana's")
  const given = await says(asAna, newPhone(), { assigneeId: bruno.userId })
  assert.equal(given.status, 403, "nor may she give into that team")
  const customer = await member(desk, { email: "cust@example.com", name: "Carla", role: "user" })
  const asCustomer = await sourceOf(customer.userId, "user")
  assert.equal((await says(asCustomer, newPhone(), { assigneeId: bruno.userId })).status, 403)
  const nobody = await says(root.call, newPhone(), { assigneeId: customer.userId })
  assert.deepEqual([nobody.status, nobody.body.errors?.[0]?.path], [400, "assigneeId"])
  assert.equal(await count(), before, "what is refused is not stored")
})

test("an agent at capacity gets nothing by this route either, and a ticket goes to the agent's team", async () => {
  const nina = await member(desk, {
    email: "nina@example.com",
    name: "Nina",
    role: "agent",
    teamIds: [ours],
    capacity: 1,
  })
  const first = await says(root.call, newPhone(), { assigneeId: nina.userId })
  assert.deepEqual([first.status, (first.body.ticket!["team"] as { id: string }).id], [200, ours])
  const full = await says(root.call, newPhone(), { assigneeId: nina.userId })
  assert.deepEqual([full.status, full.body.code], [409, "at_capacity"])
  const who = newPhone()
  await says(root.call, who)
  assert.equal((await says(root.call, who, { assigneeId: nina.userId })).status, 409)
})
