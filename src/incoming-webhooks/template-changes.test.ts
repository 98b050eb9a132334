// What Meta reports of templates by webhook counts from then on, on the connections of that account and no others.
import assert from "node:assert/strict"
import { test } from "node:test"
import { signed } from "#test/fakes/graph-api.ts"
import { openDesk } from "#test/desks/test-desk.ts"
import { openNumber, processWebhooks } from "#test/desks/whatsapp-number.ts"
import { webhookRoutes } from "./webhook-routes.ts"

const desk = await openDesk((app, kit) => webhookRoutes(app, kit))
const mine = await openNumber(desk, { phoneNumberId: "100000001", wabaId: "700001" })
const sister = await openNumber(desk, { phoneNumberId: "100000002", wabaId: "700001" })
const stranger = await openNumber(desk, { phoneNumberId: "100000003", wabaId: "700001", appSecret: "another secret" })
const other = await openNumber(desk, { phoneNumberId: "100000004", wabaId: "700002" })

for (const { id } of [mine, sister, stranger, other])
  await desk.db.pool.query(
    `insert into templates (connection_id, name, language, category, status, synced_at)
    values ($1, 'promo', 'es', 'UTILITY', 'APPROVED', now())`,
    [id],
  )

const tell = async (field: string, value: object, waba = "700001") => {
  const body = { object: "whatsapp_business_account", entry: [{ id: waba, changes: [{ field, value }] }] }
  const { payload, headers } = signed(body)
  assert.equal((await desk.app.inject({ method: "POST", url: mine.address, payload, headers })).statusCode, 200)
  await processWebhooks(desk)
}
const named = { message_template_name: "promo", message_template_language: "es" }
const states = async () => {
  const { rows } = await desk.db.pool.query("select connection_id, status || ' ' || category as is from templates")
  const of = new Map(rows.map((row) => [row.connection_id, row.is]))
  return [mine, sister, stranger, other].map(({ id }) => of.get(id))
}

test("a template that is paused, approved again or moved to another category is so at once", async () => {
  const [approved, paused] = ["APPROVED UTILITY", "PAUSED UTILITY"]
  await tell("message_template_status_update", { ...named, event: "PAUSED", reason: "NONE" })
  assert.deepEqual(await states(), [paused, paused, approved, approved], "of this account, where its secret is known")
  await tell("message_template_status_update", { ...named, event: "FLAGGED" })
  assert.deepEqual(await states(), [paused, paused, approved, approved])
  await tell("message_template_status_update", { ...named, event: "REINSTATED" })
  assert.deepEqual(await states(), [approved, approved, approved, approved])
  await tell("template_category_update", { ...named, previous_category: "UTILITY", new_category: "MARKETING" })
  assert.deepEqual(await states(), ["APPROVED MARKETING", "APPROVED MARKETING", approved, approved])
})

test("a template that nobody fetched yet changes nothing, and keeps nothing back", async () => {
  await tell("message_template_status_update", { ...named, message_template_name: "nueva", event: "APPROVED" })
  const { rows } = await desk.db.pool.query("select count(*) as n from webhook_deliveries where state <> 'done'")
  assert.equal(Number(rows[0].n), 0)
})
