import assert from "node:assert/strict"
import { test } from "node:test"
import { contactRoutes } from "#contacts/index.ts"
import { createConnection } from "#connections/index.ts"
import { newId } from "#kernel/ids.ts"
import { acting, type Answer, member, openDesk } from "#test/desks/test-desk.ts"
import { campaignRoutes } from "./routes.ts"

const routes: { method: string; url: string }[] = []
const desk = await openDesk((app, kit) => {
  app.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat())
      if (one !== "HEAD" && url.includes("campaigns")) routes.push({ method: one, url })
  })
  campaignRoutes(app, kit)
  contactRoutes(app, kit)
})
const admin = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
const lead = await member(desk, { email: "sol@example.com", name: "Sol", role: "lead" })
const agent = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
const customer = await member(desk, { email: "carla@example.com", name: "Carla", role: "user" })

const connect = () => acting(desk, (act) => createConnection(act, desk.secrets, { kind: "api", name: newId("door") }))
const connectionId = await connect()

const made = async (path: string, body: object) => {
  const answer = await admin.call("POST", path, body)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body as Record<string, string>
}
const campaign = (kind: string, name = "Corte programado") => made("/campaigns", { name, kind, connectionId })

function refused(answer: Answer, status: number, code: string, path?: string) {
  const errors = (answer.body["errors"] ?? []) as { path: string }[]
  assert.deepEqual([answer.status, answer.body["code"]], [status, code], JSON.stringify(answer.body))
  if (path !== undefined) assert.equal(errors[0]?.path, path)
}

test("strangers are refused, staff read but not who it goes to, admins write", async () => {
  const { id } = await campaign("messaging")
  assert.equal(routes.length, 9)
  for (const { method, url } of routes) {
    const path = url.replace(":id", id!)
    const stranger = await desk.app.inject({ method: method as "GET", url: path, payload: {} })
    assert.equal(stranger.statusCode, 401, `${method} ${url}`)
    const body = method === "GET" || method === "DELETE" ? undefined : {}
    refused(await customer.call(method as "GET", path.slice(7), body), 403, "forbidden")
    for (const who of [lead, agent]) {
      const answer = await who.call(method as "GET", path.slice(7), body)
      if (method === "GET" && !url.endsWith("/shipments")) assert.equal(answer.status, 200)
      else refused(answer, 403, "forbidden")
    }
  }
})

test("a campaign keeps its kind and connection; its name and plan change", async () => {
  const { id, ...rest } = await campaign("marketing", " Promo ")
  assert.deepEqual(rest, {
    name: "Promo",
    kind: "marketing",
    connectionId,
    template: null,
    status: "draft",
    scheduledAt: null,
    pacePerMinute: null,
    finishedAt: null,
    createdAt: desk.now().toISOString(),
  })
  assert.equal((await admin.call("PATCH", `/campaigns/${id}`, { name: "Promo de mayo" })).body["name"], "Promo de mayo")
  for (const [field, value] of Object.entries({
    kind: "messaging",
    connectionId,
    id: "cmp_1",
    createdAt: "2026-01-01",
  })) {
    refused(await admin.call("PATCH", `/campaigns/${id}`, { [field]: value }), 400, "invalid", field)
  }
  const { body } = await agent.call("GET", `/campaigns/${id}`)
  assert.deepEqual([body["name"], body["kind"]], ["Promo de mayo", "marketing"])
})

test("what is not a campaign is refused by name", async () => {
  const gone = await connect()
  await desk.db.pool.query("update connections set deleted_at = now() where id = $1", [gone])
  const right = { name: "x", kind: "messaging", connectionId }
  const wrong: [object, string][] = [
    [{ ...right, name: " " }, "name"],
    [{ ...right, kind: "spam" }, "kind"],
    [{ ...right, connectionId: "con_none" }, "connectionId"],
    [{ ...right, connectionId: gone }, "connectionId"],
    [{ ...right, color: "red" }, "color"],
  ]
  for (const [body, path] of wrong) refused(await admin.call("POST", "/campaigns", body), 400, "invalid", path)
  refused(await admin.call("GET", "/campaigns/cmp_none"), 404, "not_found")
  refused(await admin.call("GET", "/campaigns/cmp_none/shipments"), 404, "not_found")
  refused(await admin.call("POST", "/campaigns/cmp_none/shipments", {}), 404, "not_found")
})

test("a shipment's id is unique across both kinds, also when several come at once", async () => {
  const [one, other] = [await campaign("messaging"), await campaign("marketing")]
  await made(`/campaigns/${one["id"]}/shipments`, { id: "envío 1" })
  for (const { id } of [one, other] as { id: string }[]) {
    refused(await admin.call("POST", `/campaigns/${id}/shipments`, { id: "envío 1" }), 400, "duplicate_entry", "id")
  }
  const tries = [one, other, one, other].map(({ id }) =>
    admin.call("POST", `/campaigns/${id}/shipments`, { id: "envío 2" }),
  )
  const statuses = (await Promise.all(tries)).map((answer) => answer.status)
  assert.deepEqual(statuses.toSorted(), [201, 400, 400, 400])
})

test("a shipment may name its contact, and gets an id when it has none", async () => {
  const { id } = await campaign("messaging")
  const contact = await made("/contacts", { name: "Carla" })
  const shipment = await made(`/campaigns/${id}/shipments`, { contactId: contact["id"] })
  assert.match(shipment["id"]!, /^shp_[0-9a-f]{32}$/)
  assert.deepEqual([shipment["contactId"], shipment["campaignId"]], [contact["id"], id])
  refused(
    await admin.call("POST", `/campaigns/${id}/shipments`, { contactId: "ctc_none" }),
    400,
    "invalid",
    "contactId",
  )
  refused(await admin.call("POST", `/campaigns/${id}/shipments`, { campaignId: id }), 400, "invalid", "campaignId")
  refused(await admin.call("DELETE", `/contacts/${contact["id"]}`), 409, "in_use")
})

test("shipments and campaigns are listed page after page", async () => {
  const { id } = await campaign("messaging", "La última")
  for (let i = 0; i < 5; i++) await made(`/campaigns/${id}/shipments`, { id: `lista-${i}` })
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const { body } = await admin.call(
      "GET",
      `/campaigns/${id}/shipments?limit=2${cursor === null ? "" : `&cursor=${cursor}`}`,
    )
    seen.push(...(body["items"] as { id: string }[]).map((one) => one.id))
    cursor = body["nextCursor"] as string | null
    assert.equal(body["total"], 5)
  } while (cursor !== null)
  assert.deepEqual(seen, ["lista-0", "lista-1", "lista-2", "lista-3", "lista-4"])
  const { body } = await agent.call("GET", "/campaigns?limit=1")
  const { rows } = await desk.db.pool.query("select count(*) as n from campaigns")
  assert.deepEqual([(body["items"] as { name: string }[])[0]?.name, body["total"]], ["La última", rows[0].n])
})

test("a campaign is removed while it has no shipments", async () => {
  const [empty, used] = [await campaign("messaging"), await campaign("messaging")]
  await made(`/campaigns/${used["id"]}/shipments`, {})
  assert.equal((await admin.call("DELETE", `/campaigns/${empty["id"]}`)).status, 204)
  refused(await admin.call("DELETE", `/campaigns/${empty["id"]}`), 404, "not_found")
  refused(await admin.call("DELETE", `/campaigns/${used["id"]}`), 409, "in_use")
})
