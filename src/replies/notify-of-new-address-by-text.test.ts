// A contact known by a phone is notified there of an address that staff put on them, while it may be written to.
import assert from "node:assert/strict"
import { test } from "node:test"
import { contactJobs, contactRoutes } from "#contacts/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { openSending } from "#test/desks/sending-desk.ts"
import { replyJobs } from "./all-reply-jobs.ts"

const { desk, ana, graph, work, customer, connect } = await openSending(contactRoutes, ticketRoutes)
const job = replyJobs(desk, "").find(({ name }) => name === "text-new-address")!
const hours = (n: number) => n * 3_600_000
const rows = async (sql: string, ...values: unknown[]) => (await desk.db.pool.query(sql, values)).rows

/** Staff write it beside the contact's others. */
async function puts(contactId: string, value: string) {
  const known = await rows("select kind, value from contact_identities where contact_id = $1", contactId)
  const kind = value.includes("@") ? "email" : "phone"
  const { status } = await ana.call("PATCH", `/contacts/${contactId}`, { identities: [...known, { kind, value }] })
  assert.equal(status, 200)
  return newestOf(contactId)
}

/** The event that tells of the contact's newest address. */
async function newestOf(contactId: string) {
  const [event] = await rows(
    "select id from events where kind = 'contact.identified' and subject_id = $1 order by id desc limit 1",
    contactId,
  )
  return { eventId: event.id as number, depth: 0, ticketId: null, subjectId: contactId }
}

/** As the dispatcher does it, and once more: a job may be done again. */
async function react(payload: Record<string, unknown>) {
  const wanted = await desk.db.kysely.transaction().execute((tx) => job.worthwhile!(tx, [payload]))
  for (const one of [...wanted, ...wanted]) await job.run(one)
  await work()
  return wanted.length
}
const texts = () => graph.accepted.map(({ body, to }) => [to, (body["text"] as { body: string } | undefined)?.body])

async function somebody() {
  const { phone, ticketId } = await customer(await connect())
  const [{ contact_id: contactId }] = await rows("select contact_id from tickets where id = $1", ticketId)
  return { phone, ticketId, contactId: contactId as string }
}

test("a phone that its holder proved is notified of a new address, masked, once, and as nobody's words", async () => {
  const { phone, ticketId, contactId } = await somebody()
  const of =
    "select status, assignee_id, unread_messages, updated_at, first_response_at, version from tickets where id = $1"
  const before = await rows(of, ticketId)
  desk.clock.pass(hours(1))
  assert.equal(await react(await puts(contactId, "nueva@otra.example")), 1)
  const [[to, text] = [], ...more] = texts()
  assert.deepEqual([to, more], [phone.slice(1), []])
  assert.match(text!, /n…@o….example/)
  assert.doesNotMatch(text!, /nueva|otra/)
  assert.deepEqual(await rows(of, ticketId), before, "it answers nothing and touches nothing")
  const [said] = await rows(
    "select sender_kind, is_internal from messages where ticket_id = $1 order by position desc",
    ticketId,
  )
  assert.deepEqual(said, { sender_kind: "bot", is_internal: false })
})

test("once, also where they have written on another ticket before the job is done again", async () => {
  const [there, here] = [await connect(), await connect()]
  const { phone, ticketId } = await customer(here)
  const [{ contact_id: contactId }] = await rows("select contact_id from tickets where id = $1", ticketId)
  const payload = await puts(contactId, "otra@otra.example")
  assert.equal(await react(payload), 1)
  desk.clock.pass(1000)
  assert.notEqual((await there.says(phone, { as: "phone" })).ticket!.id, ticketId)
  await react(payload)
  assert.equal(texts().length, 1)
})

test("not once the window is closed: no template of the desk's says that", async () => {
  const { contactId } = await somebody()
  desk.clock.pass(hours(24) + 1)
  await react(await puts(contactId, "tarde@otra.example"))
  assert.deepEqual(texts(), [])
})

test("nor where an e-mail of theirs is mailed, nor to a phone that staff only typed, nor of what its holder proved", async () => {
  const mailed = await somebody()
  await desk.db.pool.query(
    `insert into contact_identities (id, contact_id, kind, scope, value, proof, confirmed_for, created_at)
      values ('idn_mailed', $1, 'email', '', 'suya@example.com', 'link', $1, now())`,
    [mailed.contactId],
  )
  assert.equal(await react(await puts(mailed.contactId, "nueva2@otra.example")), 0)
  const typed = await somebody()
  await desk.db.pool.query("update contact_identities set proof = 'staff' where contact_id = $1", [typed.contactId])
  assert.equal(await react(await puts(typed.contactId, "nueva3@otra.example")), 0)
  const own = await somebody()
  const payload = await puts(own.contactId, "+573005558899")
  await desk.db.pool.query(
    "update contact_identities set confirmed_for = null where contact_id = $1 and value <> '+573005558899'",
    [own.contactId],
  )
  assert.equal(await react(payload), 0)
  assert.deepEqual(texts(), [])
})

test("nor of an e-mail that staff noted with a ticket alone, at a phone or by mail: it is not the contact's", async () => {
  const { contactId, ticketId } = await somebody()
  const opened = { subject: "Caja", conversationId: ticketId, contact: { email: "noted@otra.example" } }
  assert.equal((await ana.call("POST", "/tickets", opened)).status, 201)
  const payload = await newestOf(contactId)
  assert.equal(await react(payload), 0)
  assert.deepEqual(texts(), [])
  await desk.db.pool.query(
    `insert into contact_identities (id, contact_id, kind, scope, value, proof, confirmed_for, created_at)
      values ('idn_proved', $1, 'email', '', 'suya2@example.com', 'link', $1, now())`,
    [contactId],
  )
  const [byMail] = contactJobs(desk, "")
  const wanted = (one: Record<string, unknown>) =>
    desk.db.kysely.transaction().execute((tx) => byMail!.worthwhile!(tx, [one]))
  assert.deepEqual(await wanted(payload), [])
  assert.equal((await wanted(await puts(contactId, "nueva4@otra.example"))).length, 1)
})
