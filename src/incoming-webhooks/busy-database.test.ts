// Somebody's forgotten transaction may hold a ticket for longer than anybody waits for it: nothing is wrong with what comes.
import assert from "node:assert/strict"
import { test } from "node:test"
import { openDesk } from "#test/desks/test-desk.ts"
import { from, openNumber, processWebhooks, text } from "#test/desks/whatsapp-number.ts"
import { webhookRoutes } from "./webhook-routes.ts"

const desk = await openDesk((app, kit) => webhookRoutes(app, kit))
const rows = async (sql: string, ...values: unknown[]) => (await desk.db.pool.query(sql, values)).rows

test("a message that waits for too long, however often, is received once it need not wait, and never quarantined", async () => {
  const number = await openNumber(desk)
  await rows(`create function is_held() returns trigger language plpgsql as $$
    begin raise exception 'canceling statement due to lock timeout' using errcode = '55P03'; end $$`)
  await rows("create trigger is_held before insert on messages for each row execute function is_held()")
  await number.hears(from({ phone: "573005550001" }, text("hola", desk.now())))
  const waits: number[] = []
  for (let n = 0; n < 8; n++) {
    await processWebhooks(desk)
    const [{ at }] = await rows("select next_at as at from webhook_deliveries")
    waits.push(((at as Date).getTime() - desk.now().getTime()) / 1_000)
    desk.clock.pass(60_000)
  }
  assert.deepEqual(waits, [1, 2, 4, 8, 8, 8, 8, 8])
  assert.deepEqual(await rows("select id from failed_deliveries"), [])
  await rows("drop trigger is_held on messages")
  await processWebhooks(desk)
  assert.deepEqual(await rows("select content from messages where connection_id = $1", number.id), [
    { content: "hola" },
  ])
})
