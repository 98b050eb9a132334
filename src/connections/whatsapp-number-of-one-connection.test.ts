import assert from "node:assert/strict"
import { test } from "node:test"
import { member, openDesk } from "#test/desks/test-desk.ts"
import { accessToken, appSecret } from "#test/fakes/graph-api.ts"
import { connectionRoutes } from "./routes.ts"

const desk = await openDesk((app, kit) => connectionRoutes(app, kit))
const root = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })

test("a WhatsApp number belongs to one connection", async () => {
  const settings = { phoneNumberId: "555000111", accessToken, appSecret, verifyToken: "verify-me-please" }
  const make = (name: string, more: object = {}) =>
    root.call("POST", "/connections", { kind: "whatsapp", name, settings: { ...settings, ...more } })
  const first = await make("Ventas")
  assert.equal(first.status, 201)
  const again = await make("Cobros")
  assert.deepEqual(
    [again.status, again.body["code"], again.body["detail"]],
    [400, "duplicate_entry", "Duplicate entry for settings.phoneNumberId"],
  )
  const other = await make("Cobros", { phoneNumberId: "555000222" })
  const change = (phoneNumberId: string) =>
    root.call("PATCH", `/connections/${String(other.body["id"])}`, { settings: { phoneNumberId } })
  assert.equal((await change("555000111")).body["code"], "duplicate_entry")
  assert.equal((await change("555000333")).status, 200)
  await root.call("DELETE", `/connections/${String(first.body["id"])}`)
  assert.equal((await change("555000111")).status, 200)
})
