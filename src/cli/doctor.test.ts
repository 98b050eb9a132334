import assert from "node:assert/strict"
import { after, before, describe, test } from "node:test"
import pg from "pg"
import { inTransaction, system } from "#kernel/act.ts"
import { type Database, openDatabase } from "#kernel/db.ts"
import { createOutbound } from "#kernel/outbound/http-client.ts"
import { createSecrets } from "#kernel/secrets.ts"
import { openFileStorage } from "#kernel/storage/file-storage.ts"
import { createConnection } from "#connections/index.ts"
import { identityOf } from "#contacts/index.ts"
import { receiveMessage, plainMessage } from "#intake/index.ts"
import { saveDraft } from "#messages/index.ts"
import { createUser } from "#people/index.ts"
import { checkSecret } from "#settings/index.ts"
import { testDatabase } from "#test/database.ts"
import { dataFolder } from "#test/server-process.ts"
import { exitCode } from "./doctor.ts"
import { allInvariants } from "./doctor/all-invariants.ts"
import { examine } from "./doctor/check-invariants.ts"

const { url } = await testDatabase()
const secrets = createSecrets("a secret for tests only")
const kit = {
  secrets,
  now: () => new Date(),
  channelApis: {},
  outbound: createOutbound({ allowPrivate: [] }),
  storage: openFileStorage(dataFolder()),
}
let db: Database
let connectionId: string
let userId: string
let said = 0

before(async () => {
  db = openDatabase(url)
  await checkSecret(db, secrets)
  const who = { actor: system, now: new Date() }
  connectionId = await inTransaction(db, who, (act) => createConnection(act, secrets, { kind: "api", name: "Pedidos" }))
  const ana = { email: "ana@example.com", name: "Ana", role: "agent" } as const
  userId = (await inTransaction(db, who, (act) => createUser(act, ana))).id
})
after(() => db.close())

async function say(person: string, text = "hola") {
  const { ticket } = await receiveMessage({ ...kit, db }, system, {
    connectionId,
    externalId: `m-${++said}`,
    ...plainMessage,
    direction: "in",
    person: { identity: identityOf(person, { scope: connectionId })!, name: "Carla" },
    address: person,
    text,
  })
  return ticket!
}

const run = (sql: string, values: unknown[] = []) => db.pool.query(sql, values)
const look = { patienceMs: 50 }
const visit = (repair = false) => examine({ db, secrets, ...look }, { repair })
const wrong = (seen: Awaited<ReturnType<typeof visit>>) => seen.checks.filter(({ ok }) => !ok).map(({ name }) => name)

test("a desk that nobody has harmed is healthy, and every check could look", async () => {
  await say("+573001234567")
  await say("+573001234567")
  const seen = await visit()
  assert.deepEqual(wrong(seen), [])
  assert.deepEqual([seen.healthy, exitCode(seen)], [true, 0])
  assert.ok(seen.checks.length >= 20)
  for (const check of seen.checks) assert.deepEqual(Object.keys(check).toSorted(), ["detail", "found", "name", "ok"])
})

// By SQL, as somebody with psql would: found, put right where it can be, and found no more.
type Harm = {
  check: string
  harm: (ticket: { id: string; number: string }) => Promise<unknown>
  heal?: () => Promise<unknown>
}

describe("what can be put right", () => {
  const harms: Harm[] = [
    { check: "message_totals", harm: ({ id }) => run("update tickets set message_count = 7 where id = $1", [id]) },
    {
      check: "message_totals",
      harm: ({ id }) => run("update tickets set last_message_at = now() - interval '1 day' where id = $1", [id]),
    },
    { check: "unread_messages", harm: ({ id }) => run("update tickets set unread_messages = 0 where id = $1", [id]) },
    { check: "unread_messages", harm: ({ id }) => run("update tickets set unread_messages = 9 where id = $1", [id]) },
    { check: "number_sequence", harm: () => run("select setval('ticket_number_seq', 1)") },
    { check: "numbers", harm: ({ id }) => run("update tickets set number = 'TKT-1' where id = $1", [id]) },
    { check: "law_index", harm: () => run("drop index tickets_one_active_per_thread") },
    {
      check: "lifecycle_steps",
      harm: () => run("delete from ticket_transitions where kind = 'support' and to_status = 'resolved'"),
    },
    {
      check: "lifecycle_steps",
      harm: () => run("insert into ticket_transitions values ('incident', 'closed', 'open')"),
    },
    {
      check: "idempotency_keys",
      harm: () =>
        run(`insert into idempotency_keys (principal, route, key, body_hash, state, created_at)
          values ('user:x', 'POST /', 'k', 'h', 'done', now() - interval '50 hours')`),
    },
    { check: "rate_limits", harm: () => run("insert into rate_limits (key, points, expire) values ('c:x', 1, 1000)") },
    {
      check: "sessions",
      harm: () =>
        run("insert into sessions values ('h', $1, now() - interval '9 days', now() - interval '2 days')", [userId]),
    },
    {
      check: "drafts",
      harm: async ({ id }) => {
        await inTransaction(db, { actor: system, now: new Date() }, (act) =>
          saveDraft(act, userId, id, "reply", "Hola…"),
        )
        await run("update users set disabled_at = now() - interval '2 days' where id = $1", [userId])
      },
      heal: () => run("update users set disabled_at = null where id = $1", [userId]),
    },
    {
      check: "merged_contacts_are_empty",
      harm: async ({ id }) => {
        const other = await say(`external-${id}`)
        await run("update tickets set status = 'closed' where id = $1", [id])
        await run(
          "update contacts set merged_into = (select contact_id from tickets where id = $2) where id = (select contact_id from tickets where id = $1)",
          [id, other.id],
        )
      },
    },
  ]
  for (const [index, { check, harm, heal }] of harms.entries()) {
    test(`${check} (${index + 1})`, async () => {
      await harm(await say(`+5730022200${10 + index}`))
      const found = await visit()
      assert.deepEqual(wrong(found), [check])
      assert.equal(exitCode(found), 1)
      assert.deepEqual(wrong(await visit()), [check], "looking changed something")
      const repaired = await visit(true)
      const its = repaired.checks.find(({ name }) => name === check)!
      assert.deepEqual([its.ok, its.found > 0, its.repaired], [true, true, its.found])
      assert.equal(repaired.healthy, true)
      assert.equal((await visit()).checks.find(({ name }) => name === check)!.found, 0)
      await heal?.()
    })
  }
})

test("a number that two tickets carry stays with the older one, and the database refuses the next such pair", async () => {
  await run("alter table tickets drop constraint tickets_number_key")
  const [older, newer] = [await say("twice-1"), await say("twice-2")]
  await run("update tickets set number = $1 where id = $2", [older.number, newer.id])
  assert.deepEqual(wrong(await visit()), ["numbers", "numbers_kept_unique"])
  const seen = await visit(true)
  assert.deepEqual(wrong(seen), [])
  const { rows } = await run("select id, number from tickets where id = any($1) order by created_at", [
    [older.id, newer.id],
  ])
  assert.equal(rows[0].number, older.number)
  assert.match(rows[1].number, /^TKT-\d{5}$/)
  assert.notEqual(rows[1].number, older.number)
  await assert.rejects(
    run("update tickets set number = $1 where id = $2", [older.number, newer.id]),
    /tickets_number_key/,
  )
})

test("two active tickets of one thread are found, and the index waits until a person has merged them", async () => {
  const [one, two] = [await say("pair-1"), await say("pair-2")]
  await run("drop index tickets_one_active_per_thread")
  await run("update tickets set thread_key = (select thread_key from tickets where id = $1) where id = $2", [
    one.id,
    two.id,
  ])
  const seen = await visit(true)
  assert.deepEqual(wrong(seen), ["one_active_per_thread", "law_index"])
  assert.ok(
    seen.checks.find(({ name }) => name === "one_active_per_thread")!.detail.includes(`${one.number} ${two.number}`),
  )
  await run("update tickets set status = 'closed' where id = $1", [two.id])
  assert.deepEqual(wrong(await visit(true)), [])
})

describe("what needs a person", () => {
  const harms: Harm[] = [
    {
      check: "lifecycle_trigger",
      harm: () => run("alter table tickets disable trigger tickets_follow_lifecycle"),
      heal: () => run("alter table tickets enable trigger tickets_follow_lifecycle"),
    },
    {
      check: "log_append_only",
      harm: () => run("alter table events disable trigger events_append_only"),
      heal: () => run("alter table events enable trigger events_append_only"),
    },
    {
      check: "merged_tickets_end",
      harm: ({ id }) => run("update tickets set status = 'closed', merged_into = id where id = $1", [id]),
      heal: () => run("update tickets set merged_into = null"),
    },
    {
      check: "address_scopes",
      harm: () =>
        run(
          `insert into contact_identities select 'idn_lost', id, 'visitor', 'con_gone', 'vst_1', now() from contacts limit 1`,
        ),
      heal: () => run("delete from contact_identities where id = 'idn_lost'"),
    },
    {
      check: "migrations",
      harm: () => run("insert into schema_migrations values ('9999_later.sql', 'x')"),
      heal: () => run("delete from schema_migrations where name = '9999_later.sql'"),
    },
    {
      check: "dead_jobs",
      harm: () =>
        run(`create schema queue; create table queue.job (id text, name text, state text, created_on timestamptz,
            data jsonb, output jsonb, source_output jsonb, start_after timestamptz, blocked boolean);
          insert into queue.job values ('1', 'send-message.dead', 'created', now())`),
      heal: () => run("drop schema queue cascade"),
    },
  ]
  for (const { check, harm, heal } of harms) {
    test(check, async () => {
      await harm(await say(`person-${check}`))
      assert.deepEqual(wrong(await visit(true)), [check])
      await heal!()
      assert.deepEqual(wrong(await visit()), [])
    })
  }
})

test("a phase that is no longer computed is found, and computed again with the indexes over it; not while somebody's view needs it", async () => {
  const { id } = await say("person-phases")
  await run("alter table tickets alter column phase drop expression, alter column phase set default 'new'")
  await run("update tickets set phase = 'waiting' where id = $1", [id])
  await run("create view waiting as select id from tickets where phase = 'waiting'")
  const ofColumns = (await visit(true)).checks.find(({ name }) => name === "schema_columns")!
  assert.match(ofColumns.detail, /other objects depend on it/)
  await run("drop view waiting")
  assert.deepEqual(wrong(await visit()), ["schema_columns", "phases"])
  assert.deepEqual(wrong(await visit(true)), [])
  assert.deepEqual(wrong(await visit()), [])
})

test("every check that may find something wrong says what helps", () => {
  const silent = allInvariants.filter(({ remedy, harmless, isAdvice }) => !remedy && !harmless && !isAdvice)
  assert.deepEqual(
    silent.map(({ name }) => name),
    [],
  )
  assert.equal(new Set(allInvariants.map(({ name }) => name)).size, allInvariants.length)
})

test("a secret that is not the database's is found", async () => {
  const other = await examine({ db, secrets: createSecrets("another secret of tests"), ...look })
  assert.deepEqual(wrong(other), ["secret"])
  assert.deepEqual(wrong(await examine({ db, secrets: null, ...look })), ["secret"])
})

test("a reader that has lost its place is found", async () => {
  await run("update event_readers set name = 'lost' where name = 'reactions'")
  assert.deepEqual(wrong(await visit()), ["log_reader_known"])
  await run("update event_readers set name = 'reactions' where name = 'lost'")
})

test("a reader that does not move is found only while a server listens", async () => {
  const listener = new pg.Client({ connectionString: url, application_name: "hilo listener" })
  await listener.connect()
  assert.deepEqual(wrong(await visit()), ["log_reader"])
  await listener.end()
  await run("select pg_stat_clear_snapshot()")
  assert.deepEqual(wrong(await visit()), [])
})

test("gaps are counted and explained, and are nothing wrong", async () => {
  const gaps = async () => (await visit()).checks.find(({ name }) => name === "number_gaps")!
  const before = await gaps()
  await run("select nextval('ticket_number_seq') from generate_series(1, 3)")
  const seen = await gaps()
  assert.deepEqual([seen.ok, seen.found], [true, before.found + 3])
  assert.match(seen.detail, /race/)
})

test("a table that is gone: the doctor could not look there, says so, and looks at the rest", async () => {
  await run("alter table drafts rename to drafts_gone")
  const seen = await visit()
  await run("alter table drafts_gone rename to drafts")
  assert.deepEqual([wrong(seen), exitCode(seen)], [["schema_tables", "drafts"], 1])
  const nothing = seen.checks.filter(({ name }) => name === "drafts")
  assert.equal(exitCode({ healthy: false, checks: nothing }), 2)
})

test("a database that cannot be reached is not called healthy or ill: there was nobody to look at", async () => {
  const nobody = openDatabase("postgres://hilo:hilo@127.0.0.1:1/hilo")
  await assert.rejects(examine({ db: nobody, secrets, ...look }), /ECONNREFUSED/)
  await nobody.close()
})
