// What else moves deadlines: priorities, policies, customers, calendars, merges; and lists by deadline.
import assert from "node:assert/strict"
import { test } from "node:test"
import { openSlaDesk, type ShownSla } from "#test/desks/sla-desk.ts"
import { transition, lockTicket } from "#tickets/index.ts"
import { acting } from "#test/desks/test-desk.ts"
import { sequenceAll } from "#event-log/sequencer.ts"
import { recomputeTargets } from "./recompute-targets.ts"
import { trackTargets } from "./track-targets.ts"

const it = await openSlaDesk()
await it.policy()
const { desk, root, ana, ours, theirs, opened, pass, followed, sla, alarms, setStatus, answer, done } = it

const of = (shown: ShownSla, metric: string) => shown?.targets.find((one) => one.metric === metric)
const left = (shown: ShownSla, metric: string) => of(shown, metric)?.minutesRemaining
const kindsOf = async (id: string) =>
  (await alarms(id)).map(({ kind, data }) => [kind.slice("ticket.".length), data["metric"]].join(" "))
test("a priority that changes moves the due time: into the past it fires at once, into the future it fires again", async () => {
  const byPriority = { firstResponse: { low: 600, medium: 60, urgent: 10 } }
  const subject = "por prioridad"
  const conditions = [{ field: "subject", operator: "equals", value: subject }]
  await it.policy({ isDefault: false, priority: 1, conditions, targets: byPriority })
  const { id } = await opened({ teamId: ours, subject })
  await pass(20)
  await done(root.call("PATCH", `/tickets/${id}`, { priority: "urgent" }))
  await followed()
  assert.deepEqual(await kindsOf(id), ["sla_warned first_response", "sla_breached first_response"])
  await done(root.call("PATCH", `/tickets/${id}`, { priority: "low" }))
  await followed()
  const shown = await sla(id)
  assert.deepEqual([shown!.state, left(shown, "first_response"), shown!.breachedAt === null], ["on_track", 580, false])
  await pass(580)
  assert.equal((await kindsOf(id)).length, 4)
  await done(root.call("PATCH", `/tickets/${id}`, { priority: "medium" }))
  await followed()
  assert.equal((await kindsOf(id)).length, 4, "what has fired and stays overdue fires no more")
  await done(root.call("PATCH", `/tickets/${id}`, { priority: "high" }))
  await followed()
  assert.equal(await sla(id), null)
})

test("a policy that changes marks what is overdue by it and notifies nobody", async () => {
  const subject = "cambia la política"
  const conditions = [{ field: "subject", operator: "equals", value: subject }]
  const policyId = await it.policy({
    isDefault: false,
    priority: 1,
    conditions,
    targets: { firstResponse: { medium: 60 } },
  })
  const { id } = await opened({ teamId: ours, subject })
  await pass(20)
  await done(root.call("PATCH", `/sla-policies/${policyId}`, { targets: { firstResponse: { medium: 10 } } }))
  await followed()
  assert.equal((await sla(id))!.state, "breached")
  assert.deepEqual(
    (await alarms(id)).map(({ kind, data }) => [kind, data["quiet"]]),
    [
      ["ticket.sla_warned", true],
      ["ticket.sla_breached", true],
    ],
  )
})

test("a policy made later counts from the beginning of the cycle, pauses included", async () => {
  const subject = "sin política"
  const conditions = [{ field: "subject", operator: "equals", value: subject }]
  const none = await it.policy({ isDefault: false, priority: 1, conditions, targets: null })
  const { id } = await opened({ teamId: ours, subject })
  await answer(id, ana)
  await pass(10)
  await setStatus(id, "pending")
  await pass(100)
  await setStatus(id, "open")
  await pass(5)
  assert.equal(await sla(id), null)
  await done(root.call("PATCH", `/sla-policies/${none}`, { targets: { resolution: { medium: 20 } } }))
  await followed()
  assert.equal(left(await sla(id), "resolution"), 5)
})

test("the default policy is asked last; conditions read the customer, not who typed the ticket in", async () => {
  const vip = await it.policy({
    isDefault: false,
    priority: 1_000,
    conditions: [{ field: "customer.tier", operator: "equals", value: "vip" }],
    targets: { firstResponse: { medium: 5 } },
  })
  const contact = await done(root.call("POST", "/contacts", { name: "Eva", tier: "vip" }))
  const { id } = await opened({ teamId: ours, contactId: String(contact["id"]) })
  await followed()
  assert.equal((await sla(id))!.policyId, vip)
  await done(root.call("PATCH", `/contacts/${String(contact["id"])}`, { tier: "basic" }))
  await followed()
  assert.notEqual((await sla(id))!.policyId, vip)
  assert.equal(left(await sla(id), "first_response"), 60)
})

test("of two merged tickets the earlier due time counts, once; undone, each has its own again", async () => {
  const { id: older } = await opened({ teamId: ours })
  await pass(30)
  const { id: younger } = await opened({ teamId: ours })
  await pass(1)
  await done(root.call("POST", `/tickets/${older}/merge`, { into: younger, override: "es lo mismo" }))
  await followed()
  assert.equal(left(await sla(younger), "first_response"), 29)
  await done(root.call("DELETE", `/tickets/${older}/merge`))
  await followed()
  assert.deepEqual([left(await sla(older), "first_response"), left(await sla(younger), "first_response")], [29, 59])
  await done(root.call("POST", `/tickets/${older}/merge`, { into: younger, override: "es lo mismo" }))
  await pass(29)
  await pass(60)
  assert.deepEqual(await kindsOf(younger), ["sla_warned first_response", "sla_breached first_response"])
  await answer(younger, ana)
  await followed()
  assert.deepEqual(await kindsOf(older), [])
})

test("a calendar that changes moves what runs in it", async () => {
  const week = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from: "00:00", to: "24:00" }))
  const calendar = await done(root.call("POST", "/calendars", { name: "Siempre", timezone: "UTC", intervals: week }))
  const subject = "con horario"
  const conditions = [{ field: "subject", operator: "equals", value: subject }]
  await it.policy({ isDefault: false, priority: 1, conditions, calendarId: calendar["id"] })
  const { id } = await opened({ teamId: ours, subject })
  await pass(10)
  assert.equal(left(await sla(id), "first_response"), 50)
  const today = desk.clock.now.toISOString().slice(0, 10)
  await done(
    root.call("PATCH", `/calendars/${String(calendar["id"])}`, { holidays: [{ date: today, name: "Cerrado" }] }),
  )
  await followed()
  assert.equal(left(await sla(id), "first_response"), 60)
})

test("the ticket's version and its last change stay as they were", async () => {
  const { id } = await opened({ teamId: ours })
  const shown = async () => {
    const { version, updatedAt } = await done(root.call("GET", `/tickets/${id}`))
    return [version, updatedAt]
  }
  const before = await shown()
  await pass(300)
  assert.deepEqual(await shown(), before)
})

test("lists filter and sort by the deadline", async () => {
  const list = async (query: string) =>
    ((await done(root.call("GET", `/tickets?limit=100&${query}`)))["items"] as { id: string; sla: ShownSla }[]).map(
      ({ id }) => id,
    )
  const { id: first } = await opened({ teamId: theirs })
  await pass(1)
  const { id: second } = await opened({ teamId: theirs })
  await followed()
  assert.deepEqual(await list(`teamId=${theirs}&sort=slaDueAt`), [first, second])
  assert.deepEqual(await list(`teamId=${theirs}&sort=-slaDueAt`), [second, first])
  assert.deepEqual(await list(`teamId=${theirs}&slaState=breached`), [])
  await pass(59)
  assert.deepEqual(await list(`teamId=${theirs}&slaState=breached`), [first])
  assert.deepEqual(await list(`teamId=${theirs}&slaBreached=true`), [first])
  assert.deepEqual(await list(`teamId=${theirs}&slaBreached=false`), [second])
  const due = (await sla(second))!.targets[0]!.dueAt!
  assert.deepEqual(await list(`teamId=${theirs}&slaDueFrom=${due}&slaDueTo=${due}`), [second])
  await acting(desk, async (act) => transition(act, await lockTicket(act, first), { to: "resolved" }))
  await followed()
  assert.deepEqual(await list(`teamId=${theirs}&slaBreached=true`), [first])
})

test("before a policy is saved it says which open tickets it would be for", async () => {
  const subject = "por guardar"
  const conditions = [{ field: "subject", operator: "equals", value: subject }]
  const [{ id }, ended] = [await opened({ subject }), await opened({ subject })]
  await acting(desk, async (act) => transition(act, await lockTicket(act, ended.id), { to: "resolved" }))
  const matches = async (body: object) => {
    const { matched, items } = await done(root.call("POST", "/sla-policies/matches", body))
    return [matched, (items as { id: string }[]).map((one) => one.id)]
  }
  assert.deepEqual(await matches({ conditions }), [1, [id]])
  const before = await it.policy({ isDefault: false, priority: 1, conditions })
  assert.deepEqual(await matches({ conditions }), [0, []])
  assert.deepEqual(await matches({ conditions, priority: 0 }), [1, [id]])
  const later = await it.policy({ isDefault: false, priority: 1, conditions })
  assert.deepEqual(await matches({ conditions, priority: 1, id: before }), [1, [id]])
  assert.deepEqual(await matches({ conditions, priority: 1, id: later }), [0, []])
  const [taken] = await matches({ isDefault: true, priority: 1_000 })
  assert.ok(Number(taken) > 0, "the mark of the default moves to it")
})

test("a customer sees the deadlines of their ticket where its policy says so, and never which policy that is", async () => {
  const subject = "a la vista"
  const conditions = [{ field: "subject", operator: "equals", value: subject }]
  const policyId = await it.policy({ isDefault: false, priority: 1, conditions })
  const { id } = await done(it.carla.call("POST", "/tickets", { subject }))
  await followed()
  const shown = async () => (await done(it.carla.call("GET", `/tickets/${String(id)}`)))["sla"] as ShownSla
  const listed = async () =>
    ((await done(it.carla.call("GET", "/tickets")))["items"] as { id: string; sla: ShownSla }[]).find(
      (one) => one.id === id,
    )!.sla
  assert.deepEqual([await shown(), await listed()], [null, null])
  await done(root.call("PATCH", `/sla-policies/${policyId}`, { visibleToCustomer: true }))
  assert.deepEqual([(await shown())!.policyId, left(await shown(), "first_response")], [null, 60])
  assert.equal(left(await listed(), "first_response"), 60)
})

test("a list by deadline goes on page after page, and what has none comes last", async () => {
  const tag = "por-plazo"
  const made: string[] = []
  for (let n = 0; n < 9; n++) {
    const { id } = await opened({ teamId: theirs, tags: [tag] })
    if (n % 3 === 0) await acting(desk, async (act) => transition(act, await lockTicket(act, id), { to: "resolved" }))
    made.push(id)
    await pass(1)
  }
  const [withDeadline, without] = [made.filter((_, n) => n % 3 > 0), made.filter((_, n) => n % 3 === 0)]
  const seen: string[] = []
  let cursor: unknown = null
  do {
    const next = typeof cursor === "string" ? `&cursor=${cursor}` : ""
    const page = await done(root.call("GET", `/tickets?tag=${tag}&sort=slaDueAt&limit=4${next}`))
    seen.push(...(page["items"] as { id: string }[]).map(({ id }) => id))
    assert.equal(page["total"], 9)
    cursor = page["nextCursor"]
  } while (cursor !== null)
  assert.deepEqual(seen, [...withDeadline, ...without.toSorted()])
})

test("an answer in time that is not read yet is none too late for a ticket that is looked at again", async () => {
  const { id } = await opened({ teamId: ours })
  await pass(59)
  await answer(id, ana)
  desk.clock.pass(2 * 60_000)
  await it.rows("insert into sla_recomputations (ticket_id, is_quiet, queued_at) values ($1, false, now())", [id])
  assert.equal(await recomputeTargets(desk), 0)
  await followed()
  assert.deepEqual(await it.rows("select from sla_recomputations where ticket_id = $1", [id]), [])
  assert.deepEqual(
    [await kindsOf(id), of(await sla(id), "first_response")!.state],
    [["sla_warned first_response"], "met"],
  )
})

test("what is merged into an ended ticket has nothing more due; undone, it goes on as if it had never been", async () => {
  const { id: older } = await opened({ teamId: ours })
  const { id: ended } = await opened({ teamId: ours })
  await setStatus(ended, "resolved")
  await pass(1)
  await done(root.call("POST", `/tickets/${older}/merge`, { into: ended, override: "es lo mismo" }))
  await pass(20)
  await done(root.call("DELETE", `/tickets/${older}/merge`))
  await followed()
  assert.equal(left(await sla(older), "first_response"), 39)
  await done(root.call("POST", `/tickets/${older}/merge`, { into: ended, override: "es lo mismo" }))
  await pass(300)
  assert.deepEqual([await kindsOf(ended), await kindsOf(older)], [[], []])
})

test("the next answer is due by the ticket's own policy, whatever was merged into it", async () => {
  const subject = "con prisa"
  const conditions = [{ field: "subject", operator: "equals", value: subject }]
  await it.policy({
    isDefault: false,
    priority: 1,
    conditions,
    targets: { nextResponse: { medium: 5 }, resolution: { medium: 600 } },
  })
  const { id } = await opened({ teamId: ours })
  const { id: hurried } = await opened({ teamId: ours, subject })
  for (const one of [id, hurried]) await answer(one)
  await done(root.call("POST", `/tickets/${hurried}/merge`, { into: id, override: "es lo mismo" }))
  await followed()
  await it.fromEva(id)
  await followed()
  assert.equal(left(await sla(id), "next_response"), 30)
})

test("a policy that is saved as it was has not changed, and a new name of one or of a calendar has no ticket looked at again", async () => {
  const intervals = [{ day: 1, from: "00:00", to: "24:00" }]
  const { id: calendarId } = await done(root.call("POST", "/calendars", { name: "Lunes", timezone: "UTC", intervals }))
  const fields = {
    conditions: [{ field: "subject", operator: "equals", value: "igual" }],
    targets: { firstResponse: { low: 9, medium: 8 }, resolution: { medium: 100 } },
    calendarId,
  }
  const id = await it.policy({ isDefault: false, priority: 1, ...fields })
  await opened({ teamId: ours, subject: "igual" })
  await followed()
  const { version } = await done(root.call("PATCH", `/sla-policies/${id}`, fields))
  assert.equal(version, 1)
  await done(root.call("PATCH", `/sla-policies/${id}`, { name: "Otro nombre" }))
  await done(root.call("PATCH", `/calendars/${String(calendarId)}`, { name: "Los lunes" }))
  await sequenceAll(desk.db)
  await trackTargets(desk)
  assert.deepEqual(await it.rows("select from sla_recomputations"), [])
})
