// Webhooks that are easily taken for something else.
import assert from "node:assert/strict"
import { test } from "node:test"
import { newId } from "#kernel/ids.ts"
import { openDesk } from "#test/desks/test-desk.ts"
import { webhook } from "#test/fakes/graph-api.ts"
import { from, openNumber, processWebhooks } from "#test/desks/whatsapp-number.ts"
import { webhookRoutes } from "./webhook-routes.ts"

const desk = await openDesk((app, kit) => webhookRoutes(app, kit))
const rows = async (sql: string, ...values: unknown[]) => (await desk.db.pool.query(sql, values)).rows
const ana = { phone: "573001230001", bsuid: "CO.150257" }
const now = () => String(Math.floor(desk.clock.now.getTime() / 1000))

test("a message that WhatsApp cannot pass on is a message all the same: it opens a ticket, and the window", async () => {
  const number = await openNumber(desk)
  const errors = [{ code: 131051, title: "Message type unknown" }]
  await number.hears(from(ana, { type: "unsupported", errors, timestamp: now() }))
  await processWebhooks(desk)
  const found = await rows(
    `select t.status, t.unread_messages as unread, m.kind, m.content, m.direction from tickets t
     join messages m on m.ticket_id = t.id where t.connection_id = $1`,
    number.id,
  )
  const content = "Un mensaje de un tipo que WhatsApp no transmite"
  assert.deepEqual(found, [{ status: "pending", unread: 1, kind: "message", direction: "in", content }])
})

test("what happens to a group is answered and makes no ticket", async () => {
  const number = await openNumber(desk)
  const fields = ["lifecycle", "participants", "settings", "status"].map((what) => `group_${what}_update`)
  for (const field of fields) {
    const body = webhook({ groups: [{ group_id: "G1", type: field, timestamp: now() }] })
    body.entry[0]!.changes[0]!.field = field
    assert.equal(await number.post(body), 200, field)
  }
  await processWebhooks(desk)
  assert.deepEqual(await rows("select id from tickets where connection_id = $1", number.id), [])
  const left = await rows("select id from webhook_deliveries where connection_id = $1 and state <> 'done'", number.id)
  assert.deepEqual(left, [])
})

test("reports, of messages that we know and of others, make no ticket and no contact", async () => {
  const number = await openNumber(desk)
  const before = await rows("select count(*) as n from contacts")
  for (const status of ["sent", "delivered", "read", "failed", "played"]) {
    const report = { id: newId("wamid"), status, timestamp: now(), recipient_id: "573009998877" }
    await number.hears({ statuses: [{ ...report, errors: [{ code: 131026 }] }] })
  }
  await processWebhooks(desk)
  assert.deepEqual(await rows("select id from tickets where connection_id = $1", number.id), [])
  assert.deepEqual(await rows("select count(*) as n from contacts"), before)
})
