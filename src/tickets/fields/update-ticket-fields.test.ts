import assert from "node:assert/strict"
import { test } from "node:test"
import { castOf } from "#test/desk-users.ts"
import { openDesk } from "#test/desks/test-desk.ts"
import { ticketRoutes } from "../routes.ts"

const desk = await openDesk((app, kit) => ticketRoutes(app, kit))
const { root, source } = await castOf(desk)

test("custom fields are replaced, and equal ones change nothing", async () => {
  const { id } = (await source.says("+573002000011")).ticket!
  const patch = (customFields: unknown) => root.call("PATCH", `/tickets/${id}`, { customFields })
  const made = await patch({ pedido: "A-1", cajas: 2 })
  assert.deepEqual([made.status, made.body["customFields"]], [200, { pedido: "A-1", cajas: 2 }])
  assert.equal((await patch({ cajas: 2, pedido: "A-1" })).body["version"], made.body["version"])
  assert.deepEqual((await patch({ cajas: 3 })).body["customFields"], { cajas: 3 })
  assert.equal((await patch({ cajas: { deep: 1 } })).status, 400)
})
