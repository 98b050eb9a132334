// The timeline of a ticket: every change with who, what, old and new, and who looked.
import assert from "node:assert/strict"
import { test } from "node:test"
import { acting, type Answer, type Client, member, openDesk } from "#test/desks/test-desk.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { createTeam } from "#people/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { categoryRoutes } from "../categories/category-routes.ts"
import { customFieldRoutes } from "../fields/custom-field-routes.ts"
import { type Ticket } from "../api-contract.ts"
import { ticketRoutes } from "../routes.ts"

const desk = await openDesk((app, kit) => {
  ticketRoutes(app, kit)
  categoryRoutes(app, kit)
  customFieldRoutes(app, kit)
  replyRoutes(app, kit)
})
const someone = (name: string, role: "user" | "agent" | "admin") =>
  member(desk, { email: `${name}@example.com`, name, role })
const [root, ana, bruno, carla] = [
  await someone("Root", "admin"),
  await someone("Ana", "agent"),
  await someone("Bruno", "agent"),
  await someone("Carla", "user"),
]
const team = async (name: string, isDefault: boolean, memberIds: string[]) =>
  (await acting(desk, (act) => createTeam(act, { name, isDefault, memberIds }))).id
await team("Soporte", true, [ana.userId])
const sales = await team("Ventas", false, [bruno.userId])

const opened = async (who: Client = ana, more: object = {}) => {
  const answer = await who.call("POST", "/tickets", { subject: "Caja", ...more })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body as Ticket
}
const get = async (id: string, who: Client = ana) => (await who.call("GET", `/tickets/${id}`)).body as Ticket
const patch = (id: string, body: object, headers: object = {}) => ana.call("PATCH", `/tickets/${id}`, body, headers)
type Entry = { action: string; actor: { name: string }; details: Record<string, unknown> }
const story = async (id: string) => (await ana.call("GET", `/tickets/${id}/timeline`)).body["items"] as Entry[]
const paths = (answer: Answer) => ((answer.body["errors"] ?? []) as { path: string }[]).map(({ path }) => path)

test("each changed field is logged with who, old and new; equal values change nothing and log nothing", async () => {
  const { id } = await opened(ana, { tags: ["a"] })
  const category = String((await root.call("POST", "/categories", { name: "Envíos" })).body["id"])
  const wanted = {
    subject: "Caja rota",
    priority: "high",
    tags: ["a", "b"],
    categoryIds: [category],
    customFields: { n: 1 },
  }
  const { body } = await patch(id, wanted)
  const again = await patch(id, { ...wanted, tags: [" a ", "b", "a"] })
  assert.equal(again.body["version"], body["version"])
  const updates = (await story(id)).filter(({ action }) => action === "ticket.updated")
  assert.equal(updates.length, 1)
  assert.equal(updates[0]!.actor.name, "Ana")
  assert.deepEqual(updates[0]!.details["fields"], [
    { field: "categories", old: [], new: [category] },
    { field: "customFields.n", old: null, new: 1 },
    { field: "priority", old: "medium", new: "high" },
    { field: "subject", old: "Caja", new: "Caja rota" },
    { field: "tags", old: ["a"], new: ["a", "b"] },
  ])
})

test("no text of a person is in the log", async () => {
  const { id } = await opened(ana, {
    subject: "Secreto Uno",
    description: "Secreto Dos",
    contact: { name: "Secreto Tres" },
  })
  await patch(id, { subject: "Secreto Cuatro", tags: ["Secreto Cinco"], customFields: { nota: "Secreto Seis" } })
  await ana.call("PUT", `/tickets/${id}/status`, { status: "resolved", resolution: "Secreto Siete" })
  const { rows } = await desk.db.pool.query("select data, why from events where ticket_id = $1", [id])
  assert.doesNotMatch(JSON.stringify(rows), /Secreto/)
})

test("a write thought up on an older version is refused with what changed, mine and theirs", async () => {
  const { id, version } = await opened()
  await patch(id, { subject: "Primero" })
  const stale = await patch(id, { subject: "Segundo" }, { "if-match": `"${version}"` })
  assert.equal(stale.status, 412)
  const [change] = stale.body["changed"] as { fields: object[] }[]
  assert.deepEqual(change!.fields, [{ field: "subject", old: "Caja", new: "Primero" }])
})

test("fields of a ticket that nobody may set are refused by name", async () => {
  const { id } = await opened()
  const before = await get(id)
  for (const name of [
    "id",
    "number",
    "status",
    "assigneeId",
    "createdById",
    "slaDueAt",
    "firstResponseAt",
    "messageCount",
  ]) {
    const answer = await patch(id, { [name]: "x" })
    assert.deepEqual([answer.status, paths(answer)], [400, [name]])
  }
  assert.deepEqual(await get(id), before)
})

test("custom fields: typed and bounded once defined, readable once gone", async () => {
  const define = async (body: object) => {
    const answer = await root.call("POST", "/custom-fields", { label: "Campo", kinds: ["support"], ...body })
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    return answer.body as { id: string; key: string }
  }
  const order = await define({ key: "order", type: "text", isPublic: true })
  await define({ key: "boxes", type: "number" })
  await define({ key: "since", type: "date" })
  await define({ key: "urgent", type: "boolean" })
  await define({ key: "colour", type: "select", options: ["rojo", "azul"] })
  await define({ key: "parts", type: "multi_select", options: ["tapa", "caja"] })
  assert.equal(
    (await root.call("POST", "/custom-fields", { key: "order", label: "x", type: "text" })).body["code"],
    "duplicate_entry",
  )
  assert.deepEqual(paths(await root.call("POST", "/custom-fields", { key: "size", label: "x", type: "select" })), [
    "options",
  ])
  const { id } = await opened()
  const wrong = [
    { order: 1 },
    { boxes: "1" },
    { since: "2026-02-30" },
    { urgent: "yes" },
    { colour: "verde" },
    { parts: ["tapa", "x"] },
    { unknown: 1 },
  ]
  for (const customFields of wrong) {
    const answer = await patch(id, { customFields })
    assert.deepEqual([answer.status, paths(answer)], [400, [`customFields.${Object.keys(customFields)[0]}`]])
  }
  const right = { order: "A-1", boxes: 2, since: "2026-02-28", urgent: true, colour: "azul", parts: ["caja", "tapa"] }
  const { body } = await patch(id, { customFields: right })
  assert.deepEqual(body["customFields"], { ...right, parts: ["tapa", "caja"] })
  await root.call("DELETE", `/custom-fields/${order.id}`)
  assert.equal((await get(id)).customFields["order"], "A-1")
  assert.equal((await patch(id, { customFields: { ...right, boxes: 3 } })).status, 200, "what is left over may stay")
  assert.equal(
    (await patch(id, { customFields: { ...right, order: "B-2" } })).status,
    400,
    "and is not written any more",
  )
})

test("customers see and give public fields only, and must give those that are required", async () => {
  const define = (body: object) =>
    root.call("POST", "/custom-fields", { label: "x", type: "text", kinds: ["support"], ...body })
  await define({ key: "plan", isPublic: true, required: true })
  await define({ key: "margin", required: false })
  const listed = (await carla.call("GET", "/custom-fields")).body["items"] as { key: string }[]
  assert.deepEqual(
    listed.map(({ key }) => key),
    ["plan"],
  )
  const post = (customFields: object) => carla.call("POST", "/tickets", { subject: "x", customFields })
  assert.deepEqual(paths(await post({})), ["customFields.plan"])
  assert.equal((await post({ plan: "oro", margin: "3" })).status, 403)
  const mine = (await post({ plan: "oro" })).body as Ticket
  await patch(mine.id, { customFields: { plan: "oro", margin: "3" } })
  assert.deepEqual((await get(mine.id, carla)).customFields, { plan: "oro" })
  const fields = (await root.call("GET", "/custom-fields")).body["items"] as { id: string }[]
  for (const { id } of fields) await root.call("DELETE", `/custom-fields/${id}`)
})

test("an admin's look at a ticket of another team is an event, once a day, and no part of its story", async () => {
  const source = await openMessageSource(desk, { teamIds: [sales] })
  const { id } = (await source.says("+573007770001")).ticket!
  const looks = async () =>
    (await desk.db.pool.query("select actor_id from events where kind = 'ticket.looked_at' and subject_id = $1", [id]))
      .rows.length
  await bruno.call("GET", `/tickets/${id}`)
  assert.equal(await looks(), 0)
  for (let n = 0; n < 3; n++) await root.call("GET", `/tickets/${id}`)
  assert.equal(await looks(), 1)
  desk.clock.pass(86_400_000)
  await root.call("GET", `/tickets/${id}`)
  assert.equal(await looks(), 2)
  for (const part of ["messages", "timeline", "why"]) {
    desk.clock.pass(86_400_000)
    await root.call("GET", `/tickets/${id}/${part}`)
  }
  assert.equal(await looks(), 5)
  const { body } = await bruno.call("GET", `/tickets/${id}/timeline`)
  assert.doesNotMatch(JSON.stringify(body), /looked_at/)
})
