import assert from "node:assert/strict"
import { test } from "node:test"
import { castOf } from "#test/desk-users.ts"
import { acting, type Answer, type Client, openDesk } from "#test/desks/test-desk.ts"
import { mergeContacts } from "#intake/index.ts"
import { ticketRoutes } from "../routes.ts"

const desk = await openDesk((app, kit) => ticketRoutes(app, kit))
const { root, ana, source } = await castOf(desk)

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
