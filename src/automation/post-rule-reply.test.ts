// A rule's saved reply goes where automatic texts may go, by the ticket's own channel or by mail, and says why not elsewhere.
import assert from "node:assert/strict"
import { test } from "node:test"
import { recordCustomerEmails } from "#notifications/record-and-send-customer-emails.ts"
import { sequenceAll } from "#event-log/index.ts"
import { identityOf } from "#contacts/index.ts"
import { lockTicket, openTicketFromChat, ticketRoutes } from "#tickets/index.ts"
import { acting } from "#test/desks/test-desk.ts"
import { openSending } from "#test/desks/sending-desk.ts"
import { postRuleReply } from "./post-rule-reply.ts"

const { desk, ana, graph, work, connect, customer } = await openSending((app, kit) => ticketRoutes(app, kit))
const rows = async (sql: string, ...values: unknown[]) => (await desk.db.pool.query(sql, values)).rows
const post = (ticketId: string, text = "Recibimos su mensaje", ruleId = "aut_1") =>
  acting(desk, async (act) => postRuleReply(act, await lockTicket(act, ticketId), { ruleId, text }))

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

test("no more than ten times an hour, or a rule that also closes would answer another machine for ever", async () => {
  const { ticketId } = await customer(await connect())
  const cycle = (nth: number) => post(ticketId, "Cerrado", `aut_c${nth}`)
  for (let nth = 0; nth < 10; nth++) assert.equal(await cycle(nth), null)
  assert.equal(await cycle(10), "too_often")
  desk.clock.pass(61 * 60_000)
  assert.equal(await cycle(10), null)
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
  const typed = (visitorId: string) => {
    const identity = identityOf(visitorId, { kind: "visitor", scope: "con_chat" })!
    const said = { subject: "Hola", text: "Hola", email: "ajena@example.com", files: { ids: [], by: { visitorId } } }
    return acting(desk, (act) => openTicketFromChat(act, { identity, connectionId: "con_chat" }, said))
  }
  const [first, second] = [await typed("vst_1"), await typed("vst_2")]
  assert.deepEqual([await post(first.id), await post(second.id)], [null, "too_often"])
  desk.clock.pass(61 * 60_000)
  assert.equal(await post(second.id), null)
})
