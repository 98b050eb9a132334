// What waits for a person or for room, and what no row says (files, a mail server), as doctor reports it; that one repairs at a time,
// and its repairs are in the audit log.
import assert from "node:assert/strict"
import { tmpdir } from "node:os"
import { Readable } from "node:stream"
import { test } from "node:test"
import { diskCheck, kernelInvariants } from "#kernel/kernel-invariants.ts"
import { fileInvariants } from "#files/invariants.ts"
import { recordBackup } from "#settings/index.ts"
import { lastNumberGiven, leaveNumberGap } from "#tickets/index.ts"
import type { Invariant } from "#kernel/invariant.ts"
import { openDesk } from "#test/desks/test-desk.ts"
import { asText } from "./doctor.ts"
import { allInvariants } from "./doctor/all-invariants.ts"
import { examine } from "./doctor/check-invariants.ts"

const desk = await openDesk(() => {})
const look = { db: desk.db, secrets: null, patienceMs: 50, dataFolder: tmpdir() }
const run = (sql: string, values: unknown[] = []) => desk.db.pool.query(sql, values)

test("a disk that is nearly full is wrong, and one with room is not", async () => {
  const seen = await examine(look, { checks: [diskCheck(Number.MAX_SAFE_INTEGER)] })
  assert.deepEqual([seen.healthy, seen.checks[0]!.found], [false, 1])
  assert.match(seen.checks[0]!.detail, /GB are left/)
  assert.ok((await examine(look, { checks: [diskCheck(1)] })).healthy)
})

test("mail that is given up or keeps being refused is wrong; what waits for its connection is said", async () => {
  const mail = (id: string, state: string, tries: number) =>
    run(`insert into outgoing_emails (id, recipient, state, due_at, created_at, give_up_at, tries, reason)
      values ('${id}', 'x@y.z', '${state}', now() + interval '50 minutes', now(), now(), ${tries}, '535')`)
  await mail("mai_1", "failed", 70)
  await mail("mai_2", "queued", 3)
  await mail("mai_3", "queued", 1)
  await run(`insert into connections (id, kind, name, enabled, created_at, updated_at)
    values ('con_off', 'whatsapp', 'Ventas', false, now(), now())`)
  await run(`insert into webhook_deliveries (connection_id, digest, body, received_at, state, next_at)
    values ('con_off', 'held', 'x', now(), 'held', now())`)
  const { checks } = await examine(look)
  const seen = (name: string) => checks.filter((check) => check.name === name).map(({ ok, found }) => [ok, found])[0]
  assert.deepEqual(seen("mails"), [false, 1])
  assert.deepEqual(seen("mails_failed"), [false, 1])
  assert.deepEqual(seen("held_deliveries"), [true, 1])
})

test("that no backup was made is advice; when the last one was made is said, and nothing is wrong either way", async () => {
  const seen = async () => (await examine(look)).checks.find(({ name }) => name === "backup")
  const none = await seen()
  assert.deepEqual(none, { name: "backup", ok: true, found: 1, detail: "no backup was made yet: hilo backup FILE" })
  const said = (check: Awaited<ReturnType<typeof seen>>) =>
    asText({ healthy: true, checks: [check!] }, { repair: false, "dry-run": false })
  assert.match(said(none), /^! backup .*\n\nHilo is healthy\. Advice: 1, marked with !\.$/)
  await recordBackup(desk.db.pool, "2026-11-29T03:00:00Z")
  await recordBackup(desk.db.pool, "2026-11-30T03:00:00Z")
  const made = await seen()
  const detail = "The desk is backed up. (the last backup was made 2026-11-30T03:00:00Z)"
  assert.deepEqual(made, { name: "backup", ok: true, found: 0, detail })
  assert.match(said(made), /^✔ backup .*\n\nHilo is healthy\.$/)
  await run("alter table settings rename to settings_gone")
  assert.match((await recordBackup(desk.db.pool, "2026-12-01T03:00:00Z"))!, /settings/)
  await run("alter table settings_gone rename to settings")
})

test("what a damaged row holds steers no terminal", () => {
  const checks = [{ name: "numbers", ok: false, found: 1, detail: "TKT-1\u001B[2J\n✔ all is well" }]
  assert.match(
    asText({ healthy: false, checks }, { repair: false, "dry-run": false }),
    /^✖ numbers +TKT-1 \[2J ✔ all is well$/m,
  )
})

test("that no mail server is set is said, and is never wrong", async () => {
  const checks = kernelInvariants.filter(({ name }) => name === "mail_server")
  const seen = async (more: { hasMailServer?: boolean }) => (await examine({ ...look, ...more }, { checks })).checks[0]!
  const unset = await seen({ hasMailServer: false })
  assert.deepEqual([unset.ok, unset.found], [true, 1])
  assert.match(unset.detail, /e-mails reach nobody/)
  for (const more of [{ hasMailServer: true }, {}]) assert.equal((await seen(more)).found, 0)
})

test("a file of an attachment that is not where attachments are kept is found, and at how many was looked", async () => {
  const attach = (id: string, sha256: string, message: string | null, many = 1) =>
    run(
      `insert into attachments (id, message_id, file_name, mime_type, size, sha256, state, created_at)
       select $1::text || n, $3, 'a.png', 'image/png', 1, $2::text || lpad(n::text, 64 - length($2), '0'), 'stored', now()
       from generate_series(1, ${many}) n`,
      [id, sha256, message],
    )
  const checks = fileInvariants
  const seen = async () => (await examine({ ...look, storage: desk.storage }, { checks })).checks[0]!
  const none = await seen()
  assert.deepEqual([none.ok, none.detail], [true, `${checks[0]!.why} (looked at 0)`])
  await insertTickets(1)
  await run(`insert into messages (id, ticket_id, direction, sender_kind, content, sent_at, created_at)
    values ('msg_1', 'tkt_1', 'in', 'contact', 'hola', now(), now())`)
  const { sha256 } = await desk.storage.put(Readable.from(["a picture"]), 100)
  await attach("att_there", sha256, null)
  await attach("att_gone", "a".repeat(64), "msg_1")
  await attach("att_unsent", "no hash", null)
  const { ok, found, detail } = await seen()
  assert.deepEqual([ok, found], [false, 2])
  assert.match(detail, /\(looked at 3\) Not so: .*att_gone1 of TKT-\d{5}.*Bring back the folder/)
  await attach("att_many", "b", null, 1_100)
  assert.match((await seen()).detail, /looked at 1000 of 1103, chosen by chance/)
})

const insertTickets = (many: number, at = "now()") =>
  run(`insert into tickets (id, kind, status, channel, last_message_at, created_by_kind, created_at, updated_at)
    select 'tkt_' || n, 'support', 'open', 'web', ${at}, 'system', ${at}, ${at} from generate_series(1, ${many}) n
    on conflict do nothing`)

test("a restored desk goes on past the numbers that the lost one can have given since, and past those of the desk that it replaces", async () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
  const last = await lastNumberGiven(desk.db.pool)
  await leaveNumberGap(desk.db.pool, { madeAt: daysAgo(0), given: 0 })
  assert.equal(await lastNumberGiven(desk.db.pool), last + 1_000)
  await leaveNumberGap(desk.db.pool, { madeAt: daysAgo(0), given: last + 7_000 })
  assert.equal(await lastNumberGiven(desk.db.pool), last + 7_000)
  await insertTickets(21, "now() - interval '400 days'")
  const before = await lastNumberGiven(desk.db.pool)
  await leaveNumberGap(desk.db.pool, { madeAt: daysAgo(399.5), given: 0 })
  assert.equal(await lastNumberGiven(desk.db.pool), before + 2 * 20 * 400)
})

test("one doctor repairs at a time", async () => {
  let tries = 0
  const find = async () => {
    tries++
    await assert.rejects(examine(look, { repair: true, checks: [] }), /another doctor repairs this database right now/)
    return []
  }
  const slow = { name: "slow", why: "The other one ends.", find }
  for (const n of [1, 2]) {
    assert.ok((await examine(look, { repair: true, checks: [slow] })).healthy)
    assert.equal(tries, n)
  }
})

const logged = async () =>
  (await run("select data from events where kind = 'doctor.repaired' order by id")).rows.map(
    ({ data: { check, found, left } }) => `${check} ${found} → ${left}`,
  )
/** Its repair mends one at a time. */
function harmed(name: string, offenders: number): Invariant {
  let left = offenders
  const find = () => Promise.resolve(Array.from({ length: left }, (_, n) => `${name} ${n}`))
  const repair = () => {
    left--
    return Promise.resolve()
  }
  return { name, why: "Nothing is harmed.", remedy: "mends one.", find, repair }
}

test("a repair is in the audit log before the next check looks, and what is repaired in the second round has an entry of its own", async () => {
  let before: string[] = []
  const find = async () => {
    before = await logged()
    return []
  }
  const next: Invariant = { name: "next", why: "Nothing is wrong.", find }
  const { checks } = await examine(look, { repair: true, checks: [harmed("twice", 2), next] })
  assert.deepEqual(before, ["twice 2 → 1"])
  assert.deepEqual(await logged(), ["twice 2 → 1", "twice 1 → 0"])
  assert.deepEqual([checks[0]!.ok, checks[0]!.found, checks[0]!.repaired], [true, 2, 2])
})

test("what the audit log cannot take is in it once the log is repaired, and said where it is not", async () => {
  const before = await logged()
  const repairLog: Invariant = {
    ...harmed("log", 1),
    repairOutsideTransaction: () => run("alter table admin_acts_away rename to admin_acts"),
  }
  await run("alter table admin_acts rename to admin_acts_away")
  const lost = await examine(look, { repair: true, checks: [harmed("lost", 1)] })
  assert.match(lost.checks[0]!.detail, /the audit log has nothing of it: .*admin_acts/)
  await examine(look, { repair: true, checks: [harmed("early", 1), repairLog] })
  assert.deepEqual(await logged(), [...before, "early 1 → 0", "log 1 → 0"])
})

test("that rows have no value where there must be one is said in plain words", async () => {
  await run("alter table event_readers alter position drop not null")
  await run("update event_readers set position = null where name = 'routing'")
  const checks = allInvariants.filter(({ name }) => name === "schema_columns")
  const { detail } = (await examine(look, { checks, repair: true })).checks[0]!
  assert.match(detail, /not repaired: column event_readers."position": rows have no value there/)
  await run("update event_readers set position = 0 where name = 'routing'")
  assert.ok((await examine(look, { checks, repair: true })).healthy)
})

test("a connection whose secret does not open is said, and so is what is wrong with the others", async () => {
  const breaker = { since: "2026-11-30T03:00:00Z", reason: "expired" }
  const connection = (id: string, sealed: string | null, health: object) =>
    run(
      `insert into connections (id, kind, name, secrets, health, created_at, updated_at)
        values ($1, 'whatsapp', $1, $2, $3, now(), now())`,
      [id, sealed, health],
    )
  await connection("con_1", null, { breaker })
  await connection("con_2", "none of ours, and so long that it has all its parts", {})
  await connection("con_3", null, { breaker })
  const network = { outbound: desk.outbound, channelApis: desk.channelApis }
  const { checks } = await examine({ ...look, secrets: desk.secrets, network })
  const seen = checks.find(({ name }) => name === "connections_reachable")!
  assert.deepEqual([seen.ok, seen.found], [true, 3])
  assert.match(seen.detail, /con_1 stopped since .* con_2 could not be asked: .* con_3 stopped since/)
  await run("delete from connections where id in ('con_1', 'con_2', 'con_3')")
})
