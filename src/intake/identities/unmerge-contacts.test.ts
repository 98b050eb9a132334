// Undoing a merge of contacts.
import assert from "node:assert/strict"
import { test } from "node:test"
import { contactRoutes } from "#contacts/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { castOf } from "#test/desk-users.ts"
import { type Answer, type Client, openDesk } from "#test/desks/test-desk.ts"
import { openMessageSource, storedTicket } from "#test/desks/message-source.ts"
import { messageRoutes } from "#channels/api/entry-points/message-routes.ts"
import { contactMergeRoutes } from "./contact-merge-routes.ts"

const desk = await openDesk((app, kit) => {
  contactRoutes(app, kit)
  messageRoutes(app, kit)
  contactMergeRoutes(app, kit)
  ticketRoutes(app, kit)
})
const { root, sol, ana, bruno, carla, ours, source } = await castOf(desk)
const second = await openMessageSource(desk, { teamIds: [ours] })
const day = 86_400_000

const ok = (answer: Answer) => {
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const refusal = ({ status, body }: Answer) => [status, body["code"]]
const merge = async (from: string, into: string, who: Client = sol) =>
  ok(await who.call("POST", `/contacts/${from}/merge`, { into }))
const undo = (id: string, who: Client = sol) => who.call("DELETE", `/contacts/${id}/merge`)
let people = 0
async function person(name = "", at = source) {
  desk.clock.pass(1_000)
  const phone = `+57300444${String(1000 + people++)}`
  const { ticket } = await at.says(phone, { name })
  return { phone, id: ticket!.contact!.id, ticketId: ticket!.id }
}
type ContactState = { id: string; name: string; tier: string | null; customFields: object; mergedInto: string | null }
const contact = async (id: string) =>
  ok(await root.call("GET", `/contacts/${id}`)) as ContactState & {
    identities: { value: string; isConfirmed: boolean }[]
  }
const addressesOf = async (id: string) => (await contact(id)).identities.map(({ value }) => value)

test("only who may merge the two undoes it: nobody else, no stranger, and not what is out of sight", async () => {
  const [a, b] = [await person(), await person()]
  await merge(a.id, b.id)
  const url = `/api/v1/contacts/${a.id}/merge`
  assert.equal((await desk.app.inject({ method: "DELETE", url })).statusCode, 401)
  assert.deepEqual(refusal(await undo(a.id, carla)), [403, "forbidden"])
  assert.deepEqual(refusal(await undo(a.id, bruno)), [404, "not_found"])
  ok(await undo(a.id, ana))
  assert.deepEqual(refusal(await undo(a.id)), [409, "not_merged"])
})

test("each has its own addresses, tickets, thread and words again, and the next message goes to its own", async () => {
  const [a, b] = [await person("Ana Gil"), await person()]
  const other = (await second.says(a.phone)).ticket!
  ok(await root.call("PATCH", `/contacts/${a.id}`, { tier: "oro" }))
  const shape = async () =>
    Promise.all(
      [a.ticketId, b.ticketId, other.id].map(async (id) => {
        const { version: _v, updatedAt: _u, ...rest } = await storedTicket(desk, id)
        return rest
      }),
    )
  const before = await shape()
  await merge(a.id, b.id)
  assert.deepEqual([(await contact(b.id)).name, (await contact(b.id)).tier], ["Ana Gil", "oro"])
  const back = ok(await undo(a.id)) as ContactState
  assert.deepEqual([back.id, back.mergedInto, back.name, back.tier], [a.id, null, "Ana Gil", "oro"])
  assert.deepEqual([(await contact(b.id)).name, (await contact(b.id)).tier], ["", null])
  assert.deepEqual([await addressesOf(a.id), await addressesOf(b.id)], [[a.phone], [b.phone]])
  assert.deepEqual((await contact(a.id)).identities[0]!.isConfirmed, true)
  assert.deepEqual(await shape(), before)
  assert.deepEqual(
    [
      (await source.says(a.phone)).ticket!.id,
      (await source.says(b.phone)).ticket!.id,
      (await second.says(a.phone)).ticket!.id,
    ],
    [a.ticketId, b.ticketId, other.id],
  )
  const { rows } = await desk.db.pool.query(
    "select 1 from events where kind = 'contact.merge_undone' and subject_id = $1",
    [a.id],
  )
  assert.equal(rows.length, 1)
})

test("a thread that staff had led to another ticket leads there again, whichever thread released it", async () => {
  for (const isSource of [true, false]) {
    const [led, other] = [await person(), await person()]
    const made = await ana.call("POST", "/tickets", { subject: "Factura", contact: { phone: led.phone } })
    const into = String(made.body["id"])
    ok(await root.call("POST", `/tickets/${led.ticketId}/merge`, { into }))
    const before = await storedTicket(desk, led.ticketId)
    const [from, to] = isSource ? [led, other] : [other, led]
    await merge(from.id, to.id)
    ok(await undo(from.id))
    const { threadKey, mergedInto } = await storedTicket(desk, led.ticketId)
    assert.deepEqual([threadKey, mergedInto], [before.threadKey, into])
    assert.equal((await source.says(led.phone)).ticket!.id, into)
    assert.equal((await source.says(other.phone)).ticket!.id, other.ticketId)
  }
})

test("so it does where the other ticket is the other contact's own, and came back while the two were one", async () => {
  for (const isDirect of [true, false]) {
    const [led, between, other] = [await person(), await person(), await person()]
    const way = [led.ticketId, ...(isDirect ? [] : [between.ticketId]), other.ticketId]
    for (const [n, into] of way.slice(1).entries())
      ok(await root.call("POST", `/tickets/${way[n]}/merge`, { into, override: "una familia" }))
    ok(await root.call("PUT", `/tickets/${other.ticketId}/status`, { status: "closed" }))
    await merge(led.id, other.id)
    assert.equal((await source.says(led.phone)).ticket!.id, other.ticketId)
    ok(await undo(led.id))
    assert.equal((await source.says(led.phone)).ticket!.id, other.ticketId)
  }
})

test("a thread that has another conversation by then keeps that", async () => {
  const [led, other] = [await person(), await person()]
  const made = await ana.call("POST", "/tickets", { subject: "Factura", contact: { phone: led.phone } })
  const into = String(made.body["id"])
  ok(await root.call("POST", `/tickets/${led.ticketId}/merge`, { into }))
  // With that one over, the thread leads to the other's conversation.
  ok(await root.call("PUT", `/tickets/${into}/status`, { status: "closed", resolution: "hecho" }))
  await merge(other.id, led.id)
  assert.equal((await source.says(led.phone)).ticket!.id, other.ticketId)
  ok(await root.call("PUT", `/tickets/${other.ticketId}/status`, { status: "closed" }))
  desk.clock.pass(day)
  const { id: fresh } = (await source.says(led.phone)).ticket!
  assert.ok(![led.ticketId, other.ticketId, into].includes(fresh))
  ok(await undo(other.id))
  assert.equal((await storedTicket(desk, led.ticketId)).threadKey, null)
  assert.equal((await source.says(led.phone)).ticket!.id, fresh)
})

test("what was said and opened since stays: words on their ticket, a new ticket with whom it was opened for", async () => {
  const [a, b] = [await person(), await person("", second)]
  await merge(a.id, b.id)
  const later = (await source.says(b.phone)).message!
  const third = await openMessageSource(desk, { teamIds: [ours] })
  const fresh = (await third.says(a.phone)).ticket!
  ok(await undo(a.id))
  const { rows } = await desk.db.pool.query("select ticket_id from messages where id = $1", [later.id])
  assert.equal(rows[0].ticket_id, a.ticketId)
  assert.deepEqual(
    [(await storedTicket(desk, a.ticketId)).contactId, (await storedTicket(desk, fresh.id)).contactId],
    [a.id, b.id],
  )
})

test("a name that was changed since stays, and what was taken away does not come back", async () => {
  const [a, b] = [await person("Ana Gil"), await person()]
  await merge(a.id, b.id)
  const identities = [{ kind: "phone", value: b.phone }]
  ok(await root.call("PATCH", `/contacts/${b.id}`, { name: "Berta", identities }))
  ok(await undo(a.id))
  assert.deepEqual([(await contact(b.id)).name, await addressesOf(a.id)], ["Berta", []])
})

test("chains come apart in any order", async () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ] as const) {
    const all = [await person(), await person(), await person()] as const
    await merge(all[0].id, all[1].id)
    await merge(all[1].id, all[2].id)
    assert.equal((await contact(all[0].id)).id, all[2].id)
    for (const i of order) ok(await undo(all[i].id))
    for (const { id, phone, ticketId } of all) {
      assert.deepEqual(await addressesOf(id), [phone])
      assert.equal((await storedTicket(desk, ticketId)).contactId, id)
    }
  }
})

test("it can be undone for 30 days, to the instant, and not what was merged before that was possible", async () => {
  const [a, b, c] = [await person(), await person(), await person()]
  await merge(a.id, c.id)
  await merge(b.id, c.id)
  desk.clock.pass(30 * day)
  ok(await undo(a.id))
  desk.clock.pass(1)
  assert.deepEqual(refusal(await undo(b.id)), [409, "too_late"])
  await merge(a.id, c.id)
  await desk.db.pool.query("update contact_merges set is_undoable = false where source_id = $1", [a.id])
  assert.deepEqual(refusal(await undo(a.id)), [409, "too_late"])
})
