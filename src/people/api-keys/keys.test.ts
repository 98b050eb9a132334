import assert from "node:assert/strict"
import { test } from "node:test"
import { call, member, openDesk, password, person, signedIn } from "#test/desks/test-desk.ts"
import { createAuthentication } from "../authentication/authenticate-request.ts"
import { peopleRoutes } from "../register-all-routes.ts"

const desk = await openDesk((app, kit) => peopleRoutes(app, kit))
const own = { origin: desk.publicUrl }

test("a key: shown once, not repeated, weaker than its user, dead when revoked", async () => {
  const admin = await signedIn(desk, "admin")
  const asAdmin = { cookie: admin.cookie, ...own }
  const agent = await person(desk)
  const wanted = { name: "Robot", role: "admin", userId: agent.id }
  const made = await call(desk.app, "POST", "/api-keys", wanted, { ...asAdmin, "idempotency-key": "k" })
  assert.equal(made.status, 201)
  assert.deepEqual(Object.keys(made.body).toSorted(), [
    "connectionIds",
    "createdAt",
    "id",
    "key",
    "name",
    "role",
    "userId",
  ])
  const again = await call(desk.app, "POST", "/api-keys", wanted, { ...asAdmin, "idempotency-key": "k" })
  assert.deepEqual([again.status, again.body["code"]], [409, "already_done"])
  const bearer = { authorization: `Bearer ${String(made.body["key"])}` }
  const me = await call(desk.app, "GET", "/me", undefined, bearer)
  assert.deepEqual([me.body["id"], me.body["role"]], [agent.id, "agent"])
  const list = await call(desk.app, "GET", "/api-keys", undefined, asAdmin)
  assert.doesNotMatch(JSON.stringify(list.body), /hilo_|hash/i)
  const stored = JSON.stringify((await desk.db.pool.query("select * from api_keys, idempotency_keys")).rows)
  assert.equal(stored.includes(String(made.body["key"])), false)
  assert.equal((await call(desk.app, "DELETE", `/api-keys/${String(made.body["id"])}`, undefined, asAdmin)).status, 204)
  assert.equal((await call(desk.app, "GET", "/me", undefined, bearer)).status, 401)
})

test("an admin's key makes no keys and sets no passwords", async () => {
  const robot = await member(desk, { email: "robot@example.com", name: "Robot", role: "admin" })
  const { id } = await person(desk)
  const tries = [
    robot.call("POST", "/api-keys", { name: "Second", role: "agent" }),
    robot.call("POST", `/users/${id}/password`, { password: "a new long word" }),
    robot.call("POST", "/users", {
      email: "door@example.com",
      name: "Door",
      role: "admin",
      password: "a new long word",
    }),
    robot.call("PATCH", "/me", { password: { current: password, new: "a new long word" } }),
  ]
  for (const { status, body } of await Promise.all(tries)) assert.deepEqual([status, body["code"]], [403, "forbidden"])
})

test("most requests cost no query, and a change on another server counts two seconds later", async () => {
  const { key, userId, call: ask } = await member(desk, { email: "busy@example.com", name: "Busy", role: "agent" })
  let queries = 0
  const run: typeof desk.db.run = (statement) => (queries++, desk.db.run(statement))
  const other = createAuthentication({ ...desk, db: { ...desk.db, run } })
  const headers = { authorization: `Bearer ${key}` }
  const many = await Promise.all(Array.from({ length: 50 }, () => other.authenticate({ headers })))
  assert.ok(many.every((who) => who?.id === userId))
  assert.equal(queries, 1)
  await desk.db.kysely.updateTable("users").set({ disabledAt: desk.now() }).where("id", "=", userId).execute()
  desk.clock.pass(2_001)
  assert.equal(await other.authenticate({ headers }), null)
  assert.equal((await ask("GET", "/me")).status, 401)
})

test("a key notes when it was used, at most once a minute", async () => {
  const { call: ask } = await member(desk, { email: "noted@example.com", name: "Noted", role: "agent" })
  // The request does not wait for the note, so we do.
  const untilNoted = async (at: number) => {
    for (const deadline = performance.now() + 10_000; performance.now() < deadline;) {
      const { rows } = await desk.db.pool.query<{ at: Date | null }>(
        "select last_used_at as at from api_keys where name = 'Noted'",
      )
      if (rows[0]!.at?.getTime() === at) return
    }
    assert.fail(`last_used_at never became ${new Date(at).toISOString()}`)
  }
  const first = desk.now().getTime()
  await ask("GET", "/me")
  await untilNoted(first)
  desk.clock.pass(59_000)
  await ask("GET", "/me")
  // Had the second request written its time, this one would come too soon after it and write nothing.
  desk.clock.pass(2_000)
  desk.authentication.dropCache()
  await ask("GET", "/me")
  await untilNoted(first + 61_000)
})
