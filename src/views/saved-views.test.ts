import assert from "node:assert/strict"
import { test } from "node:test"
import { castOf } from "#test/desk-users.ts"
import { type Answer, type Client, openDesk } from "#test/desks/test-desk.ts"
import type { Principal } from "#people/index.ts"
import { runConcurrently } from "#test/concurrent-acts.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { countsAndExportRoutes } from "./counts-and-export-routes.ts"
import { changeView } from "./change-saved-views.ts"

const desk = await openDesk((app, kit) => {
  ticketRoutes(app, kit)
  countsAndExportRoutes(app, kit)
})
const { root, sol, ana, bruno, ours, theirs, source } = await castOf(desk)

const save = (who: Client, body: object) => who.call("POST", "/views", { name: "Vista", filters: {}, ...body })
const names = ({ body }: Answer) => (body["items"] as { name: string }[]).map(({ name }) => name)
const wrong = ({ status, body }: Answer) => [status, (body["errors"] as { path: string }[] | undefined)?.[0]?.path]

test("a view of one's own is seen, changed and removed by its owner only", async () => {
  const { body, status } = await save(ana, { name: "Mías", visibility: "me", filters: { assignedTo: "me" } })
  assert.equal(status, 201)
  const path = `/views/${String(body["id"])}`
  assert.deepEqual(body["can"], ["edit", "delete"])
  for (const other of [bruno, sol, root]) {
    assert.equal((await other.call("GET", path)).status, 404)
    assert.equal((await other.call("PATCH", path, { name: "Otra" })).status, 404)
    assert.equal((await other.call("DELETE", path)).status, 404)
    assert.ok(!names(await other.call("GET", "/views")).includes("Mías"))
  }
  const changed = await ana.call("PATCH", path, { filters: { status: ["open", "pending"] }, sort: "-priority" })
  assert.deepEqual([changed.body["filters"], changed.body["sort"]], [{ status: ["open", "pending"] }, "-priority"])
  assert.equal((await ana.call("DELETE", path)).status, 204)
  assert.equal((await ana.call("GET", path)).status, 404)
})

test("of two who change a view at once, each changes what they meant", async () => {
  const id = String((await save(root, { visibility: "all" })).body["id"])
  const who = { kind: "user", id: root.userId, role: "admin", teamIds: [], timezone: "UTC" } as unknown as Principal
  const answer = await runConcurrently(
    desk,
    (act) => changeView({ ...act, actor: who }, who, id, { name: "Con otro nombre" }),
    () => root.call("PATCH", `/views/${id}`, { sort: "-priority" }),
  )
  assert.deepEqual([answer.body["name"], answer.body["sort"]], ["Con otro nombre", "-priority"])
})

test("a team's view is made by its leads and admins, and seen by the team", async () => {
  const body = { name: "Equipo", visibility: "team", teamId: ours }
  assert.equal((await save(ana, body)).status, 403)
  assert.equal((await save(sol, { ...body, teamId: theirs })).status, 403)
  const made = await save(sol, body)
  assert.equal(made.status, 201)
  const seen = await ana.call("GET", `/views/${String(made.body["id"])}`)
  assert.deepEqual([seen.status, seen.body["can"]], [200, []])
  assert.equal((await ana.call("DELETE", `/views/${String(made.body["id"])}`)).status, 403)
  assert.equal((await bruno.call("GET", `/views/${String(made.body["id"])}`)).status, 404)
})

test("a view for everybody is an admin's to make, and leaving a team leaves its id behind", async () => {
  assert.equal((await save(sol, { visibility: "all" })).status, 403)
  const { body } = await save(root, { visibility: "team", teamId: theirs, name: "Ajena" })
  const moved = await root.call("PATCH", `/views/${String(body["id"])}`, { visibility: "all" })
  assert.deepEqual([moved.status, moved.body["teamId"]], [200, null])
  assert.ok(names(await ana.call("GET", "/views")).includes("Ajena"))
})

test("filters that no list would take are refused when the view is saved, by name", async () => {
  const refused = async (filters: object, more: object = {}) =>
    wrong(await save(ana, { visibility: "me", filters, ...more }))
  assert.deepEqual(await refused({ colour: "red" }), [400, "filters.colour"])
  assert.deepEqual(await refused({ status: ["open", "lost"] }), [400, "filters.status"])
  assert.deepEqual(await refused({ createdFrom: "yesterday" }), [400, "filters.createdFrom"])
  assert.deepEqual(await refused({ limit: "5" }), [400, "filters.limit"])
  assert.deepEqual(await refused({ sort: "number" }), [400, "filters.sort"])
  assert.deepEqual(await refused({ slaBreached: "maybe" }), [400, "filters.slaBreached"])
  assert.deepEqual(await refused({}, { sort: "password" }), [400, "sort"])
  assert.deepEqual(wrong(await save(ana, { visibility: "team" })), [400, "teamId"])
  assert.deepEqual(wrong(await save(ana, { visibility: "me", teamId: ours })), [400, "teamId"])
  assert.deepEqual(wrong(await save(root, { visibility: "team", teamId: "tem_none" })), [400, "teamId"])
})

test("views count what the asker may see, and only views that the asker sees are counted", async () => {
  const { body } = await save(root, { name: "Abiertos", visibility: "all", filters: { phase: ["new", "active"] } })
  await source.says("+573002000001")
  await source.says("+573002000002")
  const counts = async (who: Client) => (await who.call("GET", "/tickets/counts")).body as unknown as Counts
  const id = String(body["id"])
  assert.deepEqual((await counts(ana)).views[id], { count: 2, isCapped: false })
  assert.deepEqual((await counts(bruno)).views[id], { count: 0, isCapped: false })
  assert.equal((await counts(root)).open.count, 2)
  const own = await save(ana, { name: "Mía", visibility: "me" })
  assert.equal((await counts(bruno)).views[String(own.body["id"])], undefined)
})

type Counts = Record<"open" | "mine", { count: number }> & { views: Record<string, { count: number }> }
