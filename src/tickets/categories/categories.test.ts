import assert from "node:assert/strict"
import { test } from "node:test"
import { newId } from "#kernel/ids.ts"
import { type Answer, member, openDesk } from "#test/desks/test-desk.ts"
import { categoryRoutes } from "./category-routes.ts"

const routes: { method: string; url: string }[] = []
const desk = await openDesk((app, kit) => {
  app.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) if (one !== "HEAD") routes.push({ method: one, url })
  })
  categoryRoutes(app, kit)
})
const admin = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
const lead = await member(desk, { email: "sol@example.com", name: "Sol", role: "lead" })
const agent = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
const customer = await member(desk, { email: "carla@example.com", name: "Carla", role: "user" })

const make = async (body: object) => {
  const { status, body: made } = await admin.call("POST", "/categories", body)
  assert.equal(status, 201, JSON.stringify(made))
  return made as { id: string; name: string; reopenWindowMinutes: number | null }
}

function refused(answer: Answer, status: number, code: string, path?: string) {
  const errors = (answer.body["errors"] ?? []) as { path: string }[]
  assert.deepEqual([answer.status, answer.body["code"]], [status, code], JSON.stringify(answer.body))
  if (path !== undefined) assert.equal(errors[0]?.path, path)
}

test("strangers are refused, people read, admins write", async () => {
  const { id } = await make({ name: "Facturas" })
  assert.equal(routes.length, 5)
  for (const { method, url } of routes) {
    const path = url.replace(":id", id)
    const stranger = await desk.app.inject({ method: method as "GET", url: path, payload: {} })
    assert.equal(stranger.statusCode, 401, `${method} ${url}`)
    const body = method === "GET" || method === "DELETE" ? undefined : { name: "Otra" }
    for (const who of [lead, agent, customer]) {
      const answer = await who.call(method as "GET", path.slice(7), body)
      if (method === "GET") assert.equal(answer.status, 200)
      else refused(answer, 403, "forbidden")
    }
  }
  assert.equal((await agent.call("GET", `/categories/${id}`)).body["name"], "Facturas")
})

test("a category keeps its name and window; a taken name is refused whatever its case", async () => {
  const made = await make({ name: " Señal lenta ", reopenWindowMinutes: 0 })
  assert.deepEqual([made.name, made.reopenWindowMinutes], ["Señal lenta", 0])
  refused(await admin.call("POST", "/categories", { name: "señal LENTA" }), 400, "duplicate_entry", "name")
  const other = await make({ name: "Otra" })
  assert.equal(other.reopenWindowMinutes, null)
  refused(await admin.call("PATCH", `/categories/${other.id}`, { name: "Señal lenta" }), 400, "duplicate_entry", "name")
  const { body } = await admin.call("PATCH", `/categories/${made.id}`, { reopenWindowMinutes: null })
  assert.deepEqual([body["name"], body["reopenWindowMinutes"]], ["Señal lenta", null])
})

test("equal values change nothing", async () => {
  const { id } = await make({ name: "Igual", reopenWindowMinutes: 5 })
  await admin.call("PATCH", `/categories/${id}`, { name: "Igual", reopenWindowMinutes: 5 })
  const { rows } = await desk.db.pool.query("select data from events where subject_id = $1", [id])
  assert.deepEqual(rows, [{ data: { change: "created" } }])
})

test("what is not a category is refused by name", async () => {
  const wrong: [object, string][] = [
    [{}, "name"],
    [{ name: " " }, "name"],
    [{ name: "a".repeat(101) }, "name"],
    [{ name: "x", reopenWindowMinutes: -1 }, "reopenWindowMinutes"],
    [{ name: "x", reopenWindowMinutes: 1.5 }, "reopenWindowMinutes"],
    [{ name: "x", id: "cat_1" }, "id"],
    [{ name: "x", createdAt: "2026-01-01" }, "createdAt"],
  ]
  for (const [body, path] of wrong) refused(await admin.call("POST", "/categories", body), 400, "invalid", path)
  for (const method of ["GET", "PATCH", "DELETE"] as const) {
    refused(
      await admin.call(method, "/categories/cat_none", method === "PATCH" ? { name: "x" } : undefined),
      404,
      "not_found",
    )
  }
})

test("the list goes by name, page after page", async () => {
  for (const name of ["zeta", "Ábaco", "Yema", "beta"]) await make({ name })
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const { body } = await agent.call("GET", `/categories?limit=2${cursor === null ? "" : `&cursor=${cursor}`}`)
    seen.push(...(body["items"] as { name: string }[]).map((one) => one.name))
    cursor = body["nextCursor"] as string | null
    assert.equal(body["total"], 8)
  } while (cursor !== null)
  const { rows } = await desk.db.pool.query("select name from categories order by lower(name), id")
  assert.deepEqual(
    seen,
    rows.map((row) => row.name),
  )
  assert.equal(seen.length, 8)
})

test("a removed category leaves its tickets, and the tickets stay as they were", async () => {
  const { id } = await make({ name: "Breve" })
  const ticketId = newId("tkt")
  await desk.db.pool.query(
    `insert into tickets (id, kind, status, channel, last_message_at, created_by_kind, created_at, updated_at)
     values ($1, 'support', 'open', 'api', now(), 'system', now(), now())`,
    [ticketId],
  )
  await desk.db.pool.query("insert into ticket_categories values ($1, $2)", [ticketId, id])
  assert.equal((await admin.call("DELETE", `/categories/${id}`)).status, 204)
  const { rows } = await desk.db.pool.query(
    "select version, (select count(*) from ticket_categories where ticket_id = t.id) as n from tickets t where id = $1",
    [ticketId],
  )
  assert.deepEqual(rows, [{ version: 1, n: 0 }])
})
