import assert from "node:assert/strict"
import { test } from "node:test"
import { acting, openDesk } from "#test/desks/test-desk.ts"
import { from, openNumber, processWebhooks, text } from "#test/desks/whatsapp-number.ts"
import { processDeliveries, webhookRoutes } from "#incoming-webhooks/index.ts"
import { mergeContacts } from "./merge-contacts.ts"

const desk = await openDesk((app, kit) => webhookRoutes(app, kit))
const number = await openNumber(desk)
let last = 0
const newPhone = () => `57301700${String(++last).padStart(4, "0")}`

test("batches that open threads and merges of the people in them never wait for each other in a circle", async () => {
  for (let round = 0; round < 12; round++) {
    const [a, b] = [newPhone(), newPhone()]
    await number.hears(from({ phone: a }, text("uno", desk.now())), from({ phone: b }, text("dos", desk.now())))
    await processWebhooks(desk)
    const { rows } = await desk.db.pool.query(
      "select contact_id from contact_identities where value = any($1) order by value",
      [[`+${a}`, `+${b}`]],
    )
    const ids = rows.map((row) => row.contact_id as string)
    // One of them has no thread any more, as after a change of the connection: their next words begin one.
    await desk.db.pool.query("update tickets set thread_key = null, status = 'closed' where contact_id = $1", [ids[1]])
    await number.hears(from({ phone: a }, text("tres", desk.now())), from({ phone: b }, text("cuatro", desk.now())))
    const merging = acting(desk, (act) => mergeContacts(act, ids[1]!, ids[0]!, { isOnePerson: true }))
    const [merged] = await Promise.allSettled([merging, processDeliveries(desk)])
    assert.equal(merged.status, "fulfilled")
    await processWebhooks(desk)
    const active = await desk.db.pool.query("select from tickets where contact_id = any($1) and active", [ids])
    assert.equal(active.rowCount, 1)
  }
})
