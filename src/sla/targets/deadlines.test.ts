// Deadlines from one end to the other: what happens to a ticket, by the log, and of what its people are notified.
import assert from "node:assert/strict"
import { test } from "node:test"
import { openSlaDesk, type ShownSla } from "#test/desks/sla-desk.ts"

const it = await openSlaDesk()
const { desk, root, sol, ana, ours, source, opened, pass, followed, sla, alarms, setStatus, answer, done } = it

const of = (shown: ShownSla, metric: string) => shown?.targets.find((one) => one.metric === metric)
const states = (shown: ShownSla) =>
  shown && [shown.state, ...shown.targets.map(({ metric, state }) => `${metric} ${state}`)]
const left = (shown: ShownSla, metric: string) => of(shown, metric)?.minutesRemaining
const kindsOf = async (id: string) =>
  (await alarms(id)).map(({ kind, data }) => [kind.slice("ticket.".length), data["metric"]].join(" "))
let people = 0
const phone = () => `+5730060000${10 + ++people}`

test("a fresh desk has no policy, and its tickets have no SLA", async () => {
  const { id } = await opened()
  await followed()
  assert.equal(await sla(id), null)
})

test("a new ticket has its targets within a step of the reader; creating it pays nothing but its event", async () => {
  await it.policy()
  const before = await it.rows("select count(*) from sla_targets")
  const { id } = await opened({ teamId: ours })
  assert.deepEqual(await it.rows("select count(*) from sla_targets"), before)
  await followed()
  const shown = await sla(id)
  assert.deepEqual(states(shown), ["on_track", "first_response on_track", "resolution on_track"])
  assert.equal(of(shown, "first_response")!.dueAt, new Date(desk.clock.now.getTime() + 60 * 60_000).toISOString())
  assert.deepEqual([left(shown, "first_response"), of(shown, "first_response")!.percentRemaining], [60, 100])
})

test("at 80 % its people are warned, at the due instant it is breached, each once and in order", async () => {
  const { id } = await opened({ teamId: ours, assigneeId: ana.userId })
  await pass(47.9)
  assert.deepEqual(await alarms(id), [])
  await pass(0.1)
  await pass(5)
  const [warning] = await alarms(id)
  assert.partialDeepStrictEqual(warning!.data, {
    metric: "first_response",
    minutesRemaining: 12,
    leadIds: [sol.userId],
  })
  assert.deepEqual(warning!.data["notifyIds"], [ana.userId, sol.userId])
  assert.equal((await sla(id))!.state, "warning")
  await pass(7)
  await pass(60)
  assert.deepEqual(await kindsOf(id), ["sla_warned first_response", "sla_breached first_response"])
  const shown = await sla(id)
  assert.deepEqual([shown!.state, left(shown, "first_response")], ["breached", 0])
  assert.equal(shown!.breachedAt, of(shown, "first_response")!.dueAt)
})

test("an answer in time is met, and not the opening text, a note, or an automatic text", async () => {
  const { id } = await opened({ teamId: ours })
  await done(ana.call("POST", `/tickets/${id}/messages`, { content: "solo entre nosotros", isInternal: true }))
  await followed()
  assert.equal(of(await sla(id), "first_response")!.state, "on_track")
  await pass(10)
  await answer(id, ana)
  await pass(100)
  const shown = await sla(id)
  assert.deepEqual(states(shown), ["on_track", "first_response met", "resolution on_track"])
  assert.deepEqual(await alarms(id), [])
})

test("a late answer is a breach too, though no server ran when it was due", async () => {
  const { id } = await opened({ teamId: ours })
  await followed()
  desk.clock.pass(61 * 60_000)
  await answer(id, ana)
  await followed()
  assert.deepEqual(await kindsOf(id), ["sla_breached first_response"])
  assert.equal(of(await sla(id), "first_response")!.state, "breached")
})

test("an answer that was given in time and is read late is in time", async () => {
  const { id } = await opened({ teamId: ours })
  await followed()
  desk.clock.pass(59 * 60_000)
  await answer(id, ana)
  desk.clock.pass(5 * 60_000)
  await followed()
  assert.deepEqual(await alarms(id), [])
  assert.equal(of(await sla(id), "first_response")!.state, "met")
})

test("when both are overdue both are recorded, and people are notified of the breach alone", async () => {
  const { id } = await opened({ teamId: ours })
  await followed()
  desk.clock.pass(90 * 60_000)
  await followed()
  const [warning, breach] = await alarms(id)
  assert.deepEqual([warning!.kind, warning!.data["quiet"]], ["ticket.sla_warned", true])
  assert.deepEqual([breach!.kind, breach!.data["quiet"]], ["ticket.sla_breached", undefined])
})

test("waiting for the customer stops the clock, and what was left goes on", async () => {
  const { id } = await opened({ teamId: ours })
  await answer(id, ana)
  await pass(40)
  await setStatus(id, "pending")
  await pass(600)
  const waiting = await sla(id)
  assert.deepEqual(
    [waiting!.state, of(waiting, "resolution")!.dueAt, left(waiting, "resolution")],
    ["paused", null, 200],
  )
  await setStatus(id, "open")
  await pass(10)
  assert.deepEqual([left(await sla(id), "resolution"), (await sla(id))!.state], [190, "on_track"])
  assert.deepEqual(await alarms(id), [])
})

test("a conversation: the next response runs from the first message nobody answered; pending waits for an agent", async () => {
  const who = phone()
  const { id } = (await source.says(who)).ticket!
  await pass(1)
  await answer(id, ana)
  await pass(5)
  await source.says(who)
  await pass(10)
  await source.says(who)
  await setStatus(id, "pending", root)
  await pass(10)
  const shown = await sla(id)
  assert.deepEqual([left(shown, "next_response"), of(shown, "first_response")!.state], [10, "met"])
  await answer(id, ana)
  await pass(100)
  assert.equal(of(await sla(id), "next_response")!.state, "met")
  assert.deepEqual(await kindsOf(id), [])
})

test("what we begin ourselves awaits no first response, and what a campaign sends has no SLA", async () => {
  const who = phone()
  const begun = (await source.says(who, { direction: "out" })).ticket!
  const sent = (await source.says(phone(), { direction: "out", bot: true })).ticket!
  await followed()
  assert.deepEqual(states(await sla(begun.id)), ["on_track", "resolution on_track"])
  assert.equal(await sla(sent.id), null)
  await source.says(who)
  await followed()
  assert.equal(left(await sla(begun.id), "next_response"), 30)
})

test("resolving stops it: met in time, breached when late, and none for what nobody answered", async () => {
  const [inTime, late] = [await opened({ teamId: ours }), await opened({ teamId: ours })]
  await pass(1)
  await setStatus(inTime.id, "resolved")
  await pass(500)
  await setStatus(late.id, "closed")
  await pass(500)
  assert.deepEqual(states(await sla(inTime.id)), ["met", "first_response none", "resolution met"])
  assert.deepEqual(states(await sla(late.id)), ["breached", "first_response breached", "resolution breached"])
  assert.deepEqual(await kindsOf(inTime.id), [])
})

test("a customer who comes back begins a cycle of its own, staff who reopen owe no first response", async () => {
  const who = phone()
  const { id } = (await source.says(who)).ticket!
  await pass(70)
  await setStatus(id, "closed")
  await pass(1)
  await source.says(who, { text: "sigue igual" })
  await followed()
  assert.deepEqual(states(await sla(id)), ["on_track", "first_response on_track", "resolution on_track"])
  assert.equal((await sla(id))!.breachedAt, null)
  const kept = await it.rows("select cycle, metric, outcome from sla_targets where ticket_id = $1 order by id", [id])
  assert.deepEqual(
    kept.map(({ cycle, metric, outcome }) => [cycle, metric, outcome]),
    [
      [1, "first_response", "breached"],
      [1, "resolution", "met"],
      [2, "first_response", null],
      [2, "resolution", null],
    ],
  )
  await setStatus(id, "closed")
  await setStatus(id, "open", ana)
  await followed()
  assert.deepEqual(states(await sla(id)), ["on_track", "resolution on_track"])
})

test("a deadline by a calendar says until when it is open and when it opens next, while it runs", async () => {
  const opensAt = new Date(Math.ceil(desk.clock.now.getTime() / 3_600_000) * 3_600_000 + 2 * 3_600_000)
  const timeOf = (at: Date) => at.toISOString().slice(11, 16)
  const intervals = [0, 1, 2, 3, 4, 5, 6].map((day) => ({
    day,
    from: timeOf(opensAt),
    to: timeOf(new Date(opensAt.getTime() + 3_600_000)),
  }))
  const rules = { name: "Una hora", timezone: "UTC", intervals }
  const { id: calendarId } = await done(root.call("POST", "/calendars", rules))
  const conditions = [{ field: "subject", operator: "equals", value: "Una hora" }]
  await it.policy({ isDefault: false, calendarId, conditions, targets: { resolution: { medium: 60 } } })
  const { id } = await opened({ teamId: ours, subject: "Una hora" })
  await followed()
  const hoursOf = async () => {
    const { closesAt, opensAt: next } = of(await sla(id), "resolution")!
    return [closesAt, next]
  }
  const [after, day] = [new Date(opensAt.getTime() + 3_600_000).toISOString(), 86_400_000]
  assert.deepEqual(await hoursOf(), [null, opensAt.toISOString()])
  desk.clock.pass(opensAt.getTime() - desk.clock.now.getTime())
  assert.deepEqual(await hoursOf(), [after, new Date(opensAt.getTime() + day).toISOString()])
  await setStatus(id, "pending")
  await followed()
  assert.deepEqual(await hoursOf(), [null, null])
})

test("snoozing stops nothing, and incidents have no SLA", async () => {
  const { id } = await opened({ teamId: ours })
  await done(root.call("PUT", `/tickets/${id}/snooze`, { until: "2030-01-01T00:00:00Z" }))
  await pass(61)
  assert.equal((await sla(id))!.state, "breached")
})

test("of a merge into a ticket that ends, undone, what was answered stays answered and what was breached is notified once", async () => {
  const [late, answered] = [await opened({ teamId: ours }), await opened({ teamId: ours })]
  const { id: target } = await opened({ teamId: ours })
  const merged = (id: string) =>
    done(root.call("POST", `/tickets/${id}/merge`, { into: target, override: "es lo mismo" }))
  await merged(answered.id)
  await pass(10)
  await answer(target)
  await pass(60)
  await merged(late.id)
  await setStatus(target, "resolved")
  await pass(10)
  for (const { id } of [late, answered]) await done(root.call("DELETE", `/tickets/${id}/merge`))
  await followed()
  const breaches = ["sla_warned first_response", "sla_breached first_response"]
  assert.deepEqual([await kindsOf(late.id), await kindsOf(answered.id)], [breaches, []])
  const [breached, met] = [await sla(late.id), await sla(answered.id)]
  assert.deepEqual([breached!.state, left(breached, "resolution")], ["breached", 160])
  assert.equal(breached!.breachedAt, of(breached, "first_response")!.dueAt)
  assert.deepEqual([met!.state, of(met, "first_response")!.state, left(met, "resolution")], ["on_track", "met", 160])
  const kept = await it.rows("select count(*)::int as n from sla_targets where ticket_id = any($1)", [
    [late.id, answered.id],
  ])
  assert.deepEqual(kept, [{ n: 4 }])
})

test("of tickets that are merged one into the next, read at once, the earliest due time counts on the last", async () => {
  const { id: first } = await opened({ teamId: ours })
  await pass(30)
  const [{ id: second }, { id: last }] = [await opened({ teamId: ours }), await opened({ teamId: ours })]
  await followed()
  await done(root.call("POST", `/tickets/${first}/merge`, { into: second, override: "es lo mismo" }))
  await done(root.call("POST", `/tickets/${second}/merge`, { into: last, override: "es lo mismo" }))
  await followed()
  assert.equal(left(await sla(last), "first_response"), 30)
})

test("a warning at closing time is given then and once, though another deadline fell on that instant", async () => {
  const midnight = Math.floor(desk.clock.now.getTime() / 86_400_000) * 86_400_000
  // Closed today and tomorrow, as at a weekend.
  const intervals = [2, 3, 4, 5, 6].map((days) => ({
    day: new Date(midnight + days * 86_400_000).getUTCDay(),
    from: "09:00",
    to: "17:00",
  }))
  const rules = { name: "Entre semana", timezone: "UTC", intervals }
  const { id: calendarId } = await done(root.call("POST", "/calendars", rules))
  const conditions = [{ field: "subject", operator: "equals", value: "Fin de semana" }]
  const targets = { firstResponse: { medium: 480 }, resolution: { medium: 600 } }
  await it.policy({ isDefault: false, calendarId, conditions, targets })
  await followed()
  const { id } = await opened({ teamId: ours, subject: "Fin de semana" })
  await answer(id, ana)
  await pass((midnight + 2 * 86_400_000 + 17 * 3_600_000 - desk.clock.now.getTime()) / 60_000)
  assert.deepEqual(await kindsOf(id), ["sla_warned resolution"])
  await pass(16 * 60)
  await setStatus(id, "pending")
  await followed()
  assert.deepEqual(await kindsOf(id), ["sla_warned resolution"])
})
