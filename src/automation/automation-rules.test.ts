// Rules act on what happens to tickets: once for each occasion, on however many servers, and say why.
import assert from "node:assert/strict"
import { test } from "node:test"
import { sequenceAll } from "#event-log/index.ts"
import { assignQueued } from "#routing/index.ts"
import { lockAgents } from "#tickets/index.ts"
import { created, log, openAutomationDesk, received, says, stepped, tag } from "#test/desks/automation-desk.ts"
import { acting } from "#test/desks/test-desk.ts"
import { waitUntil } from "#test/server-process.ts"

const it = await openAutomationDesk()
const { root, ana, bruno, ours, theirs, source, desk, job, rows } = it
const { made, rulesAre, newPhone, newTicket, followed, shown, story, refused, applied } = it

test("on a word of the customer's message the ticket gets tag, priority and team, and each says which rule and why", async () => {
  const acts = [tag("garantía"), { type: "priority", value: "high" }, { type: "team", value: theirs }]
  await rulesAre({ ...received, name: "Garantías", conditions: says("GARANTÍA"), actions: acts })
  const [id, other] = [await newTicket("Pido la garantía"), await newTicket("¿Dónde está?")]
  assert.equal(await followed(), 2)
  const { tags, priority, team } = await shown(id)
  assert.deepEqual([tags, priority, team], [["garantía"], "high", theirs])
  assert.deepEqual((await shown(other)).tags, [])
  const because = "Rule “Garantías” acts: the customer wrote"
  const told = (await story(id)).filter(({ why }) => why?.because === because).map(({ action }) => action)
  assert.deepEqual(told, ["automation.applied", "ticket.updated", "ticket.updated", "ticket.assigned", "ticket.freed"])
  const { items } = (await root.call("GET", `/tickets/${id}/why`)).body as { items: { because: string }[] }
  assert.equal(items.filter((one) => one.because === because).length, 1)
})

test("rules are asked in their order about what those before have changed; one that stops is the last", async () => {
  const isHigh = [{ field: "priority", operator: "equals", value: "high" }]
  await rulesAre(
    { ...created, actions: [{ type: "priority", value: "high" }] },
    { ...created, conditions: isHigh, actions: [tag("segunda")], stop: true },
    { ...created, actions: [tag("tercera")] },
  )
  const id = await newTicket()
  await followed()
  assert.deepEqual((await shown(id)).tags, ["segunda"])
})

test("two rules that undo each other act once each; what there is to do no more leaves no trace", async () => {
  const is = (value: string) => [{ field: "status", operator: "equals", value }]
  await rulesAre(
    { ...stepped, conditions: is("open"), actions: [{ type: "status", value: "pending" }] },
    { ...stepped, conditions: is("pending"), actions: [{ type: "status", value: "open" }] },
    { ...received, actions: [tag("escribe")] },
  )
  const who = newPhone()
  const id = await newTicket("hola", who)
  await root.call("PUT", `/tickets/${id}/assignment`, { agentId: ana.userId })
  await followed()
  assert.equal(await applied(id), 3)
  await source.says(who, { text: "¿hola?" })
  await followed()
  assert.equal(await applied(id), 3)
})

test("a rule that hands a ticket to a team leaves it there, whatever routing would do", async () => {
  await rulesAre({ ...created, actions: [{ type: "team", value: theirs }] })
  await bruno.call("PUT", "/me/presence", { status: "online" })
  await ana.call("PUT", "/me/presence", { status: "online" })
  const id = await made("/tickets", { subject: "Cambio", teamId: ours })
  await sequenceAll(desk.db)
  while (await assignQueued(desk, log));
  assert.equal((await shown(id)).assignee, ana.userId)
  await followed()
  while (await assignQueued(desk, log));
  const { team, assignee } = await shown(id)
  assert.deepEqual([team, assignee], [theirs, bruno.userId])
})

test("what a rule may not do it leaves, and says why: a person's hand, a full agent, an open conversation without agent", async () => {
  const full = await root.call("PATCH", `/users/${bruno.userId}`, { capacity: 0 })
  assert.equal(full.status, 200)
  await rulesAre({
    ...received,
    actions: [{ type: "assign", value: bruno.userId }, { type: "status", value: "open" }, tag("visto")],
  })
  const [id, taken] = [await newTicket(), await newTicket()]
  await root.call("PUT", `/tickets/${taken}/assignment`, { agentId: ana.userId })
  await followed()
  assert.deepEqual(await refused(id), ["at_capacity", "needs_agent"])
  assert.deepEqual(await refused(taken), ["given_by_hand"])
  assert.deepEqual((await shown(id)).tags, ["visto"])
  await root.call("PATCH", `/users/${bruno.userId}`, { capacity: 20 })
  await rulesAre({ ...stepped, actions: [{ type: "status", value: "pending" }] })
  await root.call("PUT", `/tickets/${id}/status`, { status: "closed" })
  await followed()
  assert.deepEqual((await refused(id)).at(-1), "reopens")
})

test("a saved reply goes out once in a cycle as nobody's words, and to nobody who is blocked; a note stays inside", async () => {
  const reply = await made("/saved-replies", {
    name: "Acuse",
    visibility: "all",
    content: "Hola, {{contact.firstName}}: recibimos {{ticket.number}}.",
  })
  await rulesAre({
    ...received,
    actions: [
      { type: "reply", value: reply },
      { type: "note", value: "Acuse enviado" },
    ],
  })
  const who = newPhone()
  const { ticket } = await source.says(who, { text: "hola", name: "Carla Gómez" })
  const id = ticket!.id
  await followed()
  await source.says(who, { text: "¿hola?" })
  await followed()
  const said = await rows(
    "select content, sender_kind as by, is_internal as note from messages where ticket_id = $1 and direction = 'out' order by position",
    id,
  )
  const text = `Hola, Carla: recibimos ${ticket!.number}.`
  const note = { content: "Acuse enviado", by: "system", note: true }
  assert.deepEqual(said, [{ content: text, by: "bot", note: false }, note, note])
  assert.equal((await shown(id)).status, "pending", "it answers nothing")
  const [unread] = await rows("select unread_messages as n, first_response_at as at from tickets where id = $1", id)
  assert.deepEqual(unread, { n: 2, at: null })
  const blocked = (await source.says(newPhone(), { name: "Damián" })).ticket!.id
  await rows("update contacts set blocked = true where id = (select contact_id from tickets where id = $1)", blocked)
  const group = (await source.says(newPhone(), { group: "grupo-1" })).ticket!.id
  await followed()
  assert.deepEqual([await refused(blocked), await refused(group)], [["blocked"], ["group"]])
})

test("of two servers that do one job at once, one acts; one that is killed in the middle has done nothing", async () => {
  await rulesAre({ ...received, actions: [tag("una vez"), { type: "assign", value: ana.userId }] })
  const id = await newTicket()
  await sequenceAll(desk.db)
  const [event] = await rows<{ id: number }>(
    "select id from events where ticket_id = $1 and kind = 'message.received'",
    id,
  )
  const payload = { eventId: event!.id, depth: 0, ticketId: id, subjectId: null }
  const killed = await acting(desk, async (act) => {
    await lockAgents(act, [ana.userId])
    const dying = job.run(payload).then(
      () => "done",
      () => "killed",
    )
    const waits = "from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    await waitUntil("it waits for the agent", async () => (await rows(`select ${waits}`)).length > 0)
    // Not by the API: it notes that an admin looked, which waits for the ticket until the job gives up by itself.
    assert.deepEqual(await rows("select tags from tickets where id = $1", id), [{ tags: [] }])
    await rows(`select pg_terminate_backend(pid) ${waits}`)
    return dying
  })
  assert.equal(killed, "killed")
  assert.equal(await applied(id), 0)
  await Promise.all([job.run(payload), job.run(payload)])
  assert.equal(await applied(id), 1)
  const { tags, assignee } = await shown(id)
  assert.deepEqual([tags, assignee], [["una vez"], ana.userId])
  await followed()
})
