// Where replies go, what hangs on an address, and what becomes of words from and to people who cannot be spoken with.
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { identityOf, contactRoutes } from "#contacts/index.ts"
import { mergeContacts } from "#intake/index.ts"
import { changeIdentity } from "#intake/identities/join-and-change-identities.ts"
import { acting, member } from "#test/desks/test-desk.ts"
import type { MessageSource } from "#test/desks/message-source.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { openSending } from "#test/desks/sending-desk.ts"

const sending = await openSending(ticketRoutes, contactRoutes)
const { desk, ana, graph, work } = sending
const carla = await member(desk, { email: "carla@example.com", name: "Carla", role: "user" })
let whatsapp: MessageSource
let last = 0
beforeEach(async () => {
  whatsapp = await sending.connect()
})

const hour = 3_600_000
const newPhone = () => `+57300900${String(++last).padStart(4, "0")}`
const says = async (who: string, more: object = {}) => {
  desk.clock.pass(1_000)
  return (await whatsapp.says(who, { as: "phone", ...more })).ticket!
}
const write = (id: string, content = "hola") => ana.call("POST", `/tickets/${id}/messages`, { content })
const sentTo = async () => {
  await work()
  return graph.accepted.at(-1)!.to
}

/** Somebody with two numbers, of whom the first is the older one. */
async function twoNumbers() {
  const [older, newer] = [newPhone(), newPhone()]
  const [a, b] = [await says(older), await says(newer)]
  await acting(desk, (act) => mergeContacts(act, b.contact!.id, a.contact!.id, { isOnePerson: true }))
  return { older, newer, id: a.id }
}

test("a reply goes to the number that wrote last, and not to the one that was known first", async () => {
  const { older, newer, id } = await twoNumbers()
  await says(newer)
  assert.equal((await write(id)).status, 201)
  assert.equal(`+${await sentTo()}`, newer)
  await says(older)
  await write(id)
  assert.equal(`+${await sentTo()}`, older)
})

test("a reply goes to the number as WhatsApp writes it", async () => {
  const { id } = await says("+5215512345678", { address: "5215512345678" })
  await write(id)
  assert.equal(await sentTo(), "5215512345678")
})

test("after a change of number replies go to the new one, in its own window, until the old one writes again", async () => {
  const [before, after] = [newPhone(), newPhone()]
  const { id } = await says(before)
  const identity = (value: string) => identityOf(value, { kind: "phone", scope: "" })!
  desk.clock.pass(1_000)
  await acting(desk, (act) => changeIdentity(act, identity(before), identity(after)))
  const window = await ana.call("GET", `/tickets/${id}/reply-window`)
  assert.deepEqual([window.body["mode"], window.body["reason"]], ["template", "window_closed"])
  await says(after)
  await write(id)
  assert.equal(`+${await sentTo()}`, after)
  await says(before)
  await write(id)
  assert.equal(`+${await sentTo()}`, before)
})

test("what WhatsApp refuses of one number says nothing of the person's other one", async () => {
  const { older, newer, id } = await twoNumbers()
  await says(older)
  graph.script = [{ does: "refuse", status: 400, code: 131026 }]
  await write(id)
  await work()
  assert.equal((await write(id)).body["code"], "undeliverable")
  await says(newer)
  assert.equal((await write(id)).status, 201)
})

test("a number that was taken away is not written to, and its words stay", async () => {
  const { older, newer, id } = await twoNumbers()
  await says(newer)
  await desk.db.pool.query("delete from contact_identities where value = $1", [newer])
  await write(id)
  assert.equal(`+${await sentTo()}`, older)
  const { body } = await ana.call("GET", `/tickets/${id}/messages`)
  assert.equal((body["items"] as unknown[]).length, 4)
  const { rows } = await desk.db.pool.query("select id from messages where address = $1", [newer])
  assert.deepEqual(rows, [], "and the number with it is nowhere any more")
})

test("of somebody blocked everything is kept, and nothing opens, wakes, counts or goes out", async () => {
  const who = newPhone()
  const first = await says(who)
  await ana.call("POST", `/tickets/${first.id}/read`, {})
  const block = (blocked: boolean) => ana.call("PATCH", `/contacts/${first.contact!.id}`, { blocked })
  assert.equal((await block(true)).status, 200)
  const options = async (id: string) => {
    const { body } = await ana.call("GET", `/tickets/${id}`)
    return [body["status"], body["unreadMessages"], body["messageCount"], body["updatedAt"]]
  }
  const [status, , , updatedAt] = await options(first.id)
  assert.equal((await says(who, { text: "otra vez" })).id, first.id)
  assert.deepEqual(await options(first.id), [status, 0, 2, updatedAt])
  assert.deepEqual([(await write(first.id)).status, (await write(first.id)).body["code"]], [409, "contact_blocked"])
  const window = await ana.call("GET", `/tickets/${first.id}/reply-window`)
  assert.deepEqual([window.body["mode"], window.body["reason"]], ["none", "contact_blocked"])
  await ana.call("PUT", `/tickets/${first.id}/status`, { status: "closed" })
  const [closed, , , closedAt] = await options(first.id)
  desk.clock.pass(hour)
  const [one, two] = await Promise.all([says(who), says(who)])
  assert.deepEqual([one.id, two.id, closed], [first.id, first.id, "closed"])
  assert.deepEqual(await options(first.id), ["closed", 0, 4, closedAt])
  await block(false)
  assert.deepEqual(await options(first.id), ["closed", 0, 4, closedAt])
  assert.equal((await says(who)).unreadMessages, 1)
})

test("somebody blocked who has no ticket gets a closed one, and a group goes on without them", async () => {
  const [who, other, group] = [newPhone(), newPhone(), `group-${++last}`]
  const elsewhere = await says(other, { group })
  const { body } = await ana.call("POST", "/contacts", { name: "X", identities: [{ kind: "phone", value: who }] })
  await ana.call("PATCH", `/contacts/${String(body["id"])}`, { blocked: true })
  const kept = await says(who)
  assert.deepEqual([kept.status, kept.unreadMessages, kept.messageCount], ["closed", 0, 1])
  assert.equal((await says(who)).id, kept.id)
  assert.equal((await says(who, { group })).unreadMessages, elsewhere.unreadMessages)
  const { rows } = await desk.db.pool.query("select kind from events where ticket_id = $1 order by id", [kept.id])
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    ["ticket.created", "message.attached", "message.attached"],
  )
})

test("a blocked customer writes on and opens tickets of which nobody is notified", async () => {
  const opened = await carla.call("POST", "/tickets", { subject: "Uno", description: "hola" })
  const id = String(opened.body["id"])
  const contactId = (opened.body["contact"] as { id: string }).id
  await ana.call("PUT", `/tickets/${id}/status`, { status: "resolved" })
  await ana.call("POST", `/tickets/${id}/read`, {})
  await ana.call("PATCH", `/contacts/${contactId}`, { blocked: true })
  assert.equal((await carla.call("POST", `/tickets/${id}/messages`, { content: "¿y?" })).status, 201)
  await carla.call("PUT", `/tickets/${id}/status`, { status: "open" })
  const { body } = await ana.call("GET", `/tickets/${id}`)
  assert.deepEqual([body["status"], body["unreadMessages"], body["messageCount"]], ["resolved", 0, 2])
  const more = await carla.call("POST", "/tickets", { subject: "Dos", description: "hola" })
  const shown = await ana.call("GET", `/tickets/${String(more.body["id"])}`)
  assert.deepEqual([shown.body["status"], shown.body["unreadMessages"]], ["closed", 0])
  await ana.call("PATCH", `/contacts/${contactId}`, { blocked: false })
})

test("a reply to somebody whom nothing reaches is kept as that, and answers nobody", async () => {
  const made = await ana.call("POST", "/tickets", { subject: "Llamó", contact: { name: "Rosa", phone: newPhone() } })
  const id = String(made.body["id"])
  const window = await ana.call("GET", `/tickets/${id}/reply-window`)
  assert.deepEqual([window.body["mode"], window.body["reason"]], ["text", "unreachable"])
  const { body } = await write(id)
  assert.deepEqual(body["delivery"], { state: "unreachable", canRetry: false })
  const shown = async () => (await ana.call("GET", `/tickets/${id}`)).body["firstResponseAt"]
  assert.equal(await shown(), null)
  const contactId = (made.body["contact"] as { id: string }).id
  await ana.call("PATCH", `/contacts/${contactId}`, {
    identities: [{ kind: "email", value: `rosa${last}@example.com` }],
  })
  assert.deepEqual((await write(id)).body["delivery"], { state: "sent", canRetry: false })
  assert.notEqual(await shown(), null)
})
