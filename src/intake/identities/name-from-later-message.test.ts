import assert from "node:assert/strict"
import { test } from "node:test"
import { openDesk } from "#test/desks/test-desk.ts"
import { from, openNumber, processWebhooks, text } from "#test/desks/whatsapp-number.ts"
import { webhookRoutes } from "#incoming-webhooks/index.ts"

const desk = await openDesk((app, kit) => webhookRoutes(app, kit))
const number = await openNumber(desk)

async function nameOf(phone: string): Promise<string> {
  const { rows } = await desk.db.pool.query(
    "select c.name from contacts c join contact_identities i on i.contact_id = c.id where i.value = $1",
    [`+${phone}`],
  )
  return rows[0].name
}

test("who came without a name is called by the name of a later message, alone or in a batch", async () => {
  for (const many of [1, 3]) {
    const phone = `57301700000${many}`
    await number.hears(from({ phone, name: "" }, text("hola", desk.now())))
    await processWebhooks(desk)
    assert.equal(await nameOf(phone), "")
    const said = ["uno", "dos", "tres"].slice(0, many)
    await number.hears(...said.map((body) => from({ phone, name: "Luz" }, text(body, desk.now()))))
    await processWebhooks(desk)
    assert.equal(await nameOf(phone), "Luz")
  }
})
