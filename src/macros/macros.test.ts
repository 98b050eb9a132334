import assert from "node:assert/strict"
import { test } from "node:test"
import type { Actor } from "#kernel/act.ts"
import type { Principal } from "#people/index.ts"
import { categoryRoutes, ticketRoutes } from "#tickets/index.ts"
import { castOf } from "#test/desk-users.ts"
import { type Answer, type Client, openDesk } from "#test/desks/test-desk.ts"
import { runConcurrently } from "#test/concurrent-acts.ts"
import { macroRoutes } from "./macro-routes.ts"
import { changeMacro } from "./change-macros.ts"
import { changeReply } from "./change-saved-replies.ts"

const desk = await openDesk((app, kit) => {
  ticketRoutes(app, kit)
  categoryRoutes(app, kit)
  macroRoutes(app, kit)
})
const { root, sol, ana, bruno, carla, ours, source } = await castOf(desk)

let people = 0
const newTicket = async (name = "Carla *Gómez*") =>
  (await source.says(`+5730040010${String(++people).padStart(2, "0")}`, { text: "hola", name })).ticket!
const make = async (who: Client, body: object) => {
  const answer = await who.call("POST", "/macros", { name: "Macro", visibility: "me", ...body })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return String(answer.body["id"])
}
const apply = (who: Client, ref: string, macroId: string) => who.call("POST", `/tickets/${ref}/macro`, { macroId })
const ticketOf = ({ body }: Answer) => body["ticket"] as Record<string, unknown>
const wrong = ({ status, body }: Answer) => [status, (body["errors"] as { path: string }[] | undefined)?.[0]?.path]
const events = (ticketId: string, kind: string) =>
  desk.db.kysely.selectFrom("events").selectAll().where("ticketId", "=", ticketId).where("kind", "=", kind).execute()

for (const [path, body] of [
  ["/saved-replies", { name: "Saludo", content: "Hola, {{contact.firstName}}" }],
  ["/macros", { name: "Saludo", actions: [{ type: "priority", value: "high" }] }],
] as const) {
  test(`${path}: one's own is seen, changed and removed by its owner only`, async () => {
    const made = await ana.call("POST", path, { ...body, visibility: "me" })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const one = `${path}/${String(made.body["id"])}`
    assert.deepEqual(made.body["can"], ["edit", "delete"])
    for (const other of [bruno, sol, root]) {
      assert.equal((await other.call("GET", one)).status, 404)
      assert.equal((await other.call("PATCH", one, { name: "Otra" })).status, 404)
      assert.equal((await other.call("DELETE", one)).status, 404)
      const { items } = (await other.call("GET", path)).body as { items: { id: string }[] }
      assert.ok(!items.some(({ id }) => id === made.body["id"]))
    }
    assert.equal((await carla.call("GET", path)).status, 403)
    assert.equal((await ana.call("PATCH", one, { name: "Otra" })).body["name"], "Otra")
    assert.equal((await ana.call("DELETE", one)).status, 204)
    assert.equal((await ana.call("GET", one)).status, 404)
  })

  test(`${path}: of two who change one at once, each changes what they meant`, async () => {
    const made = await root.call("POST", path, { ...body, visibility: "all" })
    const id = String(made.body["id"])
    const actor: Actor = { kind: "user", id: root.userId }
    const who = { ...actor, kind: "user", id: root.userId, role: "admin", teamIds: [] } as unknown as Principal
    const rename = path === "/macros" ? changeMacro : changeReply
    const answer = await runConcurrently(
      desk,
      (act) => rename({ ...act, actor }, who, id, { name: "Con otro nombre" }),
      () => root.call("PATCH", `${path}/${id}`, { visibility: "me" }),
    )
    assert.deepEqual([answer.body["name"], answer.body["visibility"]], ["Con otro nombre", "me"])
  })

  test(`${path}: a team's is made by its leads and admins, everybody's by admins`, async () => {
    const teams = { ...body, visibility: "team", teamId: ours }
    assert.equal((await ana.call("POST", path, teams)).status, 403)
    const made = await sol.call("POST", path, teams)
    assert.equal(made.status, 201)
    const one = `${path}/${String(made.body["id"])}`
    assert.deepEqual((await ana.call("GET", one)).body["can"], [])
    assert.equal((await ana.call("PATCH", one, { name: "Otra" })).status, 403)
    assert.equal((await bruno.call("GET", one)).status, 404)
    assert.equal((await sol.call("PATCH", one, { visibility: "all" })).status, 403)
    assert.equal((await root.call("PATCH", one, { visibility: "all" })).body["teamId"], null)
    assert.equal((await bruno.call("GET", one)).status, 200)
    assert.deepEqual(wrong(await root.call("POST", path, { ...body, visibility: "team" })), [400, "teamId"])
    assert.deepEqual(wrong(await root.call("PATCH", one, { teamId: ours })), [400, "teamId"])
  })
}

test("a macro that cannot work is refused by name", async () => {
  const refused = async (body: object) =>
    wrong(await ana.call("POST", "/macros", { name: "M", visibility: "me", ...body }))
  assert.deepEqual(await refused({}), [400, "actions"])
  for (const action of [
    { type: "status", value: "sleeping" },
    { type: "assign", value: "usr_0" },
    { type: "assign", value: carla.userId },
    { type: "team", value: "tem_0" },
    { type: "categories", value: ["cat_0"] },
  ]) {
    assert.deepEqual(await refused({ actions: [action] }), [400, "actions.0.value"], JSON.stringify(action))
  }
  const twice = [1, 2].map(() => ({ type: "priority", value: "low" }))
  assert.deepEqual(await refused({ actions: twice }), [400, "actions"])
  assert.deepEqual(await refused({ reply: { content: "{{1+1}}" } }), [400, "reply.content"])
})

test("a macro does all it says in one go, says what changed, and its undo restores it", async () => {
  const category = String((await root.call("POST", "/categories", { name: "Envíos" })).body["id"])
  const ticket = await newTicket()
  await ana.call("PATCH", `/tickets/${ticket.id}`, { tags: ["viejo"] })
  const macro = await make(ana, {
    reply: { content: "Hola, {{contact.name}}: {{ticket.number}}. {{agent.name}}" },
    actions: [
      { type: "assign", value: "me" },
      { type: "priority", value: "urgent" },
      { type: "addTags", value: ["nuevo"] },
      { type: "removeTags", value: ["viejo"] },
      { type: "categories", value: [category] },
      { type: "snooze", value: 60 },
    ],
  })
  const before = (await ana.call("GET", `/tickets/${ticket.id}`)).body
  const done = await apply(ana, ticket.number, macro)
  assert.equal(done.status, 200, JSON.stringify(done.body))
  const after = ticketOf(done)
  assert.deepEqual(
    [after["status"], after["priority"], after["tags"], (after["assignee"] as { id: string }).id],
    ["open", "urgent", ["nuevo"], ana.userId],
  )
  assert.deepEqual(after["categories"], [{ id: category, name: "Envíos" }])
  assert.equal(after["snoozedUntil"], "2026-11-22T10:00:00.000Z")
  assert.deepEqual(done.body["reply"], {
    content: `Hola, Carla *Gómez*: ${ticket.number}. Ana`,
    contentHtml: `<p>Hola, Carla *Gómez*: ${ticket.number}. Ana</p>\n`,
    unresolved: [],
    isInternal: false,
  })
  assert.equal((await events(ticket.id, "macro.applied")).length, 1)
  const { rows } = await desk.db.pool.query("select 1 from messages where ticket_id = $1 and direction = 'out'", [
    ticket.id,
  ])
  assert.equal(rows.length, 0, "nothing was sent")

  const undo = `/tickets/${ticket.id}/macro/${String(done.body["runId"])}`
  assert.equal((await sol.call("DELETE", undo)).status, 404, "only who did it takes it back")
  const undone = await ana.call("DELETE", undo)
  assert.deepEqual([undone.status, undone.body["kept"]], [200, []])
  const shown = ["status", "priority", "tags", "assignee", "team", "categories", "snoozedUntil"]
  for (const field of shown) assert.deepEqual(ticketOf(undone)[field], before[field], field)
  assert.equal((await ana.call("DELETE", undo)).status, 200)
  assert.equal((await events(ticket.id, "macro.undone")).length, 1)
})

test("a macro is a change like any other: on the version that was read, and within what a ticket may have", async () => {
  const { id } = await newTicket()
  const many = (from: string) => Array.from({ length: 30 }, (_, n) => `${from} ${n}`)
  const first = await make(ana, { actions: [{ type: "addTags", value: many("uno") }] })
  const second = await make(ana, { actions: [{ type: "addTags", value: many("otro") }] })
  const use = (macroId: string, version: number) =>
    ana.call("POST", `/tickets/${id}/macro`, { macroId }, { "if-match": `"${version}"` })
  const done = await use(first, 1)
  assert.equal(done.status, 200)
  assert.equal((await use(first, 1)).status, 412)
  const undo = `/tickets/${id}/macro/${String(done.body["runId"])}`
  assert.equal((await ana.call("DELETE", undo, undefined, { "if-match": '"1"' })).status, 412)
  assert.deepEqual(wrong(await use(second, 2)), [400, "tags"])
  const untag = await make(ana, { actions: [{ type: "removeTags", value: [" uno 0 "] }] })
  assert.equal((ticketOf(await apply(ana, id, untag))["tags"] as string[]).length, 29)
})

test("a macro that snoozes and then closes is undone in that order", async () => {
  const { id } = await newTicket()
  const until = "2030-01-01T00:00:00.000Z"
  await ana.call("PUT", `/tickets/${id}/snooze`, { until })
  const run = await apply(ana, id, await make(ana, { actions: [{ type: "status", value: "closed" }] }))
  assert.equal(ticketOf(run)["snoozedUntil"], null)
  const { body } = await ana.call("DELETE", `/tickets/${id}/macro/${String(run.body["runId"])}`)
  const ticket = body["ticket"] as Record<string, unknown>
  assert.deepEqual([body["kept"], ticket["status"], ticket["snoozedUntil"]], [[], "pending", until])
})

test("the undo leaves alone what somebody changed since, and ends after a minute", async () => {
  const ticket = await newTicket()
  const macro = await make(ana, {
    actions: [
      { type: "priority", value: "urgent" },
      { type: "addTags", value: ["x"] },
    ],
  })
  const undo = `/tickets/${ticket.id}/macro/${String((await apply(ana, ticket.id, macro)).body["runId"])}`
  await sol.call("PATCH", `/tickets/${ticket.id}`, { priority: "low" })
  const undone = await ana.call("DELETE", undo)
  assert.deepEqual(undone.body["undone"], ["tags"])
  assert.deepEqual(undone.body["kept"], [{ field: "priority", because: "changed" }])
  assert.deepEqual([ticketOf(undone)["priority"], ticketOf(undone)["tags"]], ["low", []])

  const later = `/tickets/${ticket.id}/macro/${String((await apply(ana, ticket.id, macro)).body["runId"])}`
  desk.clock.pass(60_001)
  const late = await ana.call("DELETE", later)
  assert.deepEqual([late.status, late.body["code"]], [409, "too_late"])
})

test("one action refused refuses them all and is named; a preview says which beforehand and changes nothing", async () => {
  const ticket = await newTicket()
  const closed = await newTicket()
  await ana.call("PUT", `/tickets/${closed.id}/status`, { status: "closed" })
  const macro = await make(ana, {
    reply: { content: "{{contact.name}}", isInternal: true },
    actions: [
      { type: "priority", value: "high" },
      { type: "status", value: "resolved" },
      { type: "assign", value: "me" },
    ],
  })
  const refused = await apply(ana, ticket.id, macro)
  assert.deepEqual([refused.status, refused.body["code"]], [409, "transition"])
  assert.deepEqual(refused.body["action"], { index: 1, type: "status" })
  assert.equal((await ana.call("GET", `/tickets/${ticket.id}`)).body["priority"], "medium")

  const preview = await ana.call("POST", `/macros/${macro}/preview`, { ticket: ticket.number })
  assert.equal(preview.status, 200, JSON.stringify(preview.body))
  const actions = preview.body["actions"] as {
    type: string
    old: unknown
    new: unknown
    refused: { code: string } | null
  }[]
  assert.deepEqual(
    actions.map((it) => [it.type, it.old, it.new, it.refused?.code ?? null]),
    [
      ["priority", "medium", "high", null],
      ["status", "pending", "pending", "transition"],
      ["assign", null, { id: ana.userId, name: "Ana" }, null],
    ],
  )
  assert.equal((preview.body["reply"] as { isInternal: boolean }).isInternal, true)
  assert.equal((await ana.call("GET", `/tickets/${ticket.id}`)).body["version"], 1)
  assert.equal((await events(ticket.id, "macro.applied")).length, 0)
})

test("nobody uses a macro, or looks through one, on a ticket or by a macro they may not see", async () => {
  const [ticket, macro, hidden] = [
    await newTicket(),
    await make(root, { visibility: "all", actions: [{ type: "priority", value: "low" }] }),
    await make(sol, { actions: [{ type: "priority", value: "low" }] }),
  ]
  assert.equal((await apply(bruno, ticket.id, macro)).status, 404)
  assert.equal((await bruno.call("POST", `/macros/${macro}/preview`, { ticket: ticket.id })).status, 404)
  assert.equal((await apply(ana, ticket.id, hidden)).status, 404)
  assert.equal((await ana.call("POST", `/macros/${hidden}/preview`, { ticket: ticket.id })).status, 404)
  assert.equal((await apply(carla, ticket.id, macro)).status, 403)
})

test("a saved reply is filled in for a ticket, and says what it could not fill in", async () => {
  const reply = await ana.call("POST", "/saved-replies", {
    name: "Saludo",
    visibility: "me",
    content: "Hola, {{contact.firstName}}. {{ticket.subject}}",
    language: "es",
  })
  const path = `/saved-replies/${String(reply.body["id"])}/preview`
  const known = await ana.call("POST", path, { ticket: (await newTicket("Carla Gómez")).id })
  assert.match(String(known.body["content"]), /^Hola, Carla\. /)
  const unknown = await ana.call("POST", path, { ticket: (await newTicket("")).id })
  assert.ok((unknown.body["unresolved"] as string[]).length > 0)
})
