// What was stored becomes openings and closures, in whatever order it came, once.
import assert from "node:assert/strict"
import { before, test } from "node:test"
import { sql } from "kysely"
import { changeSetting } from "#settings/index.ts"
import { acting, member, openDesk } from "#test/desks/test-desk.ts"
import { waitUntil } from "#test/server-process.ts"
import { createFakeGestionReal, hookBearer, type HookPost } from "#test/fakes/gestion-real.ts"
import { agreementRoutes } from "../register-all-routes.ts"
import { processAllStoredHooks } from "./process-stored-hooks.ts"
import { systemHookRoutes } from "./system-hook-routes.ts"
import { purgeHooks } from "./system-hook-store.ts"

const desk = await openDesk((app, kit) => {
  agreementRoutes(app, kit)
  systemHookRoutes(app, kit, { allowUnauthenticated: false })
})
const admin = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
const splynxAt = { baseUrl: "http://127.0.0.1:9", auth: "basic", key: "k".repeat(8), secret: "s".repeat(8) }
const link = async (kind: string, name: string, settings: object) => {
  const { status, body } = await admin.call("POST", "/links/systems", { kind, name, settings })
  assert.equal(status, 201, JSON.stringify(body))
  return String(body["id"])
}
before(async () => {
  await link("splynx", "Splynx", splynxAt)
  await link("gestionreal", "GR", { bearer: hookBearer })
})

const gestionReal = createFakeGestionReal(desk.now)
const rows = async <Row>(sql: string, values: unknown[] = []) => (await desk.db.pool.query(sql, values)).rows as Row[]

/** Posts the hooks and processes them. */
async function receive(...hooks: HookPost[]) {
  for (const hook of hooks) assert.equal((await desk.app.inject({ method: "POST", ...hook })).statusCode, 200)
  await processAllStoredHooks(desk)
}

type Agreement = { work_number: string; company: string; record_closed_at: Date | null }
const agreements = (number: number) =>
  rows<Agreement>(
    "select work_number, company, record_closed_at from agreements where record_number = $1 order by id",
    [String(number)],
  )
const areClosed = async (number: number) => (await agreements(number)).map(({ record_closed_at: at }) => at !== null)
type FailedHooks = { items: { id: number; path: string; reason: string; tries: number }[]; total: number }
const failedHooks = async () => (await admin.call("GET", "/links/failed-hooks")).body as FailedHooks
const outcomes = async (last: number) =>
  (await rows<{ outcome: string }>("select outcome from system_hooks order by id desc limit $1", [last]))
    .map(({ outcome }) => outcome)
    .toReversed()

test("an opening makes one agreement, and its closure is matched, once", async () => {
  const opening = gestionReal.opens({ number: 1, splynxId: "9001" })
  await receive(opening, opening)
  assert.deepEqual(await areClosed(1), [false])
  const closure = gestionReal.closes({ number: 1, company: "red  SUR" })
  await receive(closure, closure)
  assert.deepEqual(await areClosed(1), [true])
  assert.deepEqual(await outcomes(2), ["opened", "matched"])
  assert.deepEqual(await rows("select distinct body from system_hooks where state = 'done'"), [{ body: "" }])
})

test("a closure that came before its opening is not lost", async () => {
  const opening = gestionReal.opens({ number: 2, splynxId: "9002" })
  desk.clock.pass(1_000)
  await receive(gestionReal.closes({ number: 2 }), opening)
  assert.deepEqual(await areClosed(2), [true])
})

test("an opening and its closure that two servers process at once find each other", async () => {
  for (const hook of [gestionReal.opens({ number: 20, splynxId: "9020" }), gestionReal.closes({ number: 20 })])
    assert.equal((await desk.app.inject({ method: "POST", ...hook })).statusCode, 200)
  const waiting =
    "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
  const both = await acting(desk, async (act) => {
    await sql`lock table agreement_evidence in share mode`.execute(act.tx)
    const servers = Promise.all([processAllStoredHooks(desk), processAllStoredHooks(desk)])
    await waitUntil("both wait", async () => (await rows<{ n: number }>(waiting))[0]!.n === 2)
    return { servers }
  })
  await both.servers
  assert.deepEqual(await outcomes(2), ["opened", "matched"])
  assert.deepEqual(await areClosed(20), [true])
})

test("two tickets of one second are two", async () => {
  await receive(gestionReal.opens({ number: 3, splynxId: "9003" }), gestionReal.opens({ number: 4, splynxId: "9004" }))
  assert.deepEqual([(await agreements(3)).length, (await agreements(4)).length], [1, 1])
})

test("equal numbers of several businesses are kept apart, and a closure that names none closes none of them", async () => {
  await receive(
    gestionReal.opens({ number: 5, company: "Red Sur", splynxId: "9005" }),
    gestionReal.opens({ number: 5, company: "Red Norte", splynxId: "9006" }),
  )
  await receive(gestionReal.closes({ number: 5 }))
  assert.deepEqual(await areClosed(5), [false, false])
  await receive(gestionReal.closes({ number: 5, company: "Red Norte" }))
  assert.deepEqual(await areClosed(5), [false, true])
  assert.deepEqual(await outcomes(2), ["several", "matched"])
})

test("a motive that is not wanted makes no ticket, and its closures are kept", async () => {
  await acting(desk, (act) => changeSetting(act, "WEBHOOK_MOTIVO_PERMITIDO", " general SOPORTE "))
  await receive(
    gestionReal.opens({ number: 6, motive: "Ventas" }),
    gestionReal.opens({ number: 7, motive: "General soporte ", splynxId: "9007" }),
    gestionReal.closes({ number: 6 }),
  )
  assert.deepEqual([(await agreements(6)).length, (await agreements(7)).length], [0, 1])
  assert.deepEqual(await outcomes(3), ["filtered", "opened", "unknown"])
  await acting(desk, (act) => changeSetting(act, "WEBHOOK_MOTIVO_PERMITIDO", ""))
})

test("a hook that cannot be processed keeps no other waiting, is tried again, and in the end is kept", async () => {
  const other = await link("splynx", "Splynx 2", splynxAt)
  await receive(gestionReal.opens({ number: 8, splynxId: "9008" }), gestionReal.closes({ number: 4 }))
  assert.deepEqual(await areClosed(4), [true])
  assert.deepEqual(await outcomes(2), ["not_found", "matched"])
  assert.equal((await admin.call("DELETE", `/links/systems/${other}`)).status, 204)
  desk.clock.pass(999)
  await receive()
  assert.equal((await agreements(8)).length, 0)
  desk.clock.pass(1)
  await receive()
  assert.equal((await agreements(8)).length, 1)
  const third = await link("splynx", "Splynx 3", splynxAt)
  await receive(gestionReal.opens({ number: 9, splynxId: "9009" }), gestionReal.opens({ number: 10, splynxId: "9010" }))
  for (let n = 0; n < 12; n++) {
    desk.clock.pass(3_600_000)
    await receive()
  }
  const [one, two, ...more] = (await failedHooks()).items
  assert.deepEqual([one!.path, one!.reason, one!.tries, more], ["nuevo-ticket", "not_found", 12, []])
  assert.equal((await admin.call("DELETE", `/links/systems/${third}`)).status, 204)
  assert.equal((await admin.call("POST", `/links/failed-hooks/${two!.id}/replay`, {})).status, 204)
  await receive()
  assert.deepEqual([(await agreements(9)).length, (await agreements(10)).length], [0, 1])
  for (const id of [two!.id, "x"])
    assert.equal((await admin.call("POST", `/links/failed-hooks/${id}/replay`, {})).status, 404)
  assert.deepEqual((await failedHooks()).total, 1)
})

test("hooks are known for a year, and those that failed for as long as they are there", async () => {
  desk.clock.pass(364 * 86_400_000)
  const before = await rows("select id from system_hooks")
  await acting(desk, purgeHooks)
  assert.equal((await rows("select id from system_hooks")).length, before.length)
  desk.clock.pass(2 * 86_400_000)
  await acting(desk, purgeHooks)
  assert.deepEqual(await rows("select distinct state from system_hooks"), [{ state: "failed" }])
})
