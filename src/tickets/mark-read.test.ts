import assert from "node:assert/strict"
import { test } from "node:test"
import { castOf } from "#test/desk-users.ts"
import { openDesk } from "#test/desks/test-desk.ts"
import { totalInvariants } from "./invariants/totals.ts"
import { ticketRoutes } from "./routes.ts"

const desk = await openDesk((app, kit) => ticketRoutes(app, kit))
const { root, source } = await castOf(desk)

test("marking as read takes no other fields, and a stale If-Match is refused there too", async () => {
  const { id } = (await source.says("+573002000011")).ticket!
  const read = (body?: object, headers?: object) => root.call("POST", `/tickets/${id}/read`, body, headers)
  assert.equal((await read({ surprise: 1 })).status, 400)
  const stale = await read({}, { "if-match": '"7"' })
  assert.deepEqual([stale.status, stale.body["code"]], [412, "stale"])
  assert.equal((await read()).body["unreadMessages"], 0)
})

test("only what lies on the screen is marked as read, not what came in after it was loaded", async () => {
  const says = (text: string) => source.says("+573002000012", { text })
  const { ticket, message: first } = await says("hola")
  const { message: last } = await says("y otra cosa")
  await source.says("+573002000012", { kind: "reaction", text: "👍" })
  const read = (lastSeenMessageId: string) => root.call("POST", `/tickets/${ticket!.id}/read`, { lastSeenMessageId })
  assert.equal((await read(first!.id)).body["unreadMessages"], 1)
  assert.equal((await read(first!.id)).body["unreadMessages"], 1, "reading it twice changes nothing")
  const events = await desk.db.pool.query(
    "select subject_id, data from events where ticket_id = $1 and kind = 'ticket.read'",
    [ticket!.id],
  )
  assert.deepEqual(events.rows, [{ subject_id: first!.id, data: { unread: 1 } }])
  for (const { find } of totalInvariants) assert.deepEqual((await desk.db.pool.query(String(find))).rows, [])
  assert.equal((await read(last!.id)).body["unreadMessages"], 0)
  const elsewhere = (await source.says("+573002000013")).message!
  await says("¿siguen ahí?")
  const refused = await read(elsewhere.id)
  assert.equal(refused.status, 400)
  assert.match(JSON.stringify(refused.body["errors"]), /lastSeenMessageId/)
})
