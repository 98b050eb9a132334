// A Splynx that is asked over HTTP: the ways to sign in, what its answers mean, and what is done when there is none.
import assert from "node:assert/strict"
import { once } from "node:events"
import { createServer } from "node:https"
import type { AddressInfo } from "node:net"
import { after, test } from "node:test"
import { createOutbound } from "#kernel/outbound/http-client.ts"
import { member, openDesk } from "#test/desks/test-desk.ts"
import * as selfSigned from "#test/fakes/self-signed-certificate.ts"
import { splynxKey, splynxLogin, splynxPassword, splynxSecret, startFakeSplynx } from "#test/fakes/splynx.ts"
import { agreementRoutes } from "../register-all-routes.ts"
import { existingSystem } from "../systems/linked-system-store.ts"
import { openAccount } from "../systems/open-account.ts"
import { parseSplynxTicket } from "./parse-splynx-ticket.ts"
import { connectToSplynx, testSplynx } from "./splynx-tickets.ts"

const desk = await openDesk(agreementRoutes)
const admin = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
const fake = await startFakeSplynx(desk.now)

const withKey = { auth: "basic", key: splynxKey, secret: splynxSecret }
const withLogin = { auth: "admin", login: splynxLogin, password: splynxPassword }
let linked = 0

async function link(more: object = withKey): Promise<string> {
  const settings = { baseUrl: `${fake.url}/api/2.0/`, requestsPerSecond: 1_000, ...more }
  const { status, body } = await admin.call("POST", "/links/systems", {
    kind: "splynx",
    name: `S${++linked}`,
    settings,
  })
  assert.equal(status, 201, JSON.stringify(body))
  return String(body["id"])
}

async function connect(more: object = withKey, options = { always: false }) {
  const id = await link(more)
  return connectToSplynx(desk, openAccount(desk, await existingSystem(desk.db.kysely, id)), options)
}

const failureOf = (answer: { ok: boolean; failure?: string }) => (answer.ok ? "ok" : answer.failure)
const closedOf = (answer: { ok: boolean; value?: { closed: boolean } }) => answer.value?.closed

test("each of the three ways to sign in reads a ticket, and a wrong secret does not", async () => {
  const { id } = fake.add({ closed: true, assign_to: "9", subject: "Sin luz" })
  for (const right of [withKey, { ...withKey, auth: "api_key" }, withLogin]) {
    const answer = await (await connect(right)).readStatus(id)
    assert.deepEqual(
      answer.ok && answer.value,
      {
        number: id,
        closed: true,
        operatorNumber: "9",
        customerNumber: "77",
        subject: "Sin luz",
        updatedAt: desk.now(),
      },
      right.auth,
    )
  }
  for (const wrong of [
    { ...withKey, secret: "not the secret" },
    { ...withLogin, password: "not the password" },
  ]) {
    const answer = await (await connect(wrong)).readStatus(id)
    assert.equal(failureOf(answer), "unreachable", JSON.stringify(answer))
  }
})

test("a token that is over is renewed once, and a login that is refused is not tried again", async () => {
  const { id } = fake.add()
  const splynx = await connect(withLogin)
  const loginsOf = async (work: () => Promise<unknown>) => {
    const before = fake.logins
    await work()
    return fake.logins - before
  }
  await splynx.readStatus(id)
  assert.equal(await loginsOf(() => Promise.all([splynx.readStatus(id), splynx.readStatus(id)])), 0)
  fake.tokens.clear()
  assert.equal(await loginsOf(() => Promise.all([splynx.readStatus(id), splynx.reopen(id)])), 1)
  const wrong = await connect({ ...withLogin, password: "not the password" })
  assert.equal(await loginsOf(() => wrong.readStatus(id)), 1)
})

test("signed requests bear rising numbers, from several servers, and when another one was ahead", async () => {
  const { id } = fake.add()
  const systemId = await link({ ...withKey, auth: "api_key" })
  const account = openAccount(desk, await existingSystem(desk.db.kysely, systemId))
  const [one, other] = [0, 1].map(() => connectToSplynx(desk, account, { always: false }))
  const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => (n % 2 ? one! : other!).readStatus(id)))
  assert.deepEqual(
    answers.map(failureOf),
    Array.from(answers, () => "ok"),
  )
  await desk.db.pool.query("update splynx_nonces set nonce = nonce + 1e15 where system_id = $1", [systemId])
  assert.equal(failureOf(await one!.readStatus(id)), "ok")
  fake.lastNonce += 1n
  assert.equal(failureOf(await one!.readStatus(id)), "ok", "its first number was used up")
})

test("a ticket is closed however that is spelled, and of any other word nothing is known", () => {
  const read = (fields: object) => parseSplynxTicket({ id: "5", ...fields }, "America/Argentina/Buenos_Aires")
  for (const closed of ["1", 1, true, "true"]) assert.equal(read({ closed })?.closed, true, JSON.stringify(closed))
  for (const closed of ["0", 0, false, "false"]) assert.equal(read({ closed })?.closed, false, JSON.stringify(closed))
  for (const closed of [undefined, null, "", "2", "yes", [], {}]) assert.equal(read({ closed }), null)
  for (const id of [undefined, "", "0", "-1", "5; drop", 1.5]) assert.equal(read({ id, closed: 0 }), null)
  assert.deepEqual(
    ["2026-11-22 06:00:00", "0000-00-00 00:00:00", "2026-13-01 00:00:00", ""].map(
      (at) => read({ closed: 0, updated_at: at })?.updatedAt?.toISOString() ?? null,
    ),
    ["2026-11-22T09:00:00.000Z", null, null, null],
  )
  assert.deepEqual(
    ["0", 0, "", null, 9, "9"].map((id) => read({ closed: 0, assign_to: id })?.operatorNumber),
    [null, null, null, null, "9", "9"],
  )
})

test("a hundred tickets cost one request, also where a filter or an offset is overlooked", async () => {
  const numbers = Array.from({ length: 100 }, (_, n) => fake.add({ closed: n % 2 === 0 }).id)
  const wanted = [...numbers.slice(1), "999999999"]
  const asked = async (splynx: Awaited<ReturnType<typeof connect>>) => {
    const before = fake.requests.length
    const answer = await splynx.listStatuses(wanted)
    assert.ok(answer.ok)
    assert.deepEqual(answer.value.map(({ number }) => number).toSorted(), numbers.slice(1).toSorted())
    assert.equal(answer.value.filter(({ closed }) => closed).length, 49)
    return fake.requests.length - before
  }
  assert.equal(await asked(await connect()), 1)
  fake.filters = false
  const splynx = await connect()
  assert.equal(await asked(splynx), 3, "one overlooked the filter, one page, and its end")
  assert.equal(await asked(splynx), 0, "the pages are known")
  fake.filters = true
})

test("only a request that changes nothing is made twice", async () => {
  const { id } = fake.add({ closed: true })
  const splynx = await connect(withKey, { always: true })
  for (const step of [
    { does: "fail", status: 502 },
    { does: "drop" },
    { does: "page" },
    { does: "no-answer" },
  ] as const) {
    fake.script = [step]
    const before = fake.requests.length
    assert.deepEqual([closedOf(await splynx.readStatus(id)), fake.requests.length - before], [true, 2], step.does)
    fake.script = [step]
    const puts = fake.puts.length
    const asked = fake.requests.length
    assert.equal(failureOf(await splynx.reopen(id)), "unreachable")
    assert.deepEqual([fake.requests.length - asked, fake.puts.length - puts], [1, step.does === "no-answer" ? 1 : 0])
    fake.change(id, { closed: true })
  }
  for (const [status, failure] of [
    [403, "refused"],
    [422, "refused"],
    [404, "missing"],
    [429, "unreachable"],
  ] as const) {
    fake.script = [{ does: "fail", status }]
    const before = fake.requests.length
    assert.deepEqual([failureOf(await splynx.readStatus(id)), fake.requests.length - before], [failure, 1])
  }
  assert.deepEqual(fake.script, [])
})

test("reopening sends exactly the documented texts, and an empty answer is a good one", async () => {
  const { id } = fake.add({ closed: true, status_id: "3" })
  const splynx = await connect()
  assert.equal(failureOf(await splynx.reopen(id)), "ok")
  assert.deepEqual(fake.puts.at(-1), { id, body: { closed: "0", status_id: "1" }, done: true })
  assert.equal(fake.tickets.get(id)!.status_id, "1")
  fake.change(id, { closed: true })
  fake.script = [{ does: "ignore" }]
  assert.equal(failureOf(await splynx.reopen(id)), "ok")
  assert.equal(closedOf(await splynx.readStatus(id)), true, "accepted, and not done")
  assert.equal(failureOf(await splynx.reopen("999999999")), "missing")
})

test("a ticket whose opening was not answered is found by its mark", async () => {
  const splynx = await connect()
  const opening = { mark: "[hilo agr_1]", subject: "Sin servicio", customerNumber: "81" }
  const found = async () => {
    const answer = await splynx.findOpened(opening.mark)
    assert.ok(answer.ok)
    return answer.value
  }
  assert.equal(await found(), null)
  fake.script = [{ does: "no-answer" }]
  assert.equal(failureOf(await splynx.open(opening)), "unreachable")
  const made = [...fake.tickets.values()].filter(({ customer_id }) => customer_id === "81")
  assert.equal(made.length, 1)
  assert.equal(await found(), made[0]!.id)
  fake.filters = false
  assert.equal(await found(), made[0]!.id)
  fake.filters = true
  const other = await splynx.open({ ...opening, mark: "[hilo agr_2]" })
  assert.ok(other.ok && fake.tickets.has(other.value))
})

test("what does not answer is spared for a minute, save by who waits for it", async () => {
  const { id } = fake.add()
  const systemId = await link()
  const account = openAccount(desk, await existingSystem(desk.db.kysely, systemId))
  const splynx = connectToSplynx(desk, account, { always: false })
  fake.otherwise = () => ({ does: "fail", status: 503 })
  for (let n = 0; n < 3; n++) assert.equal(failureOf(await splynx.reopen(id)), "unreachable")
  const before = fake.requests.length
  assert.deepEqual([failureOf(await splynx.readStatus(id)), failureOf(await splynx.reopen(id))], ["paused", "paused"])
  assert.equal(fake.requests.length, before)
  const { body } = await admin.call("POST", `/links/systems/${systemId}/test`, {})
  assert.deepEqual(body, { ok: false, detail: "HTTP 503" })
  fake.otherwise = () => ({ does: "work" })
  desk.clock.pass(59_999)
  assert.equal(failureOf(await splynx.readStatus(id)), "paused")
  desk.clock.pass(1)
  assert.equal(failureOf(await splynx.readStatus(id)), "ok")
})

test("a connection is tested with what is set, and the answer holds no secret", async () => {
  const asked = async (settings: object) =>
    (await admin.call("POST", `/links/systems/${await link(settings)}/test`, {})).body
  assert.deepEqual(await asked(withLogin), { ok: true, detail: "tickets can be read" })
  assert.deepEqual(await asked({ ...withLogin, password: "not the password" }), {
    ok: false,
    detail: "login: HTTP 401",
  })
})

test("a name that is not there, a port where nobody listens and a certificate of nobody's differ in what is said of them", async () => {
  const secure = createServer({ key: selfSigned.key, cert: selfSigned.certificate }).listen(0, "127.0.0.1")
  after(() => secure.close())
  await once(secure, "listening")
  const { port } = secure.address() as AddressInfo
  const noName = createOutbound({
    allowPrivate: [],
    resolve: () => Promise.reject(Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" })),
  })
  for (const [baseUrl, detail, outbound = desk.outbound] of [
    ["https://splynx.invalid", "no such name", noName],
    ["http://127.0.0.1:1", "connection refused"],
    [`https://127.0.0.1:${port}`, "certificate not trusted"],
  ] as const) {
    const account = openAccount(desk, await existingSystem(desk.db.kysely, await link({ ...withKey, baseUrl })))
    const answer = await testSplynx({ ...desk, outbound }, account)
    assert.deepEqual(answer, { ok: false, failure: "unreachable", detail, isUnsent: true }, baseUrl)
  }
})

test("a list may be stale, one ticket is not; and what flaps is said as it is at each look", async () => {
  const { id } = fake.add({ closed: true })
  fake.staleList = [...fake.tickets.values()].map((ticket) => ({ ...ticket }))
  fake.change(id, { closed: false })
  const splynx = await connect()
  const listed = await splynx.listStatuses([id])
  assert.deepEqual([listed.ok && listed.value[0]?.closed, closedOf(await splynx.readStatus(id))], [true, false])
  fake.staleList = null
  fake.flapping.add(id)
  const looks = [await splynx.readStatus(id), await splynx.readStatus(id), await splynx.readStatus(id)]
  assert.deepEqual(looks.map(closedOf), [false, true, false])
  fake.flapping.delete(id)
})
