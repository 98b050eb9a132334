import assert from "node:assert/strict"
import { test } from "node:test"
import { connectionById, decryptAccount } from "#connections/index.ts"
import { claimMs } from "../../../connections/oauth/grant-store.ts"
import { openSignInDesk } from "#test/desks/sign-in-desk.ts"
import { atScreen } from "#test/desks/test-desk.ts"
import { submitMail } from "../send-mail.ts"

const { desk, ana, rows, openMailbox, bruno, newMailbox } = await openSignInDesk()
const sol = await atScreen(desk, { name: "Sol", email: "sol@example.com", role: "admin" })

test("a mailbox that was signed in is read and written with its access token, and no token can be read in the database", async () => {
  const mailbox = await newMailbox()
  const url = new URL(await mailbox.begin())
  assert.deepEqual(
    ["code_challenge_method", "redirect_uri", "scope"].map((name) => url.searchParams.get(name)),
    ["S256", "http://hilo.test/api/v1/oauth/callback", "mail"],
  )
  await mailbox.signIn()
  mailbox.takeToken()
  const { accessToken, refreshToken } = mailbox.provider
  mailbox.smtp.deliver = ({ raw }) => void mailbox.deliver(raw, desk.now())
  const { body } = await ana.call("POST", `${mailbox.path}/verification`, {})
  assert.deepEqual([body["state"], body["failure"]], ["verified", null])
  const [row] = await rows("select to_jsonb(g)::text as text from oauth_grants g where connection_id = $1", mailbox.id)
  for (const secret of [accessToken, refreshToken]) assert.ok(!String(row!["text"]).includes(secret))
  assert.equal(await mailbox.state(), "signed_in")
})

test("a person who comes back otherwise reads why, and nothing is kept", async () => {
  const mailbox = await newMailbox()
  const { provider, begin, outcome } = mailbox
  const consent = async () => provider.consent(await begin())
  const foreign = "/settings/connections?signIn=state"
  const theirs = await consent()
  assert.equal(await mailbox.comeBack(theirs, sol), foreign, "of another session")
  const [old, newest] = [await consent(), await consent()]
  assert.equal(await mailbox.comeBack(old), foreign, "another one was begun")
  desk.clock.pass(15 * 60_000)
  assert.equal(await mailbox.comeBack(newest), foreign, "too late")
  assert.equal(await mailbox.comeBack("/api/v1/oauth/callback?code=x&state=x"), foreign)
  assert.deepEqual(provider.asked, [], "no code was shown to anybody")
  assert.equal(await outcome(provider.deny(await begin())), "denied")
  assert.equal(await outcome((await consent()).replace(/code=[^&]+/, "code=forged")), "refused")
  provider.next.push({ status: 500 })
  assert.equal(await outcome(await consent()), "server")
  provider.next.push({ status: 401, error: "invalid_client" })
  assert.equal(await outcome(await consent()), "app")
  provider.givesRefreshToken = false
  assert.equal(await outcome(await consent()), "no_refresh_token")
  assert.equal(await mailbox.state(), "none")
  assert.equal((await mailbox.token()).state, "ended")
  provider.givesRefreshToken = true
  const good = await consent()
  assert.equal(await outcome(good), "signed_in")
  const asked = provider.asked.length
  assert.equal(await mailbox.comeBack(good), foreign, "a second time")
  assert.equal(provider.asked.length, asked)
})

test("only a person begins, and only where an app is set", async () => {
  const mailbox = await newMailbox()
  const byKey = await ana.call("POST", `${mailbox.path}/oauth`, {})
  assert.deepEqual([byKey.status, byKey.body["code"]], [403, "forbidden"])
  const withPassword = await openMailbox("clave@example.com")
  const refused = await bruno.call("POST", `/connections/${withPassword.id}/oauth`, {})
  assert.deepEqual([refused.status, (refused.body["errors"] as { path: string }[])[0]!.path], [400, "settings.oauth"])
  const oauth = (part: object) => ({
    auth: "oauth",
    oauth: { provider: "other", clientId: "c", scope: "mail", ...part },
  })
  for (const [part, path] of [
    [{}, "settings.oauth.issuer"],
    [{ issuer: "http://id.example.com" }, "settings.oauth.issuer"],
    [{ issuer: "https://user:word@id.example.com" }, "settings.oauth.issuer"],
    [{ issuer: "https://id.example.com", tenant: "x" }, "settings.oauth.tenant"],
    [{ provider: "microsoft", scope: undefined, tenant: "a/b" }, "settings.oauth.tenant"],
  ] as const) {
    const { status, body } = await ana.call("PATCH", `/connections/${withPassword.id}`, { settings: oauth(part) })
    assert.deepEqual([status, (body["errors"] as { path: string }[])[0]!.path], [400, path])
  }
})

test("tokens are exchanged shortly before their end, once for all servers, and the refresh token that comes is the next one", async () => {
  const mailbox = await newMailbox()
  const { provider } = mailbox
  await mailbox.signIn()
  const first = provider.accessToken
  desk.clock.pass(600_000)
  assert.deepEqual(await mailbox.token(), { state: "ok", token: first })
  assert.equal(mailbox.refreshes(), 0)
  for (const rotates of [true, true, false, true]) {
    provider.rotates = rotates
    const shown = provider.refreshToken
    await mailbox.passLife()
    const release = Promise.withResolvers<void>()
    provider.next.push({ held: release.promise })
    const before = mailbox.refreshes()
    const asking = [mailbox.token(), mailbox.token(), mailbox.token()]
    // The servers that do not ask have a token that is good still.
    await Promise.any(asking)
    release.resolve()
    const answers = await Promise.all(asking)
    assert.deepEqual(new Set(answers.map(({ state }) => state)), new Set(["ok"]))
    assert.equal(mailbox.refreshes(), before + 1)
    assert.equal(provider.asked.at(-1)!.get("refresh_token"), shown)
    assert.deepEqual(await mailbox.token(), { state: "ok", token: provider.accessToken })
  }
  // Once it is over, the others wait for the one who asks.
  desk.clock.pass(provider.expiresIn * 1_000)
  const all = await Promise.all([mailbox.token(), mailbox.token()])
  assert.deepEqual(
    all,
    [0, 1].map(() => ({ state: "ok", token: provider.accessToken })),
  )
})

test("a server that died while it asked is followed by another one, and writes nothing late", async () => {
  const mailbox = await newMailbox()
  const { provider } = mailbox
  await mailbox.signIn()
  desk.clock.pass(provider.expiresIn * 1_000)
  const held = Promise.withResolvers<void>()
  provider.rotates = false
  provider.next.push({ held: held.promise })
  const late = mailbox.token()
  while (mailbox.refreshes() === 0) await new Promise((go) => setImmediate(go))
  desk.clock.pass(claimMs)
  await mailbox.token()
  const good = provider.accessToken
  held.resolve()
  await late
  assert.notEqual(provider.accessToken, good)
  assert.deepEqual(await mailbox.token(), { state: "ok", token: good }, "the claim was another's")
})

test("what was granted for other servers than the mailbox has by then is not kept, nor what a server asked for before that", async () => {
  const mailbox = await newMailbox()
  const { provider } = mailbox
  const server = { host: "127.0.0.1", port: 1, security: "none", user: "soporte@example.com" }
  const asked = provider.asked.length
  const hold = () => {
    const held = Promise.withResolvers<void>()
    provider.next.push({ held: held.promise })
    return held
  }
  const untilAsked = async (times: number) => {
    while (provider.asked.length < times) await new Promise((go) => setImmediate(go))
  }
  const whileSigning = async (meanwhile: () => Promise<{ status: number }>) => {
    const address = provider.consent(await mailbox.begin())
    const held = hold()
    const before = provider.asked.length
    const returning = mailbox.outcome(address)
    await untilAsked(before + 1)
    assert.ok((await meanwhile()).status < 300)
    held.resolve()
    return returning
  }
  assert.equal(await whileSigning(() => ana.call("PATCH", mailbox.path, { settings: { imap: server } })), "state")
  assert.equal(await mailbox.state(), "none")
  assert.equal(provider.asked.length, asked + 1)
  await mailbox.signIn()
  desk.clock.pass(provider.expiresIn * 1_000)
  const held = hold()
  const before = provider.asked.length
  const late = mailbox.token()
  await untilAsked(before + 1)
  await ana.call("PATCH", mailbox.path, { settings: { imap: { ...server, port: 2 } } })
  await mailbox.signIn()
  desk.clock.pass(provider.expiresIn * 1_000)
  const again = hold()
  const fresh = mailbox.token()
  await untilAsked(before + 3)
  again.resolve()
  const good = await fresh
  held.resolve()
  await late
  assert.deepEqual(await mailbox.token(), good)
  const kept = await rows("select failure from oauth_grants where connection_id = $1", mailbox.id)
  assert.deepEqual(kept, [{ failure: null }], "the late answer was of a grant that is gone")
  assert.equal(await whileSigning(() => ana.call("DELETE", mailbox.path)), "state")
})

test("a sign-in server that is down is asked again later, and nobody is asked to sign in", async () => {
  const mailbox = await newMailbox()
  const { provider } = mailbox
  await mailbox.signIn()
  await mailbox.passLife()
  provider.next.push({ status: 500 })
  const held = provider.accessToken
  assert.deepEqual(await mailbox.token(), { state: "ok", token: held }, "it is good still")
  desk.clock.pass(200_000)
  for (const leastMs of [10_000, 20_000, 40_000]) {
    provider.next.push({ status: 503 })
    const answer = await mailbox.token()
    assert.ok(
      answer.state === "later" && answer.because === "server" && answer.afterMs >= leastMs,
      JSON.stringify(answer),
    )
    const asked = mailbox.refreshes()
    assert.equal((await mailbox.token()).state, "later")
    assert.equal(mailbox.refreshes(), asked, "not before its time")
    desk.clock.pass(answer.afterMs)
  }
  assert.equal(await mailbox.state(), "signed_in")
  assert.deepEqual(await mailbox.token(), { state: "ok", token: provider.accessToken })
})

test("a grant is over when it was refused twice; what waits leaves once somebody has signed in again", async () => {
  const mailbox = await newMailbox()
  const { provider } = mailbox
  await mailbox.signIn()
  mailbox.takeToken()
  await mailbox.look()
  mailbox.receive({ from: "carla@example.com", to: mailbox.address, text: "No hay luz" })
  await mailbox.fetch()
  const [ticket] = await mailbox.tickets()
  const refuse = async () => {
    desk.clock.pass(Math.max(provider.expiresIn * 1_000, 30_000))
    provider.next.push({ status: 400, error: "invalid_grant" })
    return (await mailbox.token()).state
  }
  assert.equal(await refuse(), "later")
  desk.clock.pass(30_000)
  assert.equal((await mailbox.token()).state, "ok", "refused once, and well again")
  assert.equal(await refuse(), "later")
  assert.equal(await refuse(), "ended")
  assert.equal(await mailbox.state(), "ended")
  await assert.rejects(mailbox.look(), { kind: "reconnect" })
  const { body: reply } = await ana.call("POST", `/tickets/${ticket!["id"]}/messages`, { content: "Vamos" })
  await mailbox.send()
  const breaker = async () => (await ana.call("GET", `${mailbox.path}/health`)).body["breaker"] as { reason: string }
  assert.equal((await breaker()).reason, "mail_reconnect")
  const asked = provider.asked.length
  await mailbox.token()
  assert.equal(provider.asked.length, asked, "the provider is left alone")
  await mailbox.signIn()
  mailbox.takeToken()
  assert.equal(await breaker(), null)
  await mailbox.send()
  assert.deepEqual(
    mailbox.smtp.mails.map(({ to }) => to),
    [["carla@example.com"]],
    String(reply["id"]),
  )
})

test("an access token that its server does not take is exchanged before its end", async () => {
  const mailbox = await newMailbox()
  await mailbox.signIn()
  // As after the provider has ended all that it gave out: its servers take the next one.
  const { provider } = mailbox
  const release = Promise.withResolvers<void>()
  provider.next.push({ held: release.promise })
  const looking = mailbox.look()
  while (mailbox.refreshes() === 0) await new Promise((go) => setImmediate(go))
  const watch = setInterval(() => mailbox.takeToken(), 1)
  release.resolve()
  await looking
  clearInterval(watch)
  assert.equal(mailbox.refreshes(), 1)
})

test("access follows no change of servers, and ends with the connection", async () => {
  const mailbox = await newMailbox()
  await mailbox.signIn()
  const change = async (settings: object) => (await ana.call("PATCH", mailbox.path, { settings })).body
  assert.equal((await change({ name: "Soporte" }))["code"], undefined)
  assert.equal(await mailbox.state(), "signed_in")
  const imap = { host: "127.0.0.1", port: 1, security: "none", user: "soporte@example.com" }
  assert.deepEqual((await change({ imap }))["errors"], undefined)
  assert.equal(await mailbox.state(), "none")
  const oauth = { provider: "google", clientId: "c" }
  const [error] = (await change({ oauth }))["errors"] as { path: string }[]
  assert.equal(error!.path, "settings.clientSecret", "nor is the secret of the app shown to anybody else")
  await mailbox.signIn()
  await ana.call("DELETE", mailbox.path)
  assert.deepEqual(await rows("select from oauth_grants where connection_id = $1", mailbox.id), [])
})

test("a try to send is over in its time, while it waits for an access token and while the server is silent", async () => {
  const mailbox = await newMailbox()
  await mailbox.signIn()
  mailbox.takeToken()
  const account = decryptAccount(desk, (await connectionById(desk.db.kysely, mailbox.id))!)
  const mail = { raw: Buffer.from("Subject: x\r\n\r\nx"), envelope: { from: mailbox.address, to: [mailbox.address] } }
  const over = new AbortController()
  mailbox.smtp.answer = { at: "DATA", silent: true }
  mailbox.smtp.deliver = () => over.abort()
  assert.deepEqual(await submitMail(account, mail, over.signal), { state: "unknown", why: "timeout" })
  desk.clock.pass(mailbox.provider.expiresIn * 1_000)
  const release = Promise.withResolvers<void>()
  mailbox.provider.next.push({ held: release.promise })
  const waiting = await submitMail(account, mail, over.signal)
  assert.deepEqual(waiting, { state: "retry", why: "mail_oauth_server", class: "transient" })
  release.resolve()
  assert.equal((await mailbox.token()).state, "ok")
})
