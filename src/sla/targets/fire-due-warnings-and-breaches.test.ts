// How deadlines fire: many at once, from several sides at once, and in the order of the documented events.
import assert from "node:assert/strict"
import { test } from "node:test"
import { socketEventsOf } from "#event-log/logged-event-to-socket-events.ts"
import type { LoggedEvent } from "#event-log/index.ts"
import { outboxTimer } from "#outbox/index.ts"
import { openSlaDesk } from "#test/desks/sla-desk.ts"
import { ticketsNow } from "#tickets/index.ts"
import { followDeadlines } from "./deadlines-polling-loop.ts"

const it = await openSlaDesk()
const { desk, root, sol, ana, ours, opened, pass, followed, alarms, setStatus, answer, done, rows, sla } = it
await it.policy()

test("59: however many are due, all fire, some at a time", async () => {
  const many = 230
  for (let n = 0; n < many; n++) await opened()
  await pass(60)
  const counted = await rows(
    "select kind, count(*)::int as n from events where kind like 'ticket.sla%' group by kind order by kind",
  )
  assert.deepEqual(counted, [
    { kind: "ticket.sla_breached", n: many },
    { kind: "ticket.sla_warned", n: many },
  ])
  const steps = await rows<{ n: number }>(
    "select count(*)::int as n from sla_targets where breached_at is not null group by xmin::text order by n",
  )
  assert.deepEqual(steps, [{ n: many - 200 }, { n: 200 }])
})

test("61: several that fire at once fire each once", async () => {
  const ids = (await Promise.all(Array.from({ length: 8 }, () => opened()))).map(({ id }) => id)
  await followed()
  desk.clock.pass(48 * 60_000)
  await Promise.all(Array.from({ length: 6 }, () => followDeadlines(desk)))
  await followed()
  for (const id of ids) assert.equal((await alarms(id)).length, 1)
})

test("somebody who works on a ticket holds nothing up: it fires once they are done", async () => {
  const [held, free] = [await opened(), await opened()]
  await followed()
  const client = await desk.db.pool.connect()
  await client.query("begin")
  await client.query("select from tickets where id = $1 for update", [held.id])
  desk.clock.pass(48 * 60_000)
  await followDeadlines(desk)
  assert.deepEqual([(await alarms(held.id)).length, (await alarms(free.id)).length], [0, 1])
  await client.query("commit")
  client.release()
  await followed()
  assert.equal((await alarms(held.id)).length, 1)
})

test("70: what is left is counted in working time, rounded down, and never below none", async () => {
  const hours = {
    timezone: "UTC",
    intervals: [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from: "08:00", to: "09:00" })),
  }
  const { id: calendarId } = await done(root.call("POST", "/calendars", { name: "Una hora", ...hours }))
  const conditions = [{ field: "subject", operator: "equals", value: "por horas" }]
  const targets = { firstResponse: { medium: 60 } }
  await it.policy({ isDefault: false, priority: 1, conditions, calendarId, targets })
  desk.clock.now = new Date("2027-01-04T08:30:00Z")
  const { id } = await opened({ subject: "por horas" })
  await pass(10.5)
  const shown = async () => {
    const [target] = (await sla(id))!.targets
    return [target!.minutesRemaining, target!.percentRemaining, target!.dueAt]
  }
  const due = "2027-01-05T08:30:00.000Z"
  assert.deepEqual(await shown(), [49, 82.5, due])
  await pass(600)
  assert.deepEqual(await shown(), [30, 50, due])
  const warnedWith = async (ticketId: string) => (await alarms(ticketId))[0]!.data["minutesRemaining"]
  await pass(818)
  assert.deepEqual([(await shown())[0], await warnedWith(id)], [11, 11])
  const { id: late } = await opened({ subject: "por horas" })
  await pass(2_880)
  assert.deepEqual([await shown(), await warnedWith(late)], [[0, 0, due], 0])
  const { items } = (await done(root.call("GET", `/tickets/${id}/why`))) as { items: { because: string }[] }
  const granted = "grants 1 h of working time (calendar Una hora) since the ticket was created"
  assert.ok(items.some(({ because }) => because.startsWith("First response: the policy") && because.endsWith(granted)))
})

test("every row of the documented table of events, in order", async () => {
  const { id } = await opened({ teamId: ours, description: "no anda" })
  await done(root.call("PUT", `/tickets/${id}/assignment`, { agentId: ana.userId }))
  await pass(48)
  await answer(id, ana)
  await setStatus(id, "pending")
  await setStatus(id, "open")
  await pass(200)
  await setStatus(id, "resolved")
  await setStatus(id, "closed")
  await followed()
  const events = await rows<LoggedEvent>(
    `select id, position, at, kind, ticket_id as "ticketId", subject_id as "subjectId", actor_kind as "actorKind",
      actor_id as "actorId", data from events where ticket_id = $1 order by position`,
    [id],
  )
  const sent = socketEventsOf(events, await ticketsNow(desk, [id]))
  const toStaff = sent.filter(({ name, rooms }) => name.startsWith("ticket:") && rooms.includes("admins"))
  assert.deepEqual(
    toStaff.map(({ name }) => name),
    [
      "ticket:created",
      "ticket:message",
      "ticket:assigned",
      "ticket:sla:warning",
      "ticket:message",
      "ticket:status_changed",
      "ticket:status_changed",
      "ticket:sla:breached",
      "ticket:status_changed",
      "ticket:resolved",
      "ticket:status_changed",
      "ticket:closed",
    ],
  )
  const warning = toStaff.find(({ name }) => name === "ticket:sla:warning")!
  assert.deepEqual(warning.rooms, ["admins", `user:${ana.userId}`, `user:${sol.userId}`])
  assert.partialDeepStrictEqual(warning.body, { metric: "first_response", minutesRemaining: 12 })
})

test("why says of each deadline by which policy, of how much, and from when", async () => {
  await it.policy({ name: "Oro" })
  const { id } = await opened({ teamId: ours })
  await pass(50)
  const { items } = (await done(root.call("GET", `/tickets/${id}/why`))) as { items: { because: string }[] }
  assert.deepEqual(
    items.map(({ because }) => because).filter((because) => because.includes("Oro")),
    [
      "First response: the policy Oro grants 1 h of working time since the ticket was created",
      "Resolution: the policy Oro grants 4 h of working time since the ticket was created",
      "80 % of the time that the policy Oro grants have passed (1 h of working time)",
    ],
  )
})

test("a look for what is due reads few rows, however many deadlines are to come and sends wait for a connection that is off", async () => {
  await followed()
  const client = await desk.db.pool.connect()
  const at = `'${desk.now().toISOString()}'::timestamptz`
  // Foreign keys are not asked: tickets and messages themselves do not matter.
  await client.query(`begin; set local session_replication_role = replica;
    insert into sla_targets (ticket_id, counted_on, cycle, metric, started_at, started_by, wakes_at)
      select 'tkt_' || n, 'tkt_' || n, 1, 'resolution', now(), 'created', ${at} + interval '9 days' from generate_series(1, 5000) n;
    insert into connections (id, kind, name, enabled, created_at, updated_at)
      values ('con_off', 'api', 'No', false, now(), now()), ('con_on', 'api', 'Sí', true, now(), now());
    insert into sends (message_id, connection_id, recipient, state, next_at, created_at)
      select 'msg_' || n, 'con_off', n, 'queued', ${at}, now() from generate_series(1, 5000) n;
    commit; analyze sla_targets, sends`)
  client.release()
  const rowsRead = async () => {
    await rows("select pg_stat_force_next_flush()")
    const [found] = await rows<{ n: number }>(`select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as n
      from pg_stat_user_tables where relname in ('sla_targets', 'sends')`)
    return found!.n
  }
  // A session keeps one plan for all instants once it has made five for their own.
  const look = async () => {
    for (let n = 0; n < 10; n++) {
      assert.equal(await followDeadlines(desk), false)
      assert.deepEqual(await rows(`select (${outboxTimer.dueSql}) as due`), [{ due: null }])
    }
  }
  await look()
  const before = await rowsRead()
  await look()
  assert.ok((await rowsRead()) - before < 100)
})
