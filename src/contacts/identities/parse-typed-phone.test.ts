import assert from "node:assert/strict"
import { test } from "node:test"
import { member, openDesk } from "#test/desks/test-desk.ts"
import { contactRoutes } from "../routes.ts"

const desk = await openDesk(contactRoutes)
const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
const given = (...values: string[]) => ({
  name: "Local",
  identities: values.map((value) => ({ kind: "phone", value })),
})
const reading = async (text: string) => (await ana.call("GET", `/phones?text=${encodeURIComponent(text)}`)).body
type Answer = { status: number; body: Record<string, unknown> }
const refused = ({ status, body }: Answer) =>
  assert.deepEqual([status, (body["errors"] as { path: string }[])[0]?.path], [400, "identities.0.value"])

test("without a country only international numbers are read", async () => {
  assert.deepEqual(await reading("300 999 8877"), { home: null, read: null })
  assert.deepEqual(await reading("0034 612 345 678"), {
    home: null,
    read: { value: "+34612345678", display: "+34 612 34 56 78", country: "ES", isLocal: false },
  })
  for (const text of ["3009998877", "3123456789", "573009998877"])
    refused(await ana.call("POST", "/contacts", given(text)))
})

test("with one, a number is shown with its country before it is saved, and refused by name when it cannot be read", async () => {
  await desk.db.pool.query(`insert into settings (name, value) values ('desk.country', '"CO"')`)
  const { body, status } = await ana.call("POST", "/contacts", given("300\ufe0e 999\u200b 88 77"))
  assert.equal(status, 201, JSON.stringify(body))
  const [{ value }] = body["identities"] as [{ value: string }]
  assert.equal(value, "+573009998877")
  refused(await ana.call("POST", "/contacts", given("300999887")))
  const path = `/contacts/${String(body["id"])}`
  refused(await ana.call("PATCH", path, { identities: given("5215512345678").identities }))
  assert.equal((await ana.call("PATCH", path, { identities: given(value, "310 999 8877").identities })).status, 200)
})

test("what a channel brought is kept as it is stored", async () => {
  const { body } = await ana.call("POST", "/contacts", given("+573009990000"))
  const id = String(body["id"])
  await desk.db.pool.query("update contact_identities set value = '+549' where contact_id = $1", [id])
  const { status } = await ana.call("PATCH", `/contacts/${id}`, { identities: given("+549", "3109990000").identities })
  assert.equal(status, 200)
})
