// A database that somebody's tool has ruined, while Hilo runs on it: looked at, tried, repaired, and looked at again.
import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { test } from "node:test"
import { createConnection } from "#connections/index.ts"
import { createUser } from "#people/index.ts"
import { openDatabase } from "#kernel/db.ts"
import { type CheckResult, examine } from "../../src/cli/doctor/check-invariants.ts"
import { childEnv } from "../../bin/child-environment.ts"
import { acting, member } from "../desks/test-desk.ts"
import { waitUntil } from "../server-process.ts"
import { startApp } from "../start-app.ts"

const hilo = await startApp()
const root = await member(hilo, { email: "root@example.com", name: "Root", role: "admin" })
await acting(hilo, (act) => createUser(act, { email: "ana@example.com", name: "Ana", role: "agent" }))
const sourceId = await acting(hilo, (act) => createConnection(act, hilo.secrets, { kind: "api", name: "Pedidos" }))

type MessageAnswer = { ticket: { id: string; number: string } }
const says = async (person: string) => {
  const message = { externalId: person, contact: { id: person, name: "Carla" }, text: "hola" }
  const { status, body } = await root.call("POST", `/connections/${sourceId}/messages`, message)
  assert.equal(status, 200, JSON.stringify(body))
  return (body as MessageAnswer).ticket
}
const tickets: { id: string; number: string }[] = []
for (let n = 0; n < 10; n++) tickets.push(await says(`+57300555000${n}`))
const [oldest, newer, none, blank, short, long, time, seconds, other, unread] = tickets.map((ticket) => ticket.id)
const first = tickets[0]!.number

// With the bounds of the command itself, so that it is the one that waits.
const db = openDatabase(hilo.db.url, { bounds: { statement_timeout: 60_000 } })
const run = async (sql: string) => (await db.pool.query(sql)).rows as Record<string, unknown>[]
const look = { db, secrets: hilo.secrets, patienceMs: 5_000 }
const unreadLog = `select from events where position is null
  union all select from event_readers where position < (select max(position) from events)`
const isLogRead = async () => (await run(unreadLog)).length === 0
const number = (id: string, value: string) => `update tickets set number = ${value} where id = '${id}'`
const bad = (checks: CheckResult[]) => checks.filter(({ ok }) => !ok)
const found = (checks: CheckResult[]) => Object.fromEntries(bad(checks).map((check) => [check.name, check.found]))

const harm = [
  "alter table tickets drop constraint tickets_number_key, alter column number drop not null, drop constraint tickets_priority_check",
  number(newer!, `'${first}'`),
  number(none!, "null"),
  number(blank!, "''"),
  number(short!, "'TKT-1'"),
  number(long!, "'tkt-0000777'"),
  number(time!, "'TKT-1764000000000'"),
  number(seconds!, "'1764000000'"),
  number(other!, "'ZD-77'"),
  "select setval('ticket_number_seq', 1)",
  // Times as numbers, and as texts.
  "drop index tickets_long_lived",
  "alter table tickets alter created_at type bigint using (extract(epoch from created_at) * 1000)::bigint",
  "alter table contacts alter created_at type integer using extract(epoch from created_at)::integer",
  "alter table users alter created_at type text using created_at::text",
  "drop index messages_once, tickets_one_active_per_thread, tickets_newest",
  "drop trigger tickets_keep_text on tickets",
  "alter table contacts disable trigger contacts_keep_text",
  `delete from ticket_texts where ticket_id = '${other}'`,
  `delete from contact_texts where contact_id = (select contact_id from tickets where id = '${unread}')`,
  "create or replace function next_ticket_number() returns text language sql as $$ select 'TKT-1' $$",
  "alter table ticket_links drop constraint ticket_links_from_id_fkey",
  `insert into ticket_links values ('tkt_gone', '${oldest}', 'related', now())`,
  "alter table users alter name drop not null",
  `update tickets set unread_messages = 9, message_count = 5 where id = '${unread}'`,
  "update event_readers set position = 0 where name = 'sequencer'",
  "update event_readers set position = 1000000 where name = 'routing'",
  "delete from event_readers where name = 'sla'",
  "select setval(pg_get_serial_sequence('events', 'id'), 1)",
]

test("every damage is found, a dry run changes nothing, and one repair is enough while the server runs", async (t) => {
  await waitUntil("the log is read", isLogRead)
  for (const sql of harm) await run(sql)

  const ruined = (await examine({ ...look, patienceMs: 50 })).checks
  const counted = found(ruined)
  const expected = {
    schema_tables: 1,
    schema_columns: 5,
    orphans: 1,
    schema_constraints: 4,
    schema_indexes: 2,
    identity_sequences: 1,
    log_reader_known: 1,
    messages_once: 1,
    law_index: 1,
    number_sequence: 1,
    numbers: 8,
    numbers_kept_unique: 1,
    searchable_tickets: 1,
    searchable_contacts: 1,
    message_totals: 1,
    unread_messages: 1,
  }
  assert.deepEqual({ ...counted, ...expected }, counted, JSON.stringify(bad(ruined), null, 1))
  assert.ok(counted["log_positions"]! >= 1)
  const ofNumbers = ruined.find(({ name }) => name === "numbers")!.detail
  assert.match(ofNumbers, /5 malformed \(.*\), 2 missing \(.*\), 1 twice \(.*\)\. doctor --repair leaves/)

  const before = await run("select id, number, created_at::text from tickets order by id")
  const dry = spawnSync(process.execPath, ["src/main.ts", "doctor", "--repair", "--dry-run", "--json"], {
    cwd: join(import.meta.dirname, "../.."),
    env: childEnv({ DATABASE_URL: db.url, HILO_SECRET: "a secret for tests only" }),
    encoding: "utf8",
  })
  assert.equal(dry.status, 1, dry.stderr)
  const answer = JSON.parse(dry.stdout) as { healthy: boolean; checks: CheckResult[] }
  assert.equal(answer.healthy, false)
  assert.equal(found(answer.checks)["numbers"], 8)
  assert.deepEqual(await run("select id, number, created_at::text from tickets order by id"), before)

  const announced: string[] = []
  const repaired = await examine(look, { repair: true, announce: (line) => announced.push(line) })
  assert.deepEqual(bad(repaired.checks), [])
  assert.ok(announced.some((line) => line.startsWith("numbers: 8 found. The repair leaves a number to the oldest")))
  const again = await examine(look, { repair: true })
  assert.deepEqual(bad(again.checks), [])
  assert.deepEqual(
    again.checks.filter(({ repaired: n = 0 }) => n > 0),
    [],
    "the second run finds nothing",
  )
  t.diagnostic(announced.join("\n"))
})

test("after it every number is its ticket's own, and the old ones still find it", async () => {
  const rows = await run("select id, number from tickets")
  const numberOf = new Map(rows.map((row) => [row["id"], String(row["number"])]))
  assert.equal(new Set(numberOf.values()).size, rows.length)
  for (const one of numberOf.values()) assert.match(one, /^TKT-\d{5,9}$/)
  assert.equal(numberOf.get(oldest), first)
  assert.equal(numberOf.get(long), "TKT-00777")
  const opens = async (ref: string) => (await root.call("GET", `/tickets/${encodeURIComponent(ref)}`)).body["id"]
  assert.deepEqual(
    [
      await opens(first),
      await opens("777"),
      await opens("TKT-1764000000000"),
      await opens("1764000000"),
      await opens("zd-77"),
    ],
    [oldest, long, time, seconds, other],
  )
  const shared = await root.call("GET", `/tickets?q=${first}`)
  assert.deepEqual(
    (shared.body["items"] as { id: string }[]).map(({ id }) => id).toSorted(),
    // The oldest bears it; one had it too, and one had TKT-1.
    [oldest, newer, short].toSorted(),
  )
  const story = await root.call("GET", `/tickets/${newer}/timeline`)
  const changes = (story.body["items"] as { details: { fields?: object[] } }[]).flatMap(
    ({ details }) => details.fields ?? [],
  )
  assert.deepEqual(changes, [{ field: "number", old: first, new: numberOf.get(newer) }])
})

test("after it the desk goes on: times are times, numbers rise, consequences follow, and the audit log has it all", async () => {
  const { body } = await root.call("GET", `/tickets/${oldest}`)
  assert.equal(Math.abs(Date.parse(String(body["createdAt"])) - Date.now()) < 600_000, true)
  const fresh = await says("+573005559999")
  assert.ok(Number(fresh.number.slice(4)) > 777)
  await waitUntil("the log is read", isLogRead)
  const { status, body: audit } = await root.call("GET", "/audit?kind=doctor&limit=100")
  assert.equal(status, 200)
  const entries = audit["items"] as { subject: { name: string }; changes: object[] }[]
  const names = entries.map(({ subject }) => subject.name)
  for (const name of ["numbers", "schema_columns", "law_index", "log_positions", "unread_messages"])
    assert.ok(names.includes(name), name)
  const texts = entries.map(({ subject, changes }) => JSON.stringify([subject.name, changes]))
  assert.equal(new Set(texts).size, texts.length, "each once")
  assert.deepEqual(bad((await examine(look)).checks), [], "it stays repaired while the desk goes on")
  await db.close()
})
