// An import is the past: no reader of the log sees it, no deadline and no timer takes it for what happens now, the law holds for it, and
// its addresses prove nothing.
import assert from "node:assert/strict"
import { test } from "node:test"
import { sql } from "kysely"
import { openImportDesk } from "#test/desks/import-desk.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { acting } from "#test/desks/test-desk.ts"
import { contactInvariants } from "#contacts/invariants.ts"
import { eventKinds, type EventKind } from "#event-log/event-kinds.ts"
import { readExclusively, sequenceAll } from "#event-log/index.ts"
import { logReaders, readLog } from "#event-log/read-log.ts"
import { messageInvariants } from "#messages/invariants.ts"
import { policyBody } from "#sla/policies/api-contract.ts"
import { createPolicy } from "#sla/policies/change-policies.ts"
import { recomputeTargets } from "#sla/targets/recompute-targets.ts"
import { trackTargets } from "#sla/targets/track-targets.ts"
import { ticketInvariants } from "#tickets/invariants.ts"
import { closeSilentTickets } from "#tickets/lifecycle/auto-close-silent-tickets.ts"

const { desk, someone, carla, rows, importRecords, ticket, messages } = await openImportDesk()

test("no reader of the log and no screen is given what was imported, of whatever kind", async () => {
  const people = {
    contact: { email: "carla@example.com" },
    assignee: { email: "ana@example.com" },
    createdAt: "2026-01-01",
  }
  const said = (id: string) => [
    { id: `${id}-in`, content: "Hola" },
    { id: `${id}-out`, author: { email: "ana@example.com" }, content: "¿Sí?" },
    { id: `${id}-note`, author: { email: "ana@example.com" }, content: "@Ana", isInternal: true },
  ]
  const statuses = ["new", "open", "pending", "resolved", "closed"]
  const report = await importRecords([
    ...statuses.map((status) => ({ type: "ticket", id: status, status, ...people, messages: said(status) })),
    { type: "ticket", id: "nobody's", subject: "Sin agente" },
    { type: "user", email: "nueva@example.com" },
    { type: "contact", name: "Eva", email: "eva@example.com", phone: "+573001234567" },
  ])
  assert.deepEqual([report.made.tickets, report.made.messages, report.problems], [6, 15, []])
  await sequenceAll(desk.db)
  const all = Object.keys(eventKinds) as EventKind[]
  const mine = await rows<{ id: string }>("select id from tickets where created_by_kind = 'import'")
  assert.equal(mine.length, 6)
  const ids = new Set(mine.map(({ id }) => id))
  for (const reader of logReaders) {
    for (let more = true; more;) {
      const taken = await desk.db.kysely.transaction().execute((tx) => readExclusively(tx, reader, all))
      assert.deepEqual(taken?.events.filter(({ ticketId }) => ids.has(ticketId ?? "")) ?? [], [], reader)
      more = taken?.more ?? false
    }
  }
  const shown = await readLog(desk.db.kysely, 0, 100_000)
  assert.deepEqual(
    shown.filter(({ ticketId }) => ids.has(ticketId ?? "")),
    [],
  )
  const others = await rows(
    "select kind, position from events where ticket_id = any($1) and data ->> 'origin' is distinct from 'import'",
    [[...ids]],
  )
  assert.deepEqual(others, [])
  await assert.rejects(
    rows(
      `insert into events (at, kind, actor_kind, data) values (now(), 'ticket.created', 'system', '{"origin":"import"}')`,
    ),
    /events_imported_are_past/,
  )
  for (const table of [
    "notifications",
    "customer_emails",
    "outgoing_emails",
    "routing_queue",
    "sends",
    "sla_targets",
    "surveys",
  ])
    assert.equal(
      (await rows(`select from ${table} where to_jsonb(${table}) ->> 'ticket_id' = any($1)`, [[...ids]])).length,
      0,
      table,
    )
})

test("a resolved ticket closes when its days are over, without a word; one that was resolved weeks before is closed from then", async () => {
  const at = (hours: number) => new Date(desk.now().getTime() - hours * 3_600_000).toISOString()
  await importRecords([
    { type: "ticket", id: "r1", number: 7001, status: "resolved", createdAt: at(60), resolvedAt: at(40) },
    { type: "ticket", id: "r2", number: 7002, status: "resolved", createdAt: at(900), resolvedAt: at(800) },
  ])
  const [fresh, old] = [await ticket("7001"), await ticket("7002")]
  assert.deepEqual([fresh.status, old.status, String(old.closedAt)], ["resolved", "closed", at(800 - 96)])
  desk.clock.pass(50 * 3_600_000)
  while (await closeSilentTickets(desk));
  assert.equal((await ticket("7001")).status, "resolved")
  desk.clock.pass(24 * 3_600_000)
  while (await closeSilentTickets(desk));
  assert.equal((await ticket("7001")).status, "closed")
  assert.equal((await rows("select from events where kind = 'ticket.closing_announced'")).length, 0)
})

test("nothing happens to a ticket before it is created, and nobody resolves what is closed", async () => {
  const report = await importRecords([
    {
      type: "ticket",
      number: 7005,
      status: "closed",
      createdAt: "2026-03-01",
      closedAt: "2026-01-01",
      updatedAt: "2026-03-02",
    },
    { type: "ticket", number: 7006, createdAt: "2026-01-01", closedAt: "2026-01-02", resolvedAt: "2026-01-03" },
    { type: "ticket", number: 7007, status: "open", createdAt: "2026-03-01", firstResponseAt: "2026-02-01" },
  ])
  assert.deepEqual(
    report.problems.map(({ line, field, isRefused }) => [line, field, isRefused]),
    [
      [1, "closedAt", false],
      [3, "firstResponseAt", false],
    ],
  )
  const day = (at: Date | string | null) => (at === null ? null : new Date(at).toISOString().slice(0, 10))
  const times = await Promise.all(
    ["7005", "7006", "7007"].map(async (number) => {
      const { status, resolvedAt, closedAt, firstResponseAt } = await ticket(number)
      return [status, day(resolvedAt), day(closedAt), day(firstResponseAt)]
    }),
  )
  assert.deepEqual(times, [
    ["closed", "2026-03-02", "2026-03-02", null],
    ["closed", "2026-01-02", "2026-01-02", null],
    ["open", null, null, null],
  ])
})

test("an imported ticket has no deadline until its customer writes, whatever becomes of policies", async () => {
  const open = (id: string, number: number) => {
    const said = [{ id, content: "Hola", createdAt: "2026-11-01T09:00:00Z" }]
    return { type: "ticket", id, number, subject: "Viva", contact: { email: "carla@example.com" }, messages: said }
  }
  await importRecords([open("s1", 7010)])
  const targets = { firstResponse: { low: 60, medium: 60, high: 60, urgent: 60 } }
  const policy = policyBody.parse({ name: "Todas", isDefault: true, targets })
  await acting(desk, (act) => createPolicy(act, policy))
  const drain = async () => {
    await sequenceAll(desk.db)
    while (await trackTargets(desk));
    while (await recomputeTargets(desk));
  }
  await importRecords([open("s2", 7011)])
  await drain()
  const imports = "ticket_id in (select id from tickets where created_by_kind = 'import')"
  assert.equal((await rows(`select from sla_targets where ${imports}`)).length, 0)
  const { id } = await ticket("7010")
  assert.equal((await carla.call("POST", `/tickets/${id}/messages`, { content: "¿Y?" })).status, 201)
  await drain()
  const running = await rows(
    `select ticket_id as id, metric, started_by as "startedBy" from sla_targets where ended_at is null and ${imports} order by metric`,
  )
  assert.deepEqual(running, [
    { id, metric: "first_response", startedBy: "customer_message" },
    { id, metric: "resolution", startedBy: "customer_message" },
  ])
  assert.equal((await ticket("7010")).unreadMessages, 1)
})

test("an imported address is no proof: by it one reads what was exchanged with it, and nothing else of the contact", async () => {
  await importRecords([
    { type: "contact", id: "two", name: "Dos", emails: ["dos@example.com", "otra@example.com"] },
    {
      type: "ticket",
      id: "p1",
      number: 7020,
      subject: "De dos",
      contact: { id: "two", email: "dos@example.com" },
      messages: [{ id: "p1", content: "Privado" }],
    },
    { type: "ticket", id: "p2", number: 7021, subject: "De otra", contact: { id: "two", email: "otra@example.com" } },
  ])
  const [dos, otra] = [await someone("Dos", "user"), await someone("Otra", "user")]
  assert.deepEqual([(await ticket("7020", dos)).subject, (await messages("7020", dos)).length], ["De dos", 1])
  assert.equal((await otra.call("GET", "/tickets/7020")).status, 404)
  assert.equal((await ticket("7021", otra)).subject, "De otra")
  assert.equal((await dos.call("GET", "/tickets/7021")).status, 404)
  const proofs = await rows(
    "select distinct proof, confirmed_for from contact_identities where value in ('dos@example.com', 'otra@example.com')",
  )
  assert.deepEqual(proofs, [{ proof: "import", confirmed_for: null }])
})

test("the law: of a conversation one ticket is active, and what would be a second is imported closed and said", async () => {
  const source = await openMessageSource(desk)
  const live = (await source.says("+573001112233")).ticket!
  const [connection] = await rows<{ name: string }>("select name from connections where id = $1", [source.id])
  const one = (id: string, phone: string, updatedAt: string) => ({
    type: "ticket",
    id,
    status: "open",
    connection: connection!.name,
    contact: { phone },
    createdAt: "2026-02-01",
    updatedAt,
  })
  const report = await importRecords([
    one("l1", "+573001112233", "2026-02-01T10:00:00Z"),
    one("l2", "+573009998877", "2026-02-01T10:00:00Z"),
    one("l3", "+573009998877", "2026-02-02T10:00:00Z"),
  ])
  assert.deepEqual(
    report.problems.map(({ line, field }) => [line, field]),
    [
      [1, "status"],
      [2, "status"],
    ],
  )
  assert.match(report.problems[0]!.expected, new RegExp(live.number))
  const found = await rows("select status, channel from tickets where kind = 'conversation' order by status, id")
  assert.deepEqual(
    found.map(({ status, channel }) => [status, channel].join(" ")),
    ["closed api", "closed api", "pending api", "pending api"],
  )
})

test("doctor finds nothing wrong with what was imported", async () => {
  for (const { name, find, harmless } of [...ticketInvariants, ...contactInvariants, ...messageInvariants])
    if (typeof find === "string" && harmless === undefined)
      assert.deepEqual((await sql.raw(find).execute(desk.db.kysely)).rows, [], name)
})
