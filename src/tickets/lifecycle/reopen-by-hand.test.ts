import assert from "node:assert/strict"
import { test } from "node:test"
import { castOf } from "#test/desk-users.ts"
import { acting, type Answer, type Client, openDesk } from "#test/desks/test-desk.ts"
import { mergeContacts } from "#intake/index.ts"
import { ticketRoutes } from "../routes.ts"

const desk = await openDesk((app, kit) => ticketRoutes(app, kit))
const { root, sol, ana, bruno, theirs, source } = await castOf(desk)

let last = 0
const writes = async () => (await source.says(`+5730020000${10 + ++last}`)).ticket!
const put = (who: Client, id: string, what: string, body: object) => who.call("PUT", `/tickets/${id}/${what}`, body)
const close = (id: string) => put(root, id, "status", { status: "closed" })
const refusal = ({ status, body }: Answer) => [status, body["code"]]
const state = ({ body }: Answer) => [body["status"], (body["assignee"] as { id: string } | null)?.id ?? null]

test("reopening by hand gives the ticket to its actor; putting it back to pending gives it to nobody", async () => {
  const { id } = await writes()
  await close(id)
  assert.deepEqual(state(await put(ana, id, "status", { status: "pending" })), ["pending", null])
  await close(id)
  assert.deepEqual(state(await put(ana, id, "status", { status: "open" })), ["open", ana.userId])
})

test("a support ticket that nobody has is theirs who reopens it, one that somebody has stays with them", async () => {
  const { id } = (await ana.call("POST", "/tickets", { subject: "Caja" })).body as { id: string }
  await put(root, id, "status", { status: "resolved" })
  assert.deepEqual(state(await put(ana, id, "status", { status: "open" })), ["open", ana.userId])
  await close(id)
  assert.deepEqual(state(await put(root, id, "status", { status: "open" })), ["open", ana.userId])
})

test("what was merged away stays closed and offers no step", async () => {
  const [older, younger] = [await writes(), await writes()]
  await acting(desk, (act) => mergeContacts(act, younger.contact!.id, older.contact!.id, { isOnePerson: true }))
  await close(older.id)
  const reopened = await put(root, younger.id, "status", { status: "open" })
  assert.deepEqual([...refusal(reopened), reopened.body["mergedInto"]], [409, "merged", older.id])
  assert.deepEqual((await root.call("GET", `/tickets/${younger.id}`)).body["can"], ["unmerge"])
  assert.deepEqual(state(await put(root, older.id, "status", { status: "open" })), ["open", root.userId])
})

test("an agent moves tickets among their own teams only, also by the agent they give them to", async () => {
  const { id } = await writes()
  for (const who of [ana, sol]) {
    assert.deepEqual(refusal(await put(who, id, "assignment", { agentId: bruno.userId })), [403, "forbidden"])
    assert.deepEqual(refusal(await put(who, id, "assignment", { teamId: theirs })), [403, "forbidden"])
  }
  assert.deepEqual(state(await put(ana, id, "assignment", { agentId: sol.userId })), ["open", sol.userId])
  const moved = await put(sol, id, "assignment", { agentId: bruno.userId, override: "he knows the case" })
  assert.deepEqual([moved.status, (moved.body["team"] as { id: string }).id], [200, theirs])
})

test("custom fields are replaced, and equal ones change nothing", async () => {
  const { id } = await writes()
  const patch = (customFields: unknown) => root.call("PATCH", `/tickets/${id}`, { customFields })
  const made = await patch({ pedido: "A-1", cajas: 2 })
  assert.deepEqual([made.status, made.body["customFields"]], [200, { pedido: "A-1", cajas: 2 }])
  assert.equal((await patch({ cajas: 2, pedido: "A-1" })).body["version"], made.body["version"])
  assert.deepEqual((await patch({ cajas: 3 })).body["customFields"], { cajas: 3 })
  assert.equal((await patch({ cajas: { deep: 1 } })).status, 400)
})

test("marking as read takes no fields, and a stale If-Match is refused there too", async () => {
  const { id } = await writes()
  const read = (body?: object, headers?: object) => root.call("POST", `/tickets/${id}/read`, body, headers)
  assert.equal((await read({ surprise: 1 })).status, 400)
  assert.deepEqual(refusal(await read({}, { "if-match": '"7"' })), [412, "stale"])
  assert.equal((await read()).body["unreadMessages"], 0)
})

test("an instant before every calendar and a cursor with a total of somebody's own are refused by name", async () => {
  const named = async (query: string) => (await root.call("GET", `/tickets?${query}`)).body["detail"]
  assert.match(String(await named("createdFrom=-100000-01-01T00:00:00Z")), /^createdFrom: must be a date/)
  const cursor = Buffer.from(JSON.stringify(["many", "2026-11-22T00:00:00Z", "tkt_x"])).toString("base64url")
  assert.match(String(await named(`cursor=${cursor}`)), /^cursor: must be the nextCursor/)
})
