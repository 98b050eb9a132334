import assert from "node:assert/strict"
import { test } from "node:test"
import {
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
import { peopleRoutes } from "../register-all-routes.ts"
import { setupLink } from "../accounts/first-run.ts"

const desk = await openDesk((app, kit) => peopleRoutes(app, kit), "https://hilo.test")
const own = { origin: desk.publicUrl }

test("the first run: a link, one account, and the link is over", async () => {
  assert.deepEqual((await call(desk.app, "GET", "/session")).body, { user: null, setupNeeded: true })
  const replaced = await setupLink(desk.db, desk.publicUrl, desk.now())
  const link = await setupLink(desk.db, desk.publicUrl, desk.now())
  const [, token] = /^https:\/\/hilo\.test\/setup#token=(.+)$/.exec(link!)!
  const account = { name: "Ana", email: "ana@example.com", password, language: "en", timezone: "Europe/Madrid" }
  const ofDesk = { country: "ES", deskName: " Taller " }
  for (const bad of ["", "guess", replaced!.split("=")[1]!]) {
    const refused = await call(desk.app, "POST", "/setup", { ...account, token: bad }, own)
    assert.deepEqual([refused.status, refused.body["code"]], [403, "setup_closed"])
  }
  const made = await call(desk.app, "POST", "/setup", { ...account, ...ofDesk, token }, own)
  assert.equal(made.status, 201)
  const { rows } = await desk.db.pool.query("select name, value from settings order by name")
  assert.deepEqual(rows, [
    { name: "desk.country", value: "ES" },
    { name: "desk.name", value: "Taller" },
    { name: "language", value: "en" },
    { name: "timezone", value: "Europe/Madrid" },
  ])
  const { teams, can, ...me } = made.body["user"] as Record<string, unknown>
  assert.deepEqual(
    (teams as { name: string }[]).map((team) => team.name),
    ["Support"],
  )
  assert.equal((can as Record<string, boolean>)["manageKeys"], true)
  assert.partialDeepStrictEqual(me, {
    name: "Ana",
    email: "ana@example.com",
    role: "admin",
    language: "en",
    timezone: "Europe/Madrid",
  })
  const session = await call(desk.app, "GET", "/session", undefined, { cookie: cookieOf(made) })
  assert.deepEqual(session.body, { user: made.body["user"], setupNeeded: false })
  const again = await call(desk.app, "POST", "/setup", { ...account, email: "b@example.com", token }, own)
  assert.deepEqual([again.status, again.body["code"]], [403, "setup_closed"])
  assert.equal(await setupLink(desk.db, desk.publicUrl), null)
})

test("a session is a cookie that scripts cannot read and plain HTTP does not carry", async () => {
  const { email } = await person(desk)
  const answer = await signIn(desk, email)
  assert.equal(answer.status, 200)
  const [written, known] = [answer.headers["set-cookie"]].flat().map(String) as [string, string]
  assert.match(
    known,
    /^hilo_known_[0-9a-f]{16}=[\w-]+\.[0-9a-f]{64}; Max-Age=31536000; Path=\/api\/v1\/session; HttpOnly; Secure; SameSite=Lax$/,
  )
  assert.match(written, /^hilo_session=ses_[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  assert.doesNotMatch(JSON.stringify(answer.body), /hash|ses_/)
  const stored = await desk.db.kysely.selectFrom("sessions").select("tokenHash").execute()
  assert.ok(stored.every(({ tokenHash }) => !written.includes(tokenHash) && /^[0-9a-f]{64}$/.test(tokenHash)))
})

test("a wrong password, an unknown e-mail and a switched-off account get the same answer", async () => {
  const { email } = await person(desk)
  const off = await person(desk)
  await desk.db.kysely.updateTable("users").set({ disabledAt: desk.now() }).where("id", "=", off.id).execute()
  const keyOnly = await member(desk, { email: "machine@example.com", name: "Machine", role: "agent" })
  assert.ok(keyOnly.userId)
  const answers = await Promise.all([
    signIn(desk, email, "correct horse batterz"),
    signIn(desk, "nobody@example.com"),
    signIn(desk, off.email),
    signIn(desk, "machine@example.com"),
    signIn(desk, "' or 1=1 --"),
  ])
  const shown = answers.map(({ status, body: { requestId: _id, ...body }, headers }) => ({
    status,
    body,
    cookie: headers["set-cookie"],
  }))
  for (const answer of shown) assert.deepEqual(answer, shown[0])
  assert.deepEqual([shown[0]!.status, shown[0]!.body["code"], shown[0]!.cookie], [401, "bad_credentials", undefined])
})

test("signing in again gives a new session and ends the old one", async () => {
  const one = await signedIn(desk)
  const two = cookieOf(await signIn(desk, one.email, password, { ...own, cookie: one.cookie }))
  assert.notEqual(two, one.cookie)
  desk.authentication.dropCache()
  assert.equal((await one.me()).status, 401)
  assert.equal((await call(desk.app, "GET", "/me", undefined, { cookie: two })).status, 200)
})

test("signing out ends the session and clears the cookie", async () => {
  const { id, me, cookie } = await signedIn(desk)
  const out = await call(desk.app, "DELETE", "/session", undefined, { cookie, ...own })
  assert.equal(out.status, 204)
  assert.match(String(out.headers["set-cookie"]), /^hilo_session=; .*(Max-Age=0|Expires=Thu, 01 Jan 1970)/)
  assert.equal((await me()).status, 401)
  const ended = await desk.db.kysely
    .selectFrom("events")
    .select("subjectId")
    .where("kind", "=", "session.ended")
    .execute()
  assert.deepEqual(ended, [{ subjectId: id }])
})

test("a session ends after thirty days", async () => {
  const { me } = await signedIn(desk)
  desk.clock.pass(30 * 86_400_000 - 10_000)
  assert.equal((await me()).status, 200)
  desk.clock.pass(11_000)
  assert.equal((await me()).status, 401)
})

test("changing the password ends every other session, and this one goes on under a new token", async () => {
  const here = await signedIn(desk)
  const there = cookieOf(await signIn(desk, here.email))
  const change = (current: string, next: string) =>
    call(desk.app, "PATCH", "/me", { password: { current, new: next } }, { cookie: here.cookie, ...own })
  const wrong = await change("not the password", "another long word")
  assert.deepEqual([wrong.status, (wrong.body["errors"] as { path: string }[])[0]!.path], [400, "password.current"])
  const changed = await change(password, "another long word")
  assert.equal(changed.status, 200)
  assert.equal((await call(desk.app, "GET", "/me", undefined, { cookie: there })).status, 401)
  assert.equal((await here.me()).status, 401)
  assert.equal((await call(desk.app, "GET", "/me", undefined, { cookie: cookieOf(changed) })).status, 200)
  assert.equal((await signIn(desk, here.email)).status, 401)
  assert.equal((await signIn(desk, here.email, "another long word")).status, 200)
})

test("sessions die at a reset, another role and switching off", async () => {
  const admin = await signedIn(desk, "admin")
  const asAdmin = (method: "POST" | "PATCH" | "DELETE", url: string, body?: unknown) =>
    call(desk.app, method, url, body, { cookie: admin.cookie, ...own })
  const acts: [string, (id: string) => Promise<Answer>][] = [
    ["reset", (id) => asAdmin("POST", `/users/${id}/password`, { password: "a new long word" })],
    ["role", (id) => asAdmin("PATCH", `/users/${id}`, { role: "lead" })],
    ["disabled", (id) => asAdmin("PATCH", `/users/${id}`, { disabled: true })],
    ["deleted", (id) => asAdmin("DELETE", `/users/${id}`)],
  ]
  for (const [name, act] of acts) {
    const { id, me } = await signedIn(desk)
    assert.equal((await me()).status, 200, name)
    assert.ok((await act(id)).status < 300, name)
    assert.equal((await me()).status, 401, name)
  }
})

test("a signed-in browser changes things only from Hilo's own pages", async () => {
  const { cookie } = await signedIn(desk)
  const renamed = (headers: object) => call(desk.app, "PATCH", "/me", { name: "Renamed" }, { cookie, ...headers })
  const foreign = [
    { origin: "https://evil.test" },
    { origin: "null" },
    { origin: "https://hilo.test.evil.test" },
    { origin: "https://hilo.test:444" },
    { origin: "https://evil.test", "sec-fetch-site": "same-origin" },
    // What a request calls our host, and a scheme that the setting does not have, prove nothing.
    { origin: "http://desk.lan:4000", host: "desk.lan:4000" },
    { origin: desk.publicUrl.replace(/^https:/, "http:"), host: new URL(desk.publicUrl).host },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    {},
  ]
  for (const headers of foreign) {
    const { status, body } = await renamed(headers)
    assert.deepEqual([status, body["code"]], [403, "cross_origin"], JSON.stringify(headers))
    assert.match(String(body["detail"]), /a program sends an API key/)
  }
  for (const headers of [own, { "sec-fetch-site": "same-origin" }]) {
    assert.equal((await renamed(headers)).status, 200, JSON.stringify(headers))
  }
})

test("a foreign page cannot sign a browser in", async () => {
  const { email } = await person(desk)
  assert.equal((await signIn(desk, email, password, { origin: "https://evil.test" })).body["code"], "cross_origin")
  assert.equal((await signIn(desk, email, password, {})).status, 200)
})

test("no malformed token is anybody", async () => {
  const tokens = [
    "",
    " ",
    "hilo_",
    "hilo_💥",
    "hilo_" + "a".repeat(43),
    "hilo_" + "a".repeat(5000),
    "null",
    "undefined",
    "[object Object]",
    "vis_abc",
    "%00",
    "hilo_á".repeat(9),
  ]
  for (const token of tokens) {
    for (const authorization of [`Bearer ${token}`, `bearer ${token}`, token, `Basic ${token}`]) {
      const { status } = await call(desk.app, "GET", "/me", undefined, { authorization: encodeHeader(authorization) })
      assert.equal(status, 401, authorization)
    }
    const { status } = await call(desk.app, "GET", "/me", undefined, { cookie: encodeHeader(`hilo_session=${token}`) })
    assert.equal(status, 401, token)
  }
  const { cookie } = await signedIn(desk)
  const both = await call(desk.app, "GET", "/me", undefined, { cookie, authorization: "Bearer hilo_wrong" })
  assert.equal(both.status, 401, "a cookie does not stand in for a bad key")
})

// Headers are bytes; this is how an emoji arrives.
const encodeHeader = (text: string) => Buffer.from(text).toString("latin1")

type From = { remoteAddress: string; cookie?: string; word?: string }
let guesses = 0
const guess = (name: string, { remoteAddress, cookie, word = "a wrong password" }: From) =>
  desk.app.inject({
    method: "POST",
    url: "/api/v1/session",
    payload: { email: name, password: word },
    remoteAddress,
    headers: {
      "x-forwarded-for": `198.51.100.${1 + (++guesses % 250)}`,
      ...(cookie && { cookie, origin: desk.publicUrl }),
    },
  })
const cookiesOf = (answer: { headers: Record<string, unknown> }) =>
  [answer.headers["set-cookie"]].flat().map((one) => String(one).split(";")[0]!)

test("a hundred guesses at once all count, for one account in one network and from one network", async () => {
  const { email } = await person(desk)
  const spread = Array.from({ length: 100 }, (_, n) =>
    guess(n % 2 ? email : ` ${email.toUpperCase()}`, { remoteAddress: `2001:db8:0:2::${n.toString(16)}` }),
  )
  assert.deepEqual(counted(await Promise.all(spread)), { 401: 10, 429: 90 })
  const right = await guess(email, { remoteAddress: "2001:db8:0:2::1", word: password })
  assert.deepEqual([right.statusCode, right.json().code], [429, "too_many"])
  const seconds = Number(right.headers["retry-after"])
  assert.ok(seconds > 0 && seconds <= 900, String(seconds))
  const onePlace = Array.from({ length: 100 }, (_, n) =>
    guess(`guess${n}@example.com`, { remoteAddress: `2001:db8:0:1::${n.toString(16)}` }),
  )
  assert.deepEqual(counted(await Promise.all(onePlace)), { 401: 30, 429: 70 })
  const kept = await desk.db.kysely.selectFrom("rateLimits").select("key").execute()
  assert.ok(kept.every(({ key }) => !key.includes("@") && !key.includes("2001:")))
})

test("nobody locks the owner out: neither elsewhere, nor where they were let in before", async () => {
  const { email } = await person(desk)
  const office = "2001:db8:0:3::1"
  const [session, known] = cookiesOf(await guess(email, { remoteAddress: office, word: password }))
  assert.match(session!, /^hilo_session=/)
  assert.match(known!, /^hilo_known_/)
  for (let n = 0; n < 40; n++) await guess(email, { remoteAddress: office })
  assert.equal((await guess(email, { remoteAddress: office, word: password })).statusCode, 429)
  assert.equal((await guess(email, { remoteAddress: "203.0.113.77", word: password })).statusCode, 200)
  assert.equal((await guess(email, { remoteAddress: office, cookie: known!, word: password })).statusCode, 200)
  const tries = Array.from({ length: 30 }, () => guess(email, { remoteAddress: office, cookie: known! }))
  assert.deepEqual(counted(await Promise.all(tries)), { 401: 10, 429: 20 }, "the browser's own tries count too")
})

test("a known browser is known for its own account alone, and not by a cookie that was made up", async () => {
  const [one, other] = [await person(desk), await person(desk)]
  const remoteAddress = "2001:db8:0:4::1"
  const [, known] = cookiesOf(await guess(one.email, { remoteAddress, word: password }))
  for (let n = 0; n < 10; n++) await guess(other.email, { remoteAddress })
  const [name, value] = known!.split("=") as [string, string]
  const [, ofOther] = cookiesOf(await guess(other.email, { remoteAddress: "203.0.113.78", word: password }))
  const forged = [known!, `${ofOther!.split("=")[0]}=${value}`, `${name}=${"a".repeat(22)}.${"0".repeat(64)}`]
  for (const cookie of forged)
    assert.equal((await guess(other.email, { remoteAddress, cookie, word: password })).statusCode, 429, cookie)
})

function counted(answers: { statusCode: number }[]) {
  const counts: Record<number, number> = {}
  for (const { statusCode } of answers) counts[statusCode] = (counts[statusCode] ?? 0) + 1
  return counts
}

test("right passwords cost no tries", async () => {
  const { email } = await person(desk)
  for (let n = 0; n < 12; n++) assert.equal((await signIn(desk, email)).status, 200)
})
