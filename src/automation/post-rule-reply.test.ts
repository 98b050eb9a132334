// A rule's saved reply goes where automatic texts may go, by the ticket's own channel or by mail, and says why not elsewhere.
import assert from "node:assert/strict"
import { test } from "node:test"
import { recordCustomerEmails } from "#notifications/record-and-send-customer-emails.ts"
import { sequenceAll } from "#event-log/index.ts"
import { lockTicket, ticketRoutes } from "#tickets/index.ts"
import { acting } from "#test/desks/test-desk.ts"
import { openSending } from "#test/desks/sending-desk.ts"
import { postRuleReply } from "./post-rule-reply.ts"

const { desk, ana, graph, work, connect, customer } = await openSending((app, kit) => ticketRoutes(app, kit))
const rows = async (sql: string, ...values: unknown[]) => (await desk.db.pool.query(sql, values)).rows
const post = (ticketId: string, text = "Recibimos su mensaje") =>
  acting(desk, async (act) => postRuleReply(act, await lockTicket(act, ticketId), { ruleId: "aut_1", text }))

test("on WhatsApp only while the customer's own message keeps the window open, and to nobody who wants none", async () => {
  const source = await connect()
  const [inTime, late, opted, closed] = [
    await customer(source),
    await customer(source),
    await customer(source),
    await customer(source),
  ]
  assert.equal(await post(inTime.ticketId), null)
  await work()
  assert.deepEqual(
    graph.accepted.map(({ body }) => (body["text"] as { body: string }).body),
    ["Recibimos su mensaje"],
  )
  assert.equal(await post(late.ticketId, "x".repeat(5_000)), "content_too_long")
  await rows(
    `update contact_identities set wants_marketing = false, marketing_said_at = now(), marketing_said_by = 'word'
      where contact_id = (select contact_id from tickets where id = $1)`,
    opted.ticketId,
  )
  assert.equal(await post(opted.ticketId), "opted_out")
  await ana.call("PATCH", `/connections/${source.id}`, { enabled: false })
  assert.equal(await post(closed.ticketId), "unreachable")
  await ana.call("PATCH", `/connections/${source.id}`, { enabled: true })
  await rows("update tickets set status = 'closed' where id = $1", closed.ticketId)
  assert.equal(await post(closed.ticketId), "ended")
  desk.clock.pass(25 * 3_600_000)
  assert.equal(await post(late.ticketId), "window_closed")
})

test("of a ticket without a conversation by mail, where its customer has an address", async () => {
  const opened = async (contact: object) => {
    const { status, body } = await ana.call("POST", "/tickets", { subject: "Factura", contact })
    assert.equal(status, 201, JSON.stringify(body))
    return { id: String(body["id"]) }
  }
  const known = await opened({ name: "Eva", email: "eva@example.com" })
  const unknown = await opened({ name: "Iván", phone: "+573001119999" })
  assert.deepEqual([await post(known.id), await post(unknown.id)], [null, "unreachable"])
  await sequenceAll(desk.db)
  while (await recordCustomerEmails(desk));
  assert.deepEqual(await rows("select ticket_id from customer_emails"), [{ ticket_id: known.id }])
})
