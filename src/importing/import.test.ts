// What an import brings: from a file into a desk that has people and tickets, once, however often it runs.
import assert from "node:assert/strict"
import { readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { openImportDesk } from "#test/desks/import-desk.ts"
import { type Ticket } from "#tickets/index.ts"
import type { SourceName } from "./source-registry.ts"

const { folder, root, ana, rows, importFile, importRecords, ticket, messages } = await openImportDesk()

const order = {
  type: "ticket",
  id: "a-1",
  number: "#4711",
  subject: "Pedido perdido",
  status: "closed",
  priority: "high",
  channel: "email",
  contact: { name: "Carla", email: "Carla@Example.com" },
  assignee: { email: "ana@example.com" },
  tags: "envíos, urgente",
  createdAt: "2026-01-02T10:00:00Z",
  closedAt: "2026-01-03T09:00:00-05:00",
  messages: [
    {
      id: 1,
      content: "No llega mi pedido",
      createdAt: "2026-01-02 10:00:00",
      attachments: [{ name: "guia.txt", path: "guia.txt" }],
    },
    {
      id: 2,
      author: { kind: "user", email: "ana@example.com" },
      html: "<p>Sale <b>hoy</b>&nbsp;&amp; llega mañana</p>",
      createdAt: "2026-01-02T11:00:00Z",
    },
    {
      id: 3,
      author: { email: "ana@example.com" },
      content: "Cliente molesto",
      isInternal: true,
      createdAt: "2026-01-02T11:30:00Z",
    },
  ],
}

test("a ticket comes with its number, times, people, messages, notes and files, and closed tickets stay closed", async () => {
  writeFileSync(join(folder, "guia.txt"), "Guía 99")
  const report = await importRecords([order])
  assert.deepEqual(report.made, { tickets: 1, messages: 3, contacts: 1, users: 0, attachments: 1 })
  assert.deepEqual(report.problems, [])
  const { status, assignee, tags, messageCount, unreadMessages, firstResponseAt, createdAt, closedAt, version } =
    await ticket("TKT-04711")
  assert.deepEqual(
    [status, assignee?.name, tags, messageCount, unreadMessages, version],
    ["closed", "Ana", ["envíos", "urgente"], 2, 0, 1],
  )
  assert.deepEqual(
    [createdAt, firstResponseAt, closedAt],
    ["2026-01-02T10:00:00.000Z", "2026-01-02T11:00:00.000Z", "2026-01-03T14:00:00.000Z"],
  )
  const said = await messages("4711", root, "?includeInternal=true")
  assert.deepEqual(
    said.map(({ content, direction, sender }) => [content, direction, sender.name]),
    [
      ["No llega mi pedido", "in", "Carla"],
      ["Sale hoy & llega mañana", "out", "Ana"],
      ["Cliente molesto", "out", "Ana"],
    ],
  )
  assert.deepEqual(
    said[0]!.attachments.map(({ name, state }) => [name, state]),
    [["guia.txt", "stored"]],
  )
})

test("run again it makes nothing twice, and adds what came since", async () => {
  const later = {
    ...order,
    messages: [...order.messages, { id: 4, content: "¡Gracias!", createdAt: "2026-01-02T12:00:00Z" }],
  }
  const again = await importRecords([later])
  assert.deepEqual([again.made, again.known], [{ tickets: 0, messages: 1, contacts: 0, users: 0, attachments: 0 }, 4])
  assert.deepEqual(
    (await messages("4711")).map(({ content }) => content),
    ["No llega mi pedido", "Sale hoy & llega mañana", "¡Gracias!"],
  )
  assert.equal((await ticket("4711")).messageCount, 3)
})

test("what is broken off in the middle goes on: whole batches are there, and the rest comes with the next run", async () => {
  const many = Array.from({ length: 900 }, (_, i) => ({
    type: "ticket",
    id: `m${i}`,
    subject: "Muchos",
    contact: { email: `m${i % 90}@example.com` },
    messages: [{ id: `m${i}`, content: "x" }],
  }))
  let batches = 0
  const onProgress = () => {
    if (++batches === 2) throw new Error("killed")
  }
  await assert.rejects(importRecords(many, { onProgress }), /killed/)
  const made = async () => (await rows("select from tickets where subject = 'Muchos'")).length
  const before = await made()
  assert.ok(before > 0 && before < 900, String(before))
  const report = await importRecords(many)
  assert.deepEqual([report.made.tickets, await made()], [900 - before, 900])
  const people =
    "select from contacts c join contact_identities i on i.contact_id = c.id where i.value like 'm%@example.com'"
  assert.equal((await rows(people)).length, 90)
})

test("a dry run says the same and writes nothing", async () => {
  const state = () =>
    rows(
      "select (select count(*) from tickets) t, (select count(*) from messages) m, (select count(*) from contacts) c, (select count(*) from events) e, (select last_value from ticket_number_seq) n, (select count(*) from imported_records) r, (select count(*) from users) u, (select count(*) from admin_acts) a",
    )
  const records = [
    { type: "user", id: "u9", email: "nueva@example.com", name: "Nueva" },
    { ...order, id: "dry", number: "999999", status: "lost", assignee: { id: "u9" }, messages: [{ content: "Antes" }] },
    "{broken",
    { type: "message", ticket: "dry", id: "d1", content: "Después" },
    { type: "message", ticket: "nowhere", content: "x" },
  ]
  const before = await state()
  const dry = await importRecords(records, { isDryRun: true })
  assert.deepEqual(await state(), before)
  const real = await importRecords(records)
  assert.deepEqual([dry.problems, dry.made], [real.problems, real.made])
  assert.deepEqual(
    real.problems.map(({ line, field, isRefused }) => [line, field, isRefused]),
    [
      [2, "status", false],
      [3, "", true],
      [5, "ticket", true],
    ],
  )
})

test("numbers: kept when short and free, with the sequence past them; else the old one is an alias", async () => {
  const report = await importRecords([
    { type: "ticket", id: "n1", number: "4711", subject: "La misma" },
    { type: "ticket", id: "n2", number: "2026112200001", subject: "Larga" },
    { type: "ticket", id: "n3", number: "ZD-77", subject: "Otra forma" },
    { type: "ticket", id: "n4", number: "0500123", subject: "Corta" },
  ])
  assert.equal(report.renumbered, 3)
  assert.equal(
    (await ticket("4711")).subject,
    "Pedido perdido",
    "a number that a ticket bears leads to that ticket only",
  )
  assert.deepEqual([(await ticket("2026112200001")).subject, (await ticket("ZD-77")).subject], ["Larga", "Otra forma"])
  assert.equal((await ticket("500123")).number, "TKT-500123")
  const next = (await ana.call("POST", "/tickets", { subject: "De hoy" })).body as Ticket
  assert.ok(Number(next.number.slice(4)) > 999_999, next.number)
})

test("accounts: staff are made and not invited; an account that is there stays as it is; a customer's becomes no agent", async () => {
  const report = await importRecords([
    { type: "user", id: "u1", email: "bruno@example.com", name: "Bruno" },
    { type: "user", id: "u2", email: "ANA@example.com", name: "Otra Ana", role: "admin" },
    { type: "user", id: "u3", email: "carla@example.com", name: "Carla" },
    { type: "user", id: "u4", email: "vieja@example.com", name: "Vieja", isActive: false },
    { type: "ticket", id: "u", number: 7030, assignee: { id: "u1" }, subject: "x" },
    { type: "ticket", id: "v", number: 7031, assignee: { id: "u4" }, subject: "x" },
  ])
  assert.deepEqual(
    report.problems.map(({ line, field, isRefused }) => [line, field, isRefused]),
    [
      [3, "email", true],
      [6, "assignee", false],
    ],
  )
  const users = await rows(
    "select email, role, name, password_hash is null as closed, disabled_at is not null as off from users where email in ('bruno@example.com', 'ana@example.com', 'vieja@example.com') order by email",
  )
  assert.deepEqual(users, [
    { email: "ana@example.com", role: "agent", name: "Ana", closed: true, off: false },
    { email: "bruno@example.com", role: "agent", name: "Bruno", closed: true, off: false },
    { email: "vieja@example.com", role: "agent", name: "Vieja", closed: true, off: true },
  ])
  assert.deepEqual([(await ticket("7030")).assignee?.name, (await ticket("7031")).assignee], ["Bruno", null])
  assert.equal((await rows("select from password_links")).length, 0)
})

test("a table: columns named like fields, semicolons, windows-1252, unknown columns said once", async () => {
  const csv = Buffer.from(
    'number;subject;contact.email;status;color\n8001;Señal débil;ñ@example.com;pending;rojo\n8002;"Dos\nlíneas";b@example.com;;azul\n',
    "latin1",
  )
  writeFileSync(join(folder, "table.csv"), csv)
  const report = await importFile(join(folder, "table.csv"))
  assert.deepEqual([report.made.tickets, report.problems.map(({ line, field }) => [line, field])], [2, [[2, "color"]]])
  assert.deepEqual(
    [(await ticket("8001")).subject, (await ticket("8001")).status, (await ticket("8002")).subject],
    ["Señal débil", "pending", "Dos líneas"],
  )
})

test("tickets are found by the categories and fields that they bring", async () => {
  await rows(
    "insert into categories (id, name, created_at) values ('cat_a', 'Envíos', now()), ('cat_b', 'Cobros', now())",
  )
  const report = await importRecords([
    { type: "ticket", id: "g1", number: 7100, categories: "envíos, Cobros", customFields: { plan: "Oro" } },
    { type: "ticket", id: "g2", number: 7101, categories: ["Cobros"], customFields: { plan: ["Oro", "plata"] } },
    { type: "ticket", id: "g3", number: 7102 },
  ])
  assert.deepEqual(report.problems, [])
  const found = (table: string, column: string) =>
    rows(`select t.number, array_agg(${column} order by ${column}) as found from ${table} join tickets t on t.id = ticket_id
      where t.number in ('TKT-07100', 'TKT-07101', 'TKT-07102') group by 1 order by 1`)
  assert.deepEqual(await found("ticket_categories", "category_id"), [
    { number: "TKT-07100", found: ["cat_a", "cat_b"] },
    { number: "TKT-07101", found: ["cat_b"] },
  ])
  assert.deepEqual(await found("ticket_field_values", "value"), [
    { number: "TKT-07100", found: ["oro"] },
    { number: "TKT-07101", found: ["oro", "plata"] },
  ])
})

test("every tool's export becomes tickets with authors and notes", async () => {
  const samples = join(import.meta.dirname, "sources/samples")
  // People first: authors are known by them then.
  const rank = (file: string) => ["tickets|conv", "entries", "attachments"].findIndex((word) => RegExp(word).test(file))
  for (const file of readdirSync(samples).toSorted((a, b) => rank(a) - rank(b))) {
    const report = await importFile(join(samples, file), { source: file.split("-")[0] as SourceName })
    const unexpected = report.problems.filter(({ field }) => field !== "team" && !field.endsWith("url"))
    assert.deepEqual([unexpected, report.refused], [[], 0], file)
  }
  const authors = async (number: string) =>
    (await messages(number, root, "?includeInternal=true")).map(({ direction, sender }) => [direction, sender.name])
  assert.deepEqual(await authors("101"), [
    ["in", "Carla Cliente"],
    ["out", "Ana Agente"],
    ["out", "Ana Agente"],
  ])
  assert.deepEqual(await authors("201"), [
    ["in", "Diego"],
    ["out", "Ana F"],
    ["out", "Ana F"],
    ["in", "Diego"],
  ])
  assert.deepEqual(await authors("401"), [
    ["in", "Eva"],
    ["out", "Ana C"],
    ["out", "Ana C"],
  ])
  assert.deepEqual(await authors("22002"), [
    ["in", "Fela Cliente"],
    ["out", "Ana Z"],
    ["out", "Ana Z"],
  ])
  assert.deepEqual(await authors("402117"), [
    ["in", "Gil, Pedro"],
    ["out", "Ana O"],
    ["out", "Ana O"],
  ])
  assert.deepEqual(
    (await messages("402117"))[0]!.attachments.map(({ name, state }) => [name, state]),
    [["foto é.txt", "stored"]],
  )
  assert.deepEqual(
    [(await ticket("402117")).firstResponseAt, (await ticket("2023060310000012")).subject],
    ["2022-01-01T11:00:00.000Z", "Long number"],
  )
})

test("an import is in the audit log, and open screens fetch their lists once when it ends", async () => {
  const acts = await rows(
    "select kind, subject_name from admin_acts where kind like 'import.%' and subject_name = 'table.csv' order by at, kind desc",
  )
  assert.deepEqual(acts.map(({ kind }) => kind).toSorted(), ["import.finished", "import.started"])
})
