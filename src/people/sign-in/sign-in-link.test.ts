import assert from "node:assert/strict"
import { test } from "node:test"
import { contactRoutes } from "#contacts/index.ts"
import { acting, call, cookieOf, member, openDesk, person, signIn } from "#test/desks/test-desk.ts"
import { mailsOf } from "#test/sign-in-mails.ts"
import { linkMailWriters } from "./sign-in-link.ts"
import { peopleRoutes } from "../register-all-routes.ts"

const desk = await openDesk((app, kit) => {
  peopleRoutes(app, kit)
  contactRoutes(app, kit)
}, "https://hilo.test")
const own = { origin: desk.publicUrl }
const staff = await member(desk, { email: "sol@example.com", name: "Sol", role: "admin" })
let clients = 0

/** Asks from a place nobody asked from before. */
async function ask(email: string, ip = `203.0.113.${++clients}`) {
  const payload = { email }
  const answer = await desk.app.inject({ method: "POST", url: "/api/v1/session/link", payload, remoteAddress: ip })
  return { status: answer.statusCode, body: answer.json<unknown>() }
}

const enter = (token: string) => call(desk.app, "PUT", "/session/link", { token }, own)

/** What was mailed since the last look. */
async function mailed() {
  return (await mailsOf(desk)).map(({ to: recipient, text }) => {
    return { recipient, token: /https:\/\/hilo\.test\/(?:my\/enter|password)#token=(\S+)/.exec(text)![1]!, text }
  })
}

async function carla(email: string, more: object = {}) {
  const identities = [{ kind: "email", value: email }]
  const { status, body } = await staff.call("POST", "/contacts", { name: "Carla <b>", identities, ...more })
  assert.equal(status, 201, JSON.stringify(body))
  return String(body["id"])
}

test("a link is mailed in the language that is known of the contact, or else in the desk's", async () => {
  await carla("lena@example.com", { language: "en-GB" })
  await carla("joao@example.com", { language: "pt-BR" })
  for (const email of ["lena@example.com", "joao@example.com"]) await ask(email)
  const [spanish, english] = (await mailed()).toSorted((a, b) => a.recipient.localeCompare(b.recipient))
  assert.match(english!.text, /^Open this link/)
  assert.match(spanish!.text, /^Abre este enlace/)
  for (const { token } of [english!, spanish!]) assert.equal((await enter(token)).status, 200)
})

test("the owner of a contact's e-mail comes in by a mailed link, and is that contact from then on", async () => {
  const contactId = await carla("carla@example.com", { language: "en" })
  assert.deepEqual(await ask("Carla@Example.com"), { status: 202, body: { validMinutes: 30 } })
  const [mail, ...others] = await mailed()
  assert.deepEqual([mail!.recipient, others], ["carla@example.com", []])
  assert.ok(Buffer.from(mail!.token.slice(4), "base64url").length >= 16)
  assert.doesNotMatch(mail!.text, /<b>/, "a name is a stranger's text")
  const entered = await enter(mail!.token)
  assert.equal(entered.status, 200)
  const user = entered.body["user"] as Record<string, unknown>
  assert.partialDeepStrictEqual(user, { role: "user", email: "carla@example.com", language: "en", hasPassword: false })
  const row = await desk.db.kysely
    .selectFrom("users")
    .select("contactId")
    .where("id", "=", String(user["id"]))
    .executeTakeFirstOrThrow()
  assert.equal(row.contactId, contactId)
  const cookie = cookieOf(entered)
  assert.equal((await call(desk.app, "GET", "/users", undefined, { cookie })).status, 403)
  await ask("carla@example.com")
  const [second] = await mailed()
  const again = await enter(second!.token)
  assert.equal((again.body["user"] as { id: string }).id, user["id"])
})

test("a link works once, also for two who come at once, and for thirty minutes", async () => {
  await carla("once@example.com")
  await ask("once@example.com")
  const [{ token } = assert.fail()] = await mailed()
  const statuses = (await Promise.all([enter(token), enter(token), enter(token)])).map(({ status }) => status)
  assert.deepEqual(statuses.toSorted(), [200, 403, 403])
  const over = await enter(token)
  assert.equal(over.body["code"], "link_over")
  await ask("once@example.com")
  const [late] = await mailed()
  desk.clock.pass(30 * 60_000)
  assert.equal((await enter(late!.token)).status, 403)
  for (const bad of ["", "lnk_guess", "💥"]) assert.equal((await enter(bad)).status, 403, bad)
  const stored = await desk.db.kysely.selectFrom("signInLinks").select("tokenHash").execute()
  assert.ok(
    stored.length > 1 && stored.every(({ tokenHash }) => tokenHash !== token && /^[0-9a-f]{64}$/.test(tokenHash)),
  )
})

test("nobody learns who is known: the answer is the same, and only customers and staff get a mail", async () => {
  await carla("known@example.com")
  const blocked = await carla("blocked@example.com")
  assert.equal((await staff.call("PATCH", `/contacts/${blocked}`, { blocked: true })).status, 200)
  const agent = await person(desk)
  const off = await person(desk, "user")
  await desk.db.kysely.updateTable("users").set({ disabledAt: desk.now() }).where("id", "=", off.id).execute()
  const all = ["known@example.com", "nobody@example.com", "blocked@example.com", agent.email, off.email]
  for (const email of all) assert.deepEqual(await ask(email), { status: 202, body: { validMinutes: 30 } }, email)
  // What the request writes is the same for each; who it was is looked up by the worker.
  const asked = await desk.db.kysely.selectFrom("signInLinkRequests").select("email").execute()
  assert.deepEqual(asked.map(({ email }) => email).toSorted(), all.toSorted())
  const recipients = (await mailed()).map(({ recipient }) => recipient)
  assert.deepEqual(recipients.toSorted(), [agent.email, "known@example.com"].toSorted())
  assert.deepEqual(await desk.db.kysely.selectFrom("signInLinkRequests").select("id").execute(), [])
})

test("the mail goes to the address on file, byte for byte, however it was typed", async () => {
  await carla("kelvin@example.com")
  // U+212A, the Kelvin sign, lowers to a small k.
  assert.equal((await ask("\u212Aelvin@example.com")).status, 202)
  const sent = (await mailed()).map(({ recipient }) => recipient)
  assert.ok(sent.every((to) => to === "kelvin@example.com"))
  for (const bad of ["a@example.com, b@evil.test", "a@example.com\r\nBcc: b@evil.test", "<a@example.com>", "a b@c.co"])
    assert.equal((await ask(bad)).status, 400, bad)
})

test("a link that was used ends the older ones of the address", async () => {
  await carla("twice@example.com")
  await ask("twice@example.com")
  await ask("twice@example.com")
  const [first, second] = await mailed()
  assert.equal((await enter(second!.token)).status, 200)
  const { status, body } = await enter(first!.token)
  assert.deepEqual([status, body["code"]], [403, "link_over"])
})

test("links cannot be asked for without end, from one place or for one address", async () => {
  await carla("often@example.com")
  const flood = await Promise.all(Array.from({ length: 30 }, () => ask("often@example.com", "2001:db8:0:9::1")))
  assert.equal(flood.filter(({ status }) => status === 429).length, 20)
  const other = await ask("elsewhere@example.com", "2001:db8:0:9:ffff::2")
  assert.equal(other.status, 429, "the whole /64 is one place")
  for (let n = 0; n < 5; n++) assert.equal((await ask("often+x@example.com")).status, 202)
  assert.equal((await mailed()).length, 5, "further requests for one mailbox are answered alike and mail nothing")
})

test("a foreign page cannot use a browser to ask or to enter", async () => {
  const foreign = { origin: "https://evil.test" }
  const asked = await call(desk.app, "POST", "/session/link", { email: "a@example.com" }, foreign)
  const entered = await call(desk.app, "PUT", "/session/link", { token: "lnk_x" }, foreign)
  assert.deepEqual([asked.status, entered.status], [403, 403])
})

test("a customer sets a first password without one, and changes it only with it", async () => {
  await carla("words@example.com")
  await ask("words@example.com")
  const [{ token } = assert.fail()] = await mailed()
  let cookie = cookieOf(await enter(token))
  const change = (body: object) => call(desk.app, "PATCH", "/me", { password: body }, { cookie, ...own })
  const first = await change({ new: "a first long word" })
  assert.deepEqual([first.status, first.body["hasPassword"]], [200, true])
  cookie = cookieOf(first)
  const blind = await change({ new: "another long word" })
  assert.deepEqual([blind.status, (blind.body["errors"] as { path: string }[])[0]!.path], [400, "password.current"])
  assert.equal((await change({ current: "a first long word", new: "another long word" })).status, 200)
  assert.equal((await signIn(desk, "words@example.com", "another long word")).status, 200)
})

test("a link of somebody who joined the staff meanwhile opens nothing", async () => {
  const { id, email } = await person(desk, "user")
  await ask(email)
  const [{ token } = assert.fail()] = await mailed()
  await acting(desk, (act) => act.tx.updateTable("users").set({ role: "agent" }).where("id", "=", id).execute())
  assert.equal((await enter(token)).status, 403)
})

test("of the tries of one mail only the last one's link is open", async () => {
  await carla("tries@example.com")
  const agent = await person(desk)
  const writers = linkMailWriters(desk.publicUrl)
  const write = (writer: string, email: string, mailId: string) =>
    acting(desk, (act) => writers[writer]!(act, { email }, mailId))
  const open = async (table: string, mailId: string) =>
    (await desk.db.pool.query(`select from ${table} where mail_id = $1`, [mailId])).rowCount
  for (let tries = 0; tries < 3; tries++) {
    assert.ok(await write("sign-in link", "tries@example.com", "mai_customer"))
    assert.ok(await write("password link", agent.email, "mai_staff"))
  }
  await write("sign-in link", "tries@example.com", "mai_another")
  assert.deepEqual([await open("sign_in_links", "mai_customer"), await open("password_links", "mai_staff")], [1, 1])
  assert.equal(await open("sign_in_links", "mai_another"), 1)
})
