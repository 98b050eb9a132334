// How staff come in: by a link of their own that works once. And what an API key cannot bring about, by whatever chain.
import assert from "node:assert/strict"
import { test } from "node:test"
import {
  acting,
  type Answer,
  call,
  cookieOf,
  member,
  openDesk,
  password,
  person,
  signedIn,
  signIn,
} from "#test/desks/test-desk.ts"
import { mailsOf } from "#test/sign-in-mails.ts"
import { createKey } from "../api-keys/create-key.ts"
import { peopleRoutes } from "../register-all-routes.ts"

const desk = await openDesk(peopleRoutes)
const own = { origin: desk.publicUrl }
const key = await member(desk, { email: "key@example.com", name: "Key", role: "admin" })
const { cookie } = await signedIn(desk, "admin")
const admin = (method: "GET" | "POST" | "PATCH" | "DELETE", url: string, body?: unknown, more: object = {}) =>
  call(desk.app, method, url, body, { cookie, ...own, ...more })

let made = 0
async function newAgent(more: object = {}) {
  const email = `new${++made}@example.com`
  const { status, body } = await admin("POST", "/users", { email, name: "New", role: "agent", ...more })
  assert.equal(status, 201, JSON.stringify(body))
  return { id: String(body["id"]), email }
}
const tokenIn = (link: unknown) => /#token=(pwl_[\w-]+)$/.exec(String(link))![1]!
async function invited(id: string): Promise<string> {
  const { status, body } = await admin("POST", `/users/${id}/invitation`)
  assert.equal(status, 201, JSON.stringify(body))
  return tokenIn(body["link"])
}
const choose = (token: string, word = "a password of my own", headers: object = own) =>
  call(desk.app, "PUT", "/session/password", { token, password: word }, headers)
const refused = (answer: Answer, status: number, code: string) =>
  assert.deepEqual([answer.status, answer.body["code"]], [status, code], JSON.stringify(answer.body))
const me = (from: Answer) => call(desk.app, "GET", "/me", undefined, { cookie: cookieOf(from) })

const mailed = async () => (await mailsOf(desk)).map(({ to: recipient, text }) => ({ recipient, text }))

test("an invited colleague chooses their password and is in; the link works once", async () => {
  const { id, email } = await newAgent()
  const token = await invited(id)
  assert.ok(Buffer.from(token.slice(4), "base64url").length >= 16)
  const stored = await desk.db.pool.query("select token_hash from password_links where user_id = $1", [id])
  assert.ok(!JSON.stringify(stored.rows).includes(token), "only its hash is kept")
  const entered = await choose(token)
  assert.equal(entered.status, 200)
  assert.equal((await me(entered)).body["id"], id)
  refused(await choose(token), 403, "link_over")
  assert.equal((await signIn(desk, email, "a password of my own")).status, 200)
})

test("a link is over after a week, when another was given, and when the account is off", async () => {
  const late = await newAgent()
  const old = await invited(late.id)
  const token = await invited(late.id)
  refused(await choose(old), 403, "link_over")
  desk.clock.pass(7 * 86_400_000)
  refused(await choose(token), 403, "link_over")
  const gone = await newAgent()
  const forGone = await invited(gone.id)
  assert.equal((await admin("DELETE", `/users/${gone.id}`)).status, 204)
  refused(await admin("POST", `/users/${gone.id}/invitation`), 409, "account_disabled")
  assert.equal((await admin("PATCH", `/users/${gone.id}`, { disabled: false })).status, 200)
  refused(await choose(forGone), 403, "link_over")
  refused(await admin("POST", "/users/usr_none/invitation"), 404, "not_found")
})

test("a link that stayed open when its account was switched off sets nothing", async () => {
  const { id } = await newAgent()
  const token = await invited(id)
  // As another way of switching off would leave it: the link is there.
  await desk.db.pool.query("update users set disabled_at = $2 where id = $1", [id, desk.now()])
  refused(await choose(token), 403, "link_over")
  const { rows } = await desk.db.pool.query("select password_hash from users where id = $1", [id])
  assert.equal(rows[0].password_hash, null)
})

test("what is no open link sets nothing", async () => {
  const before = await desk.db.pool.query("select id, password_hash from users order by id")
  for (const token of ["", "pwl_", "pwl_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "null"])
    refused(await choose(token), 403, "link_over")
  const { id } = await newAgent()
  const token = await invited(id)
  assert.equal((await choose(token, "short")).status, 400)
  assert.equal((await choose(token, undefined, { origin: "https://evil.example" })).status, 403)
  const after = await desk.db.pool.query("select id, password_hash from users where id <> $1 order by id", [id])
  assert.deepEqual(after.rows, before.rows)
  assert.equal((await choose(token)).status, 200, "and a try with a bad password used nothing up")
})

test("with a mail server set the link is mailed and shown to nobody", async () => {
  const { id, email } = await newAgent({ language: "en" })
  desk.mailIsSet = true
  const { body } = await admin("POST", `/users/${id}/invitation`)
  desk.mailIsSet = false
  assert.deepEqual([body["link"], body["mailedTo"]], [null, email])
  const [mail] = await mailed()
  assert.equal(mail!.recipient, email)
  assert.match(mail!.text, /^You have an account/)
  const token = /#token=(\S+)/.exec(mail!.text)![1]!
  assert.equal((await choose(token)).status, 200)
})

test("a repeat of the request does not show the link again", async () => {
  const { id } = await newAgent()
  const once = { "idempotency-key": "invite-once" }
  assert.equal((await admin("POST", `/users/${id}/invitation`, undefined, once)).status, 201)
  refused(await admin("POST", `/users/${id}/invitation`, undefined, once), 409, "already_done")
})

test("a forgotten password: everybody who asks gets the same answer, and only staff with a password a link to set another", async () => {
  const [ana, pending, off] = [await person(desk), await newAgent(), await person(desk)]
  assert.equal((await admin("DELETE", `/users/${off.id}`)).status, 204)
  const answers = []
  for (const email of [ana.email, pending.email, off.email, "nobody@example.com"])
    answers.push(await call(desk.app, "POST", "/session/link", { email }))
  assert.deepEqual(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size, 1)
  const mails = await mailed()
  assert.deepEqual(
    mails.map(({ recipient }) => recipient),
    [ana.email],
  )
  const token = /\/password#token=(\S+)/.exec(mails[0]!.text)![1]!
  const entered = await choose(token)
  assert.equal(entered.status, 200)
  assert.notEqual((await signIn(desk, ana.email)).status, 200, "the old password is no more")
})

test("a new password by link ends the other links and sessions, no matter who requested it", async () => {
  const who = await signedIn(desk, "agent")
  await call(desk.app, "POST", "/session/link", { email: who.email })
  const [mail] = await mailed()
  const asked = /#token=(\S+)/.exec(mail!.text)![1]!
  await call(desk.app, "POST", "/session/link", { email: who.email })
  const [second] = await mailed()
  assert.equal((await choose(asked)).status, 200)
  assert.equal((await who.me()).status, 401)
  refused(await choose(/#token=(\S+)/.exec(second!.text)![1]!), 403, "link_over")
})

const keyFor = (userId: string) => acting(desk, (act) => createKey(act, { name: "k", role: "agent", userId }))
const opens = async (one: { key: string }) =>
  (await call(desk.app, "GET", "/me", undefined, { authorization: `Bearer ${one.key}` })).status === 200

test("a reset by somebody else ends the API keys too; one's own asks, and ends them when asked to", async () => {
  const [a, b, c] = [await signedIn(desk), await signedIn(desk), await signedIn(desk)]
  const [ofA, ofB, ofC] = [await keyFor(a.id), await keyFor(b.id), await keyFor(c.id)]
  assert.equal((await choose(await invited(a.id))).status, 200)
  assert.equal(await opens(ofA), false)
  assert.equal((await admin("POST", `/users/${b.id}/password`, { password: "told by phone" })).status, 204)
  assert.equal(await opens(ofB), false)
  const changed = await call(
    desk.app,
    "PATCH",
    "/me",
    { password: { current: password, new: "another one of mine" } },
    { cookie: c.cookie, ...own },
  )
  assert.equal(changed.body["apiKeys"], 1, "so that the screen can ask")
  assert.equal(await opens(ofC), true)
  const again = { cookie: cookieOf(changed), ...own }
  assert.equal((await call(desk.app, "DELETE", "/me/keys", undefined, again)).status, 204)
  assert.equal(await opens(ofC), false)
})

test("a key makes no staff, and changes neither role nor address of anybody", async () => {
  for (const role of ["agent", "lead", "admin"])
    refused(await key.call("POST", "/users", { email: `${role}@evil.example`, name: "E", role }), 403, "forbidden")
  const { body } = await key.call("POST", "/users", { email: "evil@evil.example", name: "E", role: "user" })
  const id = String(body["id"])
  const boss = await person(desk, "admin")
  for (const [who, change] of [
    [id, { role: "admin" }],
    [id, { email: "other@evil.example" }],
    [key.userId, { role: "lead" }],
    [boss.id, { email: "boss@evil.example" }],
    [boss.id, { role: "user" }],
  ] as const)
    refused(await key.call("PATCH", `/users/${who}`, change), 403, "forbidden")
  refused(await key.call("POST", `/users/${boss.id}/invitation`), 403, "forbidden")
  refused(await key.call("POST", `/users/${boss.id}/password`, { password: "known to a thief" }), 403, "forbidden")
  assert.equal((await key.call("PATCH", `/users/${id}`, { name: "Evita", role: "user" })).status, 200)
})

test("a key switches staff off, and lets none in again", async () => {
  const who = await person(desk)
  assert.equal((await key.call("PATCH", `/users/${who.id}`, { disabled: true })).status, 200)
  refused(await key.call("PATCH", `/users/${who.id}`, { disabled: false }), 403, "forbidden")
})

test("a customer who becomes staff comes in anew: password, sessions, keys and links of before are over", async () => {
  const who = await signedIn(desk, "user")
  const before = await keyFor(who.id)
  const token = await invited(who.id)
  const raised = await admin("PATCH", `/users/${who.id}`, { role: "admin" })
  assert.deepEqual([raised.status, raised.body["canSignIn"]], [200, false])
  assert.equal((await who.me()).status, 401)
  assert.equal((await signIn(desk, who.email)).status, 401)
  assert.equal(await opens(before), false)
  refused(await choose(token), 403, "link_over")
  assert.equal((await choose(await invited(who.id))).status, 200)
})

test("nobody says a colleague's first password aloud", async () => {
  const aloud = { email: "aloud@example.com", name: "A", role: "agent", password: "said aloud at once" }
  refused(await admin("POST", "/users", aloud), 403, "forbidden")
  const { id } = await newAgent()
  refused(await admin("POST", `/users/${id}/password`, { password: "said aloud at once" }), 403, "forbidden")
})
