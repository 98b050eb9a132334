// What one person does stands in one order, whatever of it a batch could write at once.
import assert from "node:assert/strict"
import { test } from "node:test"
import { openDesk } from "#test/desks/test-desk.ts"
import { changedNumber, from, openNumber, processWebhooks, text } from "#test/desks/whatsapp-number.ts"
import { webhookRoutes } from "./webhook-routes.ts"

const desk = await openDesk((app, kit) => webhookRoutes(app, kit))
const rows = async (sql: string, ...values: unknown[]) => (await desk.db.pool.query(sql, values)).rows
let people = 0
const newPhone = () => `5730033${String(++people).padStart(5, "0")}`

for (const apart of [false, true])
  test(`a message that follows a changed number ${apart ? "in another webhook" : "in its webhook"} joins the ticket of before`, async () => {
    const number = await openNumber(desk)
    const [before, after] = [newPhone(), newPhone()]
    await number.hears(from({ phone: before }, text("hola", desk.now())))
    await processWebhooks(desk)
    const values = [
      changedNumber(before, after),
      from({ phone: after }, text("tengo otro número", desk.now())),
      from({ phone: after }, text("¿siguen ahí?", desk.now())),
    ]
    for (const some of apart ? values.map((value) => [value]) : [values]) await number.hears(...some)
    await processWebhooks(desk)
    assert.deepEqual(await rows("select status, message_count as n from tickets where connection_id = $1", number.id), [
      { status: "pending", n: 3 },
    ])
  })
