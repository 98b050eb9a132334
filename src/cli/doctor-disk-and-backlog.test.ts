// What waits for a person or for room, as doctor reports it.
import assert from "node:assert/strict"
import { tmpdir } from "node:os"
import { test } from "node:test"
import { diskCheck } from "#kernel/kernel-invariants.ts"
import { recordBackup } from "#settings/index.ts"
import { openDesk } from "#test/desks/test-desk.ts"
import { examine } from "./doctor/check-invariants.ts"

const desk = await openDesk(() => {})
const look = { db: desk.db, secrets: null, patienceMs: 50, dataFolder: tmpdir() }
const run = (sql: string) => desk.db.pool.query(sql)

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

test("when the desk was last backed up is said, and is never wrong", async () => {
  const seen = async () => (await examine(look)).checks.find(({ name }) => name === "backup")
  const advice = { name: "backup", ok: true, found: 1 }
  assert.deepEqual(await seen(), { ...advice, detail: "no backup was made yet: hilo backup FILE" })
  await recordBackup(desk.db.pool, "2026-11-29T03:00:00Z")
  await recordBackup(desk.db.pool, "2026-11-30T03:00:00Z")
  assert.deepEqual(await seen(), { ...advice, detail: "the last backup was made 2026-11-30T03:00:00Z" })
})
