// Rules that ask for hours and for how long somebody waits; what a rule says of itself, and what is refused.
import assert from "node:assert/strict"
import { test } from "node:test"
import { createCalendar } from "#calendars/index.ts"
import { sequenceAll } from "#event-log/index.ts"
import { createTeam } from "#people/index.ts"
import { recordDueWaits } from "./record-due-waits.ts"
import { created, openAutomationDesk, received, says, tag } from "#test/desks/automation-desk.ts"
import { acting } from "#test/desks/test-desk.ts"

const it = await openAutomationDesk()
const { root, sol, ours, source, desk, rows, pass, waited } = it
const { made, rulesAre, newPhone, newTicket, followed, shown, story } = it

test("a customer's first message outside of open hours is no other message", async () => {
  const calendarId = await acting(desk, (act) =>
    createCalendar(act, { name: "Oficina", timezone: "UTC", intervals: [{ day: 1, from: "09:00", to: "18:00" }] }),
  )
  const first = { field: "firstMessage", operator: "equals", value: true }
  const closed = { field: "openCalendarId", operator: "notEquals", value: calendarId }
  await rulesAre({ ...received, conditions: [first, closed], actions: [tag("fuera")] })
  const who = newPhone()
  desk.clock.now = new Date("2026-11-23T20:00:00Z")
  const id = await newTicket("de noche", who)
  await followed()
  assert.deepEqual((await shown(id)).tags, ["fuera"])
  await root.call("PATCH", `/tickets/${id}`, { tags: [] })
  await source.says(who, { text: "sigo" })
  desk.clock.now = new Date("2026-11-30T10:00:00Z")
  const byDay = await newTicket("de día")
  await followed()
  assert.deepEqual([(await shown(id)).tags, (await shown(byDay)).tags], [[], []])
})

test("a customer who waits for an hour is noticed once, from their first message on, and not once answered", async () => {
  const before = await newTicket("ya espero")
  pass(61)
  await rulesAre({ trigger: { type: "waiting", waitsFor: "us", minutes: 60 }, actions: [tag("espera")] })
  const [who, answered] = [newPhone(), newPhone()]
  const id = await newTicket("espero", who)
  const other = await newTicket("también", answered)
  pass(30)
  await source.says(who, { text: "¿hola?" })
  assert.equal((await root.call("POST", `/tickets/${other}/messages`, { content: "Ya voy" })).status, 201)
  pass(29)
  await waited()
  assert.deepEqual((await shown(id)).tags, [])
  pass(2)
  await waited()
  pass(60)
  await waited()
  const tags = await Promise.all([id, other, before].map(async (one) => (await shown(one)).tags))
  assert.deepEqual(tags, [["espera"], [], []])
  const events = await rows("select data from events where ticket_id = $1 and kind = 'ticket.waited'", id)
  assert.equal(events.length, 1)
  const because = (await story(id)).find(({ action }) => action === "automation.applied")!.why!.because
  assert.equal(because, "Rule “Regla 1” acts: the customer has waited 61 min for an answer")
})

test("we who wait for a customer are noticed from our last reply on; who wrote again after a closing waits anew", async () => {
  const [, ours2] = await rulesAre(
    { trigger: { type: "waiting", waitsFor: "customer", minutes: 60 }, actions: [tag("callado")] },
    { trigger: { type: "waiting", waitsFor: "us", minutes: 60 }, actions: [tag("espera")] },
  )
  assert.ok(ours2)
  const who = newPhone()
  const id = await newTicket("hola", who)
  await root.call("PUT", `/tickets/${id}/status`, { status: "closed" })
  pass(10)
  assert.equal((await source.says(who, { text: "sigo" })).decision.action, "reopened")
  pass(55)
  await waited()
  assert.deepEqual((await shown(id)).tags, [])
  pass(6)
  await waited()
  assert.deepEqual((await shown(id)).tags, ["espera"])
  await root.call("POST", `/tickets/${id}/messages`, { content: "Ya" })
  pass(40)
  await root.call("POST", `/tickets/${id}/messages`, { content: "¿Sigue ahí?" })
  pass(40)
  await waited()
  assert.deepEqual((await shown(id)).tags, ["espera"])
  pass(21)
  await waited()
  assert.deepEqual((await shown(id)).tags, ["espera", "callado"])
})

test("who answers while the rule's job is late is not taken for silent", async () => {
  await rulesAre({
    trigger: { type: "waiting", waitsFor: "customer", minutes: 60 },
    actions: [{ type: "status", value: "closed" }],
  })
  const who = newPhone()
  const [id, silent] = [await newTicket("hola", who), await newTicket("hola")]
  for (const one of [id, silent]) await root.call("POST", `/tickets/${one}/messages`, { content: "¿Sigue ahí?" })
  pass(61)
  while (await recordDueWaits(desk));
  await source.says(who, { text: "aquí estoy" })
  await followed()
  assert.deepEqual([(await shown(id)).status, (await shown(silent)).status], ["open", "closed"])
})

test("a rule that cannot be asked holds back none of the others", async () => {
  const waits = { trigger: { type: "waiting", waitsFor: "us", minutes: 60 } }
  const [broken] = await rulesAre({ ...waits, actions: [tag("rota")] }, { ...waits, actions: [tag("espera")] })
  await rows("update automation_rules set conditions = '{}' where id = $1", broken)
  const id = await newTicket()
  pass(61)
  for (const _try of [1, 2]) await assert.rejects(recordDueWaits(desk), TypeError)
  await followed()
  assert.deepEqual((await shown(id)).tags, ["espera"])
})

test("a rule says how often it acted, what it could not do, and what it names that is gone", async () => {
  const team = (await acting(desk, (act) => createTeam(act, { name: "Temporada" }))).id
  const reply = await made("/saved-replies", { name: "Adiós", visibility: "all", content: "{{agent.name}}" })
  const actions = [
    { type: "team", value: team },
    { type: "reply", value: reply },
  ]
  const conditions = [{ field: "connectionId", operator: "in", value: [source.id, "con_gone"] }]
  const [id] = await rulesAre({ ...created, conditions, actions })
  const ticket = await newTicket()
  await followed()
  const read = async () => (await sol.call("GET", `/automation-rules/${id}`)).body
  const first = await read()
  const { count, lastAt, lastRefused } = first["activity"] as {
    count: number
    lastAt: string
    lastRefused: { action: string; code: string }
  }
  assert.deepEqual([count, lastAt], [1, desk.now().toISOString()])
  assert.deepEqual([lastRefused.action, lastRefused.code], ["reply", "automation_refused_unresolved"])
  assert.deepEqual(first["problems"], [
    { path: "conditions.0.value", of: "connectionId", because: "is not a connection" },
  ])
  await root.call("PUT", `/tickets/${ticket}/assignment`, { teamId: ours })
  await root.call("DELETE", `/teams/${team}`)
  await root.call("DELETE", `/saved-replies/${reply}`)
  const gone = ((await read())["problems"] as { of: string }[]).map(({ of }) => of)
  assert.deepEqual(gone, ["connectionId", "team", "reply"])
  const off = await root.call("PATCH", `/automation-rules/${id}`, { enabled: false })
  assert.deepEqual([off.status, off.body["version"]], [200, 2])
})

test("what a rule cannot mean is refused by the name of its field, and there are no more than a hundred", async () => {
  const [id] = await rulesAre({ ...created, actions: [tag("x")] })
  const mine = await root.call("POST", "/saved-replies", { name: "Mía", visibility: "me", content: "Hola" })
  const wrong = async (method: "POST" | "PATCH", body: object) => {
    const path = method === "POST" ? "/automation-rules" : `/automation-rules/${id}`
    const answer = await root.call(
      method,
      path,
      method === "POST" ? { name: "X", ...created, actions: [tag("x")], ...body } : body,
    )
    return [answer.status, (answer.body["errors"] as { path: string }[] | undefined)?.[0]?.path]
  }
  const value = (type: string, given: unknown) => ({ actions: [{ type, value: given }] })
  const cases: [object, string][] = [
    [{ conditions: says("x") }, "conditions.0.field"],
    [{ trigger: { type: "waiting", waitsFor: "us", minutes: 4 } }, "trigger.minutes"],
    [{ actions: [] }, "actions"],
    [{ actions: [tag("x"), tag("y")] }, "actions.1.value"],
    [value("assign", "me"), "actions.0.value"],
    [value("team", null), "actions.0.value"],
    [value("team", "tem_gone"), "actions.0.value"],
    [value("status", "lost"), "actions.0.value"],
    [value("reply", mine.body["id"]), "actions.0.value"],
    [value("note", "{{nobody}}"), "actions.0.value"],
  ]
  for (const [body, path] of cases)
    for (const method of ["POST", "PATCH"] as const) assert.deepEqual(await wrong(method, body), [400, path], path)
  await rows(`insert into automation_rules (id, name, priority, trigger, actions, created_at, updated_at)
    select 'aut_' || n, 'x', n, 'ticket_created', '[]', now(), now() from generate_series(1, 99) n`)
  assert.deepEqual(await wrong("POST", {}), [400, "name"])
})

test("the preview says what a rule would have acted on last week, of each trigger", async () => {
  await rulesAre()
  desk.clock.pass(30 * 86_400_000)
  const old = await newTicket("vieja palabra")
  desk.clock.pass(8 * 86_400_000)
  const id = await newTicket("palabra mágica")
  pass(90)
  await root.call("POST", `/tickets/${id}/messages`, { content: "Aquí está" })
  await sequenceAll(desk.db)
  const preview = async (trigger: object, conditions: object[] = []) => {
    const { status, body } = await root.call("POST", "/automation-rules/preview", { trigger, conditions })
    assert.equal(status, 200, JSON.stringify(body))
    return (body["items"] as { id: string }[]).map((one) => one.id)
  }
  assert.deepEqual(await preview({ type: "ticket_created" }), [id])
  assert.deepEqual(await preview({ type: "message_received" }, says("palabra")), [id])
  assert.deepEqual(await preview({ type: "message_received" }, says("otra")), [])
  const opened = { field: "status", operator: "equals", value: "open" }
  const wasPending = { field: "previousStatus", operator: "equals", value: "pending" }
  assert.deepEqual(await preview({ type: "status_changed" }, [opened, wasPending]), [id])
  assert.deepEqual(await preview({ type: "waiting", waitsFor: "us", minutes: 60 }), [id])
  assert.deepEqual(await preview({ type: "waiting", waitsFor: "us", minutes: 120 }), [])
  assert.deepEqual(await preview({ type: "waiting", waitsFor: "us", minutes: 5 * 1_440 }), [old])
})
