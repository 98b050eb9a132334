import assert from "node:assert/strict"
import { test } from "node:test"
import { castOf } from "#test/desk-users.ts"
import { openDesk } from "#test/desks/test-desk.ts"
import { ticketRoutes } from "./routes.ts"

const desk = await openDesk((app, kit) => ticketRoutes(app, kit))
const { root, source } = await castOf(desk)

test("marking as read takes no fields, and a stale If-Match is refused there too", async () => {
  const { id } = (await source.says("+573002000011")).ticket!
  const read = (body?: object, headers?: object) => root.call("POST", `/tickets/${id}/read`, body, headers)
  assert.equal((await read({ surprise: 1 })).status, 400)
  const stale = await read({}, { "if-match": '"7"' })
  assert.deepEqual([stale.status, stale.body["code"]], [412, "stale"])
  assert.equal((await read()).body["unreadMessages"], 0)
})
