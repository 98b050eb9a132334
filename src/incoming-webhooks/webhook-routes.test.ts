import assert from "node:assert/strict"
import { createHmac } from "node:crypto"
import { test } from "node:test"
import { acting, openDesk } from "#test/desks/test-desk.ts"
import { appSecret, signed, webhook } from "#test/fakes/graph-api.ts"
import { from, openNumber, processWebhooks, text, verifyToken } from "#test/desks/whatsapp-number.ts"
import { changeConnection } from "#connections/index.ts"
import { system } from "#kernel/act.ts"
import { checkConnection } from "#connections/check-connection-now.ts"
import { webhookRoutes } from "./webhook-routes.ts"

const desk = await openDesk((app, kit) => webhookRoutes(app, kit))
const ana = { phone: "573001112233" }

const count = async (connectionId: string, what = "webhook_deliveries") => {
  const { rows } = await desk.db.pool.query(`select count(*) as n from ${what} where connection_id = $1`, [
    connectionId,
  ])
  return rows[0].n as number
}
const sign = (bytes: string | Buffer) => `sha256=${createHmac("sha256", appSecret).update(bytes).digest("hex")}`
const shake = async (address: string, query: Record<string, string>) => {
  const answer = await desk.app.inject({ method: "GET", url: address, query })
  return [answer.statusCode, answer.statusCode === 200 ? answer.payload : ""]
}

test("the handshake gives the challenge back as it came, to a caller who knows the token", async () => {
  const { address } = await openNumber(desk)
  const asked = { "hub.mode": "subscribe", "hub.verify_token": verifyToken, "hub.challenge": "<b>1158201444</b>" }
  const answer = await desk.app.inject({ method: "GET", url: address, query: asked })
  assert.deepEqual([answer.statusCode, answer.payload], [200, "<b>1158201444</b>"])
  assert.match(String(answer.headers["content-type"]), /^text\/plain/)
  assert.deepEqual(await shake(address, { ...asked, "hub.verify_token": "another-token" }), [403, ""])
  assert.deepEqual(await shake(address, { ...asked, "hub.mode": "unsubscribe" }), [403, ""])
  assert.deepEqual(await shake(address, { "hub.mode": "subscribe" }), [400, ""])
  assert.deepEqual(await shake("/webhooks/whatsapp/con_none", asked), [403, ""])
})

test("a handshake that went well is proof that Meta reaches us; one that did not is none", async () => {
  const { id, address } = await openNumber(desk)
  const webhook = async () => {
    const checks = await checkConnection(desk, system, id)
    return checks.find(({ name }) => name === "webhook")
  }
  const asked = { "hub.mode": "subscribe", "hub.verify_token": "another-token", "hub.challenge": "1" }
  await shake(address, asked)
  assert.deepEqual(await webhook(), { name: "webhook", ok: false, detail: "nothing_arrived" })
  await shake(address, { ...asked, "hub.verify_token": verifyToken })
  assert.deepEqual(await webhook(), { name: "webhook", ok: true, detail: desk.now().toISOString() })
})

test("without a verify token or an app secret nobody is let in", async () => {
  const bare = await openNumber(desk, { appSecret: null, verifyToken: null })
  const asked = { "hub.mode": "subscribe", "hub.verify_token": "", "hub.challenge": "1" }
  assert.deepEqual(await shake(bare.address, asked), [403, ""])
  assert.equal(await bare.hears(from(ana, text("hola", desk.clock.now))), 401)
  const empty = signed(webhook({}), "")
  assert.equal(await bare.post(empty.payload, empty.headers), 401)
})

test("the signature is over the bytes: emoji, escapes and spaces are not written anew", async () => {
  const { id, post } = await openNumber(desk)
  const bodies = [
    '{"a":"👍 ñ"}',
    String.raw`{"a":"\ud83d\udc4d \u00f1"}`,
    '{ "a" : 1.0e0 , "a":2}\r\n',
    String.raw`{"a":"\/"}`,
  ]
  for (const body of bodies) assert.equal(await post(body, { "x-hub-signature-256": sign(body) }), 200, body)
  assert.equal(await count(id), bodies.length)
})

test("a signature that is missing or wrong stores nothing", async () => {
  const { id, post } = await openNumber(desk)
  const body = JSON.stringify(webhook(from(ana, text("hola", desk.clock.now))))
  const right = sign(body)
  const wrong: Record<string, string>[] = [
    {},
    { "x-hub-signature-256": "" },
    { "x-hub-signature-256": right.slice(0, -1) },
    { "x-hub-signature-256": right.replace(/.$/, (last) => (last === "0" ? "1" : "0")) },
    { "x-hub-signature-256": right.replace("sha256=", "sha1=") },
    { "x-hub-signature-256": sign(`${body} `) },
    { "x-hub-signature": right },
  ]
  for (const headers of wrong) assert.equal(await post(body, headers), 401, JSON.stringify(headers))
  assert.equal(await count(id), 0)
  assert.equal(await post(body, { "x-hub-signature-256": right }), 200)
})

test("the content type and the shape do not matter: what is signed is stored", async () => {
  const { id, post } = await openNumber(desk)
  for (const [type, body] of [
    ["text/plain", "not json"],
    ["application/json", "{"],
    ["application/x-odd", "\0"],
  ] as const)
    assert.equal(await post(body, { "content-type": type, "x-hub-signature-256": sign(body) }), 200)
  assert.equal(await count(id), 3)
})

test("the same delivery again is one delivery, also when both come at once", async () => {
  const { id, post } = await openNumber(desk)
  const body = webhook(from(ana, text("hola", desk.clock.now)))
  assert.deepEqual(await Promise.all(Array.from({ length: 20 }, () => post(body))), Array(20).fill(200))
  assert.equal(await count(id), 1)
  await processWebhooks(desk)
  assert.equal(await post(body), 200)
  assert.equal(await count(id), 1)
})

test("more than three megabytes are refused, a little less is taken", async () => {
  const { id, post } = await openNumber(desk)
  const sized = (bytes: number) => JSON.stringify({ pad: "x".repeat(bytes - 10) })
  const [most, more] = [sized(3 * 1024 * 1024), sized(3 * 1024 * 1024 + 1)]
  assert.equal(await post(more, { "x-hub-signature-256": sign(more) }), 413)
  assert.equal(await post(most, { "x-hub-signature-256": sign(most) }), 200)
  assert.equal(await count(id), 1)
})

test("a number that nobody knows is answered and ignored", async () => {
  const { id, post } = await openNumber(desk)
  const body = webhook({ ...from(ana, text("hola", desk.clock.now)), metadata: { phone_number_id: "999999999" } })
  assert.equal(await post(body), 200)
  await processWebhooks(desk)
  assert.equal(await count(id, "messages"), 0)
  const { rows } = await desk.db.pool.query("select state from webhook_deliveries where connection_id = $1", [id])
  assert.deepEqual(rows, [{ state: "done" }])
})

test("numbers of one app share an address, others do not", async () => {
  const own = await openNumber(desk, { phoneNumberId: "20000000001" })
  const sister = await openNumber(desk, { phoneNumberId: "20000000002" })
  const stranger = await openNumber(desk, { phoneNumberId: "20000000003", appSecret: "another app's secret" })
  for (const phoneNumberId of ["20000000002", "20000000003"]) {
    const value = { ...from(ana, text("hola", desk.clock.now)), metadata: { phone_number_id: phoneNumberId } }
    assert.equal(await own.hears(value), 200)
  }
  await processWebhooks(desk)
  assert.deepEqual([await count(own.id, "messages"), await count(sister.id, "messages")], [0, 1])
  assert.equal(await count(stranger.id, "messages"), 0)
})

test("a new app secret counts at once", async () => {
  const { id, post } = await openNumber(desk)
  const body = JSON.stringify(webhook(from(ana, text("hola", desk.clock.now))))
  assert.equal(await post(body, { "x-hub-signature-256": sign(body) }), 200)
  await acting(desk, (act) => changeConnection(act, desk.secrets, id, { settings: { appSecret: "the new secret" } }))
  const other = signed(JSON.parse(body) as object, "the new secret")
  desk.clock.pass(1_000)
  assert.equal(await post(other.payload, other.headers), 200)
  desk.clock.pass(10_000)
  assert.equal(await post(body, { "x-hub-signature-256": sign(body) }), 401)
})
