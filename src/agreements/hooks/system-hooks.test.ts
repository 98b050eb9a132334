// What linked systems post: stored, answered as they document it, and known again.
import assert from "node:assert/strict"
import { before, test } from "node:test"
import { sql } from "kysely"
import { acting, member, openDesk } from "#test/desks/test-desk.ts"
import {
  closureBody,
  createFakeGestionReal,
  hookBearer,
  hookHmacSecret,
  type HookPost,
  openingBody,
  signedHook,
} from "#test/fakes/gestion-real.ts"
import { splynxEvent, splynxHookSecret } from "#test/fakes/splynx.ts"
import { agreementRoutes } from "../register-all-routes.ts"
import { systemHookRoutes } from "./system-hook-routes.ts"

const desk = await openDesk((app, kit) => {
  agreementRoutes(app, kit)
  systemHookRoutes(app, kit, { allowUnauthenticated: false })
})
const admin = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
const link = async (kind: string, settings: object) => {
  const { status, body } = await admin.call("POST", "/links/systems", { kind, name: kind, settings })
  assert.equal(status, 201, JSON.stringify(body))
  return String(body["id"])
}
before(async () => {
  const key = { auth: "basic", key: "k".repeat(8), secret: "s".repeat(8), hookSecret: splynxHookSecret }
  await link("splynx", { baseUrl: "http://127.0.0.1:9", ...key })
  await link("gestionreal", { bearer: hookBearer, hmacSecret: hookHmacSecret })
})

const gestionReal = createFakeGestionReal(desk.now)
const post = async (hook: HookPost, headers: object = {}) => {
  const answer = await desk.app.inject({ method: "POST", ...hook, headers: { ...hook.headers, ...headers } })
  const isJson = String(answer.headers["content-type"]).includes("json")
  return { status: answer.statusCode, body: isJson ? answer.json<Record<string, unknown>>() : answer.body }
}
const rows = async (sql: string) => (await desk.db.pool.query(sql)).rows
const stored = async () => Number((await rows("select count(*) as n from system_hooks"))[0].n)

test("a hook is stored and answered with its number, and a repetition with the number of the first", async () => {
  const hook = gestionReal.opens({ number: 100 })
  const { status, body } = await post(hook)
  assert.deepEqual([status, body], [200, { ok: true, id: (body as { id: number }).id }])
  const before = await stored()
  assert.deepEqual((await post(hook)).body, { ...(body as object), duplicate: true })
  const { Fecha_creado, ...others } = JSON.parse(hook.payload) as Record<string, unknown>
  const respelled = signedHook(
    "nuevo-ticket",
    { ...others, fecha_creado: Fecha_creado, "Numero de ticket": "0100" },
    "signature",
  )
  assert.deepEqual((await post(respelled)).body, { ...(body as object), duplicate: true })
  assert.equal(await stored(), before)
  const [first, second] = await Promise.all([
    post(gestionReal.closes({ number: 100 })),
    post(gestionReal.posts.at(-1)!),
  ])
  assert.deepEqual((first.body as { id: number }).id, (second.body as { id: number }).id)
})

test("a key that the sender gives is its own idea of a repetition", async () => {
  for (const name of ["idempotency-key", "x-gr-delivery"]) {
    const [one, other] = [gestionReal.closes({ number: 101 }), gestionReal.closes({ number: 102 })]
    const first = await post(one, { [name]: `${name}-1` })
    const again = await post(other, { [name]: `${name}-1` })
    assert.deepEqual(again.body, { ...(first.body as object), duplicate: true })
    assert.notDeepEqual((await post(other, { [name]: `${name}-2` })).body, again.body)
  }
})

test("a signed hook that a stranger sends again changes nothing: under another key, hours later, or where it does not belong", async () => {
  const at = desk.now()
  const opening = signedHook("nuevo-ticket", openingBody({ number: 106, at }), "signature")
  const whole = { ...openingBody({ number: 106, at }), ...closureBody({ number: 106, at }) }
  const closure = signedHook("cierre-ticket", whole, "signature")
  const first = async (hook: HookPost, headers?: object) => (await post(hook, headers)).body as object
  const firsts = [await first(opening, { "idempotency-key": "own key" }), await first(closure)]
  const before = await stored()
  desk.clock.pass(5 * 3_600_000)
  for (const [i, hook] of [opening, closure].entries())
    for (const headers of [{}, { "idempotency-key": "another" }, { "x-gr-delivery": "another" }])
      assert.deepEqual((await post(hook, headers)).body, { ...firsts[i], duplicate: true })
  for (const hook of [
    { ...opening, url: closure.url },
    { ...closure, url: opening.url },
  ])
    assert.equal((await post(hook)).status, 400)
  assert.equal(await stored(), before)
  const bearer = { authorization: `Bearer ${hookBearer}` }
  assert.ok(!("duplicate" in (await first(opening, { ...bearer, "idempotency-key": "third" }))))
})

test("a closure that names no time of its own is another one an hour later", async () => {
  const hook = gestionReal.closes({ number: 103, at: null })
  const first = await post(hook)
  assert.deepEqual((await post(hook)).body, { ...(first.body as object), duplicate: true })
  desk.clock.pass(3_600_000)
  assert.deepEqual(Object.keys((await post(hook)).body), ["ok", "id"])
})

test("a signed closure counts whatever became of its time, and an opening though it names who has it", async () => {
  const opened = openingBody({ number: 107, at: desk.now() })
  for (const fc of ["", "ayer", undefined])
    for (const said of [{ Descripciondelcierre: "Se normalizó" }, { tiempo_reaccion: 5 }, { Asignado: "Operador 3" }]) {
      const body = { ...opened, ...said, ...(fc !== undefined && { fc }) }
      const what = JSON.stringify({ fc, ...said })
      assert.equal((await post(signedHook("cierre-ticket", body, "signature"))).status, 200, what)
      const asOpening = (await post(signedHook("nuevo-ticket", body, "signature"))).status
      assert.equal(asOpening, said.Descripciondelcierre ? 400 : 200, what)
    }
  const assigned = { ...openingBody({ number: 108, at: desk.now() }), Asignado: "Operador 3" }
  assert.equal((await post(signedHook("nuevo-ticket", assigned, "signature"))).status, 200)
  const before = await stored()
  for (const empty of [{}, { fc: "", Asignado: " ", Descripciondelcierre: null }]) {
    const { status, body } = await post(signedHook("cierre-ticket", { ...opened, ...empty }, "signature"))
    assert.deepEqual([status, body], [400, { error: "Body de otro hook" }])
  }
  assert.equal(await stored(), before)
})

test("a linked system that posts is there, before anything is processed; whether it answers is another matter", async () => {
  const health = async () => {
    const { items } = (await admin.call("GET", "/links/systems")).body as { items: Record<string, unknown>[] }
    return Object.fromEntries(items.map(({ kind, lastSeenAt, failingSince }) => [kind, [lastSeenAt, failingSince]]))
  }
  const failingSince = "2026-01-01T00:00:00.000Z"
  await rows(`update linked_systems set last_seen_at = null, failing_since = '${failingSince}', failure = 'HTTP 503'
    where kind = 'splynx'`)
  desk.clock.pass(60_001)
  const at = desk.now().toISOString()
  const { payload, headers } = splynxEvent("7100")
  assert.equal((await post({ url: "/api/hooks/splynx", payload, headers })).status, 200)
  const hook = gestionReal.opens({ number: 109 })
  assert.equal((await post(hook)).status, 200)
  const seen = { gestionreal: [at, null], splynx: [at, failingSince] }
  assert.deepEqual(await health(), seen)
  desk.clock.pass(60_000)
  await post(hook)
  assert.deepEqual(await health(), seen, "written once a minute")
  desk.clock.pass(1)
  const { answer } = await acting(desk, async (act) => {
    await sql`select from linked_systems for share`.execute(act.tx)
    return { answer: await post(gestionReal.opens({ number: 110 })) }
  })
  assert.equal(answer.status, 200, "it waits for nobody who holds the system")
  assert.deepEqual(await health(), seen)
  await post(hook)
  assert.deepEqual((await health())["gestionreal"], [desk.now().toISOString(), null], "a repetition counts too")
})

test("what cannot be read gets the documented answer, and nothing is stored", async () => {
  const before = await stored()
  const answer = (path: string, body: object | string) => post(signedHook(path, body))
  for (const [path, body, error] of [
    ["nuevo-ticket", "", "Body JSON requerido"],
    ["cierre-ticket", "[1]", "Body JSON requerido"],
    ["cierre-ticket", {}, "Campo numero_ticket es requerido"],
    ["nuevo-ticket", { numero_ticket: "x" }, "Campo numero_cliente es requerido"],
    ["nuevo-ticket", { numero_ticket: "x", numero_cliente: 1 }, "Campo numero_ticket debe ser numérico"],
    ["cierre-ticket", { "Numero de ticket": "12-3" }, "Campo numero_ticket debe ser numérico"],
  ] as const)
    assert.deepEqual(await answer(path, body), { status: 400, body: { error } }, JSON.stringify(body))
  assert.equal((await answer("cierre-ticket", { numero_ticket: 1, otra: "x".repeat(64 * 1024) })).status, 413)
  const nul = await answer("cierre-ticket", { numero_ticket: 104, motivo: "a\0b" })
  assert.equal(nul.status, 200)
  assert.equal(await stored(), before + 1)
})

test("nobody closes anything without proof, whatever they post", async () => {
  const before = await stored()
  for (const hook of [
    signedHook("cierre-ticket", { numero_ticket: 105 }, "none"),
    signedHook("cierre-ticket", "{", "none"),
  ])
    assert.deepEqual(await post(hook), { status: 401, body: { error: "No autorizado" } })
  assert.equal(
    (await post(signedHook("cierre-ticket", { numero_ticket: 105 }), { authorization: "Bearer x" })).status,
    401,
  )
  assert.equal(await stored(), before)
})

test("Splynx pings unsigned, and its events are signed", async () => {
  const splynx = (payload: string, headers: object = {}) =>
    post({ url: "/api/hooks/splynx", payload, headers: {} }, headers)
  assert.deepEqual(await splynx('{"type":"ping"}'), { status: 200, body: "ok" })
  assert.deepEqual(await splynx("type=ping", { "content-type": "application/x-www-form-urlencoded" }), {
    status: 200,
    body: "ok",
  })
  const long = JSON.stringify({ type: "ping", data: "x".repeat(5_000) })
  assert.equal((await splynx(long)).status, 401, "what is not signed is read as far as a ping goes")
  const before = await stored()
  for (const event of [splynxEvent("7001"), splynxEvent("7002", { asForm: true })]) {
    assert.deepEqual(await splynx(event.payload, event.headers), { status: 200, body: "ok" })
    assert.equal((await splynx(event.payload, event.headers)).status, 200)
    assert.equal((await splynx(`${event.payload} `, event.headers)).status, 401)
  }
  assert.equal((await splynx(splynxEvent("7001", { secret: "another" }).payload)).status, 401)
  assert.equal(await stored(), before + 2)
  const { createHmac } = await import("node:crypto")
  const odd = '{"type":"poke"}'
  const signature = createHmac("sha1", splynxHookSecret).update(odd).digest("hex")
  assert.equal((await splynx(odd, { "x-splynx-signature": signature })).status, 400)
})
