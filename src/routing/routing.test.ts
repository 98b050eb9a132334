// What follows by itself when a ticket is created or comes back. Named after what they prevent.
import assert from "node:assert/strict"
import { test } from "node:test"
import { createTeam } from "#people/index.ts"
import { transition, lockTicket } from "#tickets/index.ts"
import { acting } from "#test/desks/test-desk.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { openRoutingDesk } from "#test/desks/routing-desk.ts"

const desk = await openRoutingDesk()
const home = await desk.team("Soporte", { isDefault: true })
const { admin } = desk
const holder = async (id: string) => (await desk.ticket(id)).assignee?.name ?? null
const lastWhy = async (id: string) => (await desk.why(id)).at(-1)!
const reopen = (id: string) =>
  acting(desk, async (act) =>
    transition({ ...act, actor: { kind: "contact", id: null } }, await lockTicket(act, id), { to: "open" }),
  )
const status = (id: string, to: string) => admin.call("PUT", `/tickets/${id}/status`, { status: to })

let teams = 0
/** A team of its own for each test. */
const newTeam = (more: object = {}) => desk.team(`Equipo ${++teams}`, more)
const openedIn = async (teamId: string) => (await desk.opened({ teamId })).id

test("40: turns are taken one after the other, whichever round they are chosen in, and say why", async () => {
  const team = await newTeam()
  const names = ["Ana", "Bruno", "Cleo"]
  for (const name of names) await desk.agent(name, [team])
  const ids = []
  for (let i = 0; i < 5; i++) {
    ids.push(await openedIn(team))
    if (i % 2 === 0) await desk.routed()
  }
  await desk.routed()
  assert.deepEqual(await Promise.all(ids.map(holder)), ["Ana", "Bruno", "Cleo", "Ana", "Bruno"])
  const why = await lastWhy(ids[1]!)
  assert.deepEqual(
    [why.question, why.answer, why.because],
    ["who_takes_it", "assigned", "Assigned to Bruno: next in turn in Equipo 1, with 0 of 20"],
  )
  assert.deepEqual(
    why.rejected.map(({ candidate, because }) => [candidate.slice(0, 4), because]),
    [
      ["usr_", "their turn comes later"],
      ["usr_", "their turn comes later"],
    ],
  )
})

test("43: everybody full: the team is set, and the oldest goes first as soon as somebody frees up, comes, grows or joins", async () => {
  const team = await newTeam()
  const ana = await desk.agent("Ana", [team], { capacity: 1 })
  const ids: string[] = []
  for (let i = 0; i < 6; i++) ids.push(await openedIn(team))
  const waiting = async () => {
    await desk.routed()
    return (await Promise.all(ids.map(holder))).map((name) => name ?? "-").join(" ")
  }
  assert.equal(await waiting(), "Ana - - - - -")
  assert.match((await lastWhy(ids[1]!)).because, /everybody online is at capacity/)
  await status(ids[0]!, "resolved")
  assert.equal(await waiting(), "Ana Ana - - - -")
  await status(ids[1]!, "pending")
  assert.equal(await waiting(), "Ana Ana Ana - - -")
  await desk.agent("Bruno", [team], { capacity: 1 })
  assert.equal(await waiting(), "Ana Ana Ana Bruno - -")
  await admin.call("PATCH", `/users/${ana.userId}`, { capacity: 2 })
  assert.equal(await waiting(), "Ana Ana Ana Bruno Ana -")
  const dora = await desk.agent("Dora", [])
  assert.equal(await waiting(), "Ana Ana Ana Bruno Ana -")
  await admin.call("PATCH", `/users/${dora.userId}`, { teamIds: [team] })
  assert.equal(await waiting(), "Ana Ana Ana Bruno Ana Dora")
  assert.equal((await lastWhy(ids[5]!)).code, "drained")
})

test("44: nobody there: the ticket waits, and goes to the first agent online", async () => {
  const team = await newTeam()
  const away = await desk.agent("Ana", [team], { presence: "away" })
  const id = await openedIn(team)
  await desk.routed()
  assert.deepEqual([await holder(id), (await lastWhy(id)).code], [null, "nobody_there"])
  await away.call("PUT", "/me/presence", { status: "online" })
  await desk.routed()
  assert.equal(await holder(id), "Ana")
})

test("46: a ticket that nothing gives a team gets the default one, from every channel", async () => {
  const source = await openMessageSource(desk)
  assert.equal((await source.says("+573001110001")).ticket!.team?.id, home)
  assert.equal((await desk.ticket((await desk.opened()).id)).team?.id, home)
  const other = await desk.team("Nueva casa", { isDefault: true })
  assert.equal((await desk.ticket((await desk.opened()).id)).team?.id, other)
  await admin.call("PATCH", `/teams/${home}`, { isDefault: true })
})

test("54: a rule whose agent is full or gone lets the next one speak, and the decision names each", async () => {
  const [team, vips] = [await newTeam(), await newTeam()]
  const vera = await desk.agent("Vera", [vips], { capacity: 1 })
  await desk.agent("Ana", [team])
  const customer = await desk.made("/contacts", {
    name: "Carla",
    tier: "vip",
    identities: [{ kind: "phone", value: "+573009990001" }],
  })
  const conditions = [{ field: "customer.tier", operator: "equals", value: "vip" }]
  const ids = [
    await desk.rule({ name: "VIP", priority: 1, conditions, action: { type: "assign_agent", agentId: vera.userId } }),
    await desk.rule({ name: "Los demás", priority: 2, conditions, action: { type: "round_robin", teamId: team } }),
  ]
  const [one, two, plain] = [
    await desk.opened({ contactId: customer }),
    await desk.opened({ contactId: customer }),
    await desk.opened(),
  ]
  await desk.routed()
  assert.deepEqual(
    [await holder(one.id), await holder(two.id), (await desk.ticket(plain.id)).team?.id],
    ["Vera", "Ana", home],
  )
  assert.equal((await lastWhy(one.id)).because, "Assigned to Vera by the rule VIP")
  assert.deepEqual((await lastWhy(two.id)).rejected[0], {
    candidate: ids[0],
    name: "VIP",
    code: "full",
    because: "is at capacity",
  })
  for (const id of ids) assert.equal((await admin.call("DELETE", `/assignment-rules/${id}`)).status, 204)
})

test("56: an assignee that a person chose, or nobody, stands", async () => {
  const team = await newTeam()
  const [ana, bruno] = [await desk.agent("Ana", [team]), await desk.agent("Bruno", [team])]
  const given = await openedIn(team)
  await desk.assign(admin, given, { agentId: bruno.userId })
  const left = await openedIn(team)
  await desk.assign(admin, left, { agentId: ana.userId })
  await desk.assign(ana, left, { agentId: null })
  const created = (await admin.call("POST", "/tickets", { subject: "Ayuda", teamId: team, assigneeId: bruno.userId }))
    .body
  const closed = await openedIn(team)
  await status(closed, "closed")
  await desk.routed()
  const all = await Promise.all([given, left, String(created["id"]), closed].map(holder))
  assert.deepEqual(all, ["Bruno", null, "Bruno", null])
})

test("a ticket that waits is left alone once a person has had a hand in it", async () => {
  const team = await newTeam()
  const id = await openedIn(team)
  await desk.routed()
  const other = await newTeam()
  await desk.assign(admin, id, { teamId: other })
  await desk.assign(admin, id, { teamId: team })
  await desk.agent("Ana", [team, other])
  await desk.routed()
  assert.equal(await holder(id), null)
})

test("what came back stays with its agent if they are there, else goes to somebody who is", async () => {
  const team = await newTeam()
  const ana = await desk.agent("Ana", [team])
  const ids = [await openedIn(team), await openedIn(team)]
  await desk.routed()
  for (const id of ids) await status(id, "closed")
  await reopen(ids[0]!)
  await desk.routed()
  assert.deepEqual([await holder(ids[0]!), (await lastWhy(ids[0]!)).code], ["Ana", "kept_agent"])
  await ana.call("PUT", "/me/presence", { status: "away" })
  await desk.agent("Bruno", [team])
  await reopen(ids[1]!)
  await desk.routed()
  assert.equal(await holder(ids[1]!), "Bruno")
  assert.deepEqual((await lastWhy(ids[1]!)).rejected[0]?.because, "away")
})

test("an agent who reopens their own ticket keeps it, though they are not marked as there", async () => {
  const team = await newTeam()
  const ana = await desk.agent("Ana", [team], { presence: null })
  const id = await openedIn(team)
  await desk.assign(admin, id, { agentId: ana.userId })
  await status(id, "resolved")
  await ana.call("PUT", `/tickets/${id}/status`, { status: "open" })
  await desk.routed()
  assert.equal(await holder(id), "Ana")
})

test("a conversation that comes back to an absent agent waits for anybody; with one there, it is theirs", async () => {
  const team = await newTeam()
  const ana = await desk.agent("Ana", [team])
  const source = await openMessageSource(desk, { teamIds: [team] })
  const id = (await source.says("+573001110002")).ticket!.id
  await desk.assign(ana, id, { agentId: ana.userId })
  const back = async () => {
    await status(id, "closed")
    await source.says("+573001110002", { text: "otra cosa" })
    await desk.routed()
    const { status: now, assignee } = await desk.ticket(id)
    return [now, assignee?.name ?? null]
  }
  assert.deepEqual(await back(), ["open", "Ana"])
  await ana.call("PUT", "/me/presence", { status: "offline" })
  assert.deepEqual(await back(), ["pending", null])
  assert.equal((await lastWhy(id)).code, "team_picks")
})

test("conversations are given out where the team wants it, and open with their agent", async () => {
  const team = (await acting(desk, (act) => createTeam(act, { name: "Chat", autoAssign: ["conversation"] }))).id
  await desk.agent("Ana", [team])
  const source = await openMessageSource(desk, { teamIds: [team] })
  const { id } = (await source.says("+573001110003")).ticket!
  await desk.routed()
  const { status: now, assignee } = await desk.ticket(id)
  assert.deepEqual([now, assignee?.name], ["open", "Ana"])
})

test("a ticket that fails by itself does not hold back the others", async () => {
  const team = await newTeam()
  await desk.agent("Ana", [team])
  const [bad, good] = [await openedIn(team), await openedIn(team)]
  const poison = `create function refuse_one() returns trigger language plpgsql as $$
    begin raise exception 'no'; end $$;
    create trigger refuse_one before update of assignee_id on tickets for each row when (old.id = '${bad}') execute function refuse_one()`
  await desk.db.pool.query(poison)
  await desk.routed()
  await desk.db.pool.query("drop trigger refuse_one on tickets; drop function refuse_one")
  assert.deepEqual([await holder(bad), await holder(good)], [null, "Ana"])
  const { rows } = await desk.db.pool.query("select tries from routing_queue where ticket_id = $1", [bad])
  assert.deepEqual(rows, [{ tries: 3 }])
})

test("rules are kept as given, in their order; what no rule may say is refused by name", async () => {
  const action = { type: "assign_team", teamId: home }
  const made = await admin.call("POST", "/assignment-rules", { name: "Segunda", priority: 20, action })
  const first = await desk.rule({ name: "Primera", priority: 10, action })
  assert.partialDeepStrictEqual(made.body, {
    name: "Segunda",
    priority: 20,
    enabled: true,
    conditions: [],
    action,
    version: 1,
  })
  const items = (await admin.call("GET", "/assignment-rules")).body["items"] as { name: string }[]
  assert.deepEqual(
    items.map(({ name }) => name).filter((name) => /^(Primera|Segunda)$/.test(name)),
    ["Primera", "Segunda"],
  )
  // Another order of its keys is no change.
  await admin.call("PATCH", `/assignment-rules/${first}`, { action: { teamId: home, type: "assign_team" } })
  const changed = await admin.call("PATCH", `/assignment-rules/${first}`, { enabled: false })
  assert.partialDeepStrictEqual(changed.body, { enabled: false, priority: 10, action, version: 2 })
  const bad: [object, string][] = [
    [{ conditions: [{ field: "color", operator: "equals", value: "x" }] }, "conditions.0.field"],
    [{ conditions: [{ field: "subject", operator: "is", value: "x" }] }, "conditions.0.operator"],
    [{ conditions: [{ field: "subject", operator: "matches", value: "(a" }] }, "conditions.0.value"],
    [{ conditions: [{ field: "subject", operator: "in", value: "x" }] }, "conditions.0.value"],
    [{ conditions: [{ field: "priority", operator: "gt", value: "huge" }] }, "conditions.0.value"],
    [{ action: { type: "delete" } }, "action.type"],
    [{ action: { type: "assign_agent" } }, "action.agentId"],
    [{ action: { type: "assign_team", teamId: "tem_none" } }, "action.teamId"],
    [{ action: { type: "assign_agent", agentId: "usr_none" } }, "action.agentId"],
  ]
  for (const [more, path] of bad) {
    const { status: code, body } = await admin.call("POST", "/assignment-rules", { name: "Mala", action, ...more })
    assert.deepEqual([code, (body["errors"] as { path: string }[])[0]?.path], [400, path])
  }
  for (const id of [first, String(made.body["id"])]) await admin.call("DELETE", `/assignment-rules/${id}`)
  assert.equal((await admin.call("GET", `/assignment-rules/${first}`)).status, 404)
})

test("a rule can be tried on past tickets before it is switched on", async () => {
  const [team, other] = [await newTeam(), await newTeam()]
  await desk.agent("Ana", [team, other])
  desk.clock.pass(1)
  const from = desk.now()
  const loud = await desk.opened({ subject: "FACTURA vencida" })
  await desk.opened({ subject: "Otra cosa" })
  const conditions = [{ field: "subject", operator: "contains", value: "factura" }]
  const matched = await admin.call("POST", "/assignment-rules/matches", { conditions })
  assert.deepEqual([matched.body["matched"], (matched.body["items"] as { id: string }[])[0]?.id], [1, loud.id])
  desk.clock.pass(1)
  const candidate = { name: "Facturas", conditions, action: { type: "round_robin", teamId: team } }
  const span = { from, to: desk.now() }
  const { status: code, body } = await admin.call("POST", "/simulations/assignment-rules", { candidate, ...span })
  assert.deepEqual([code, body["state"], body["checked"], body["differing"]], [201, "done", 2, 1], JSON.stringify(body))
  const [item] = body["items"] as Record<string, string>[]
  const [teamName, homeName] = [await nameOf(team), await nameOf(home)]
  assert.deepEqual(item, {
    ticketId: loud.id,
    number: loud.number,
    now: homeName,
    then: `${teamName}, por la regla Facturas`,
    because: "Se cumple la regla Facturas; hoy ninguna",
  })
  const nothing = await admin.call("POST", "/simulations/assignment-rules", { candidate: [], ...span })
  assert.equal(nothing.body["differing"], 0)
})

const nameOf = async (teamId: string) => String((await admin.call("GET", `/teams/${teamId}`)).body["name"])
