import assert from "node:assert/strict"
import { test } from "node:test"
import { createLog } from "#kernel/log.ts"
import { acting, type Client, member, openDesk } from "#test/desks/test-desk.ts"
import { waitUntil } from "#test/server-process.ts"
import { peopleRoutes } from "../register-all-routes.ts"
import { startPresenceTracker, startPresenceUpdates } from "./presence-tracker.ts"

const desk = await openDesk((app, kit) => {
  peopleRoutes(app, { ...kit, authentication: kit.authentication, publicUrl: kit.publicUrl })
})
const log = createLog("silent")
let people = 0
const someone = (role: "agent" | "user" = "agent") =>
  member(desk, { email: `p${++people}@example.com`, name: "Ana", role })
const hour = 3_600_000
const shownTo = async (who: Client) => (await who.call("GET", "/me")).body["presence"]
const say = (who: Client, status: unknown) => who.call("PUT", "/me/presence", { status })

/** A server's sockets; what it writes is written when this resolves. */
async function server<T>(work: (tracker: ReturnType<typeof startPresenceTracker>) => T) {
  const tracker = startPresenceTracker(desk, log)
  work(tracker)
  await tracker.stop()
}

test("who never said anything is offline without a socket, and online with one until 30 seconds after it is gone", async () => {
  const ana = await someone()
  assert.equal(await shownTo(ana), "offline")
  await server(({ connected }) => connected(ana.userId))
  assert.equal(await shownTo(ana), "online")
  await server(({ disconnected }) => disconnected(ana.userId))
  desk.clock.pass(29_999)
  assert.equal(await shownTo(ana), "online")
  desk.clock.pass(1)
  assert.equal(await shownTo(ana), "offline")
})

test("what somebody says holds until they say otherwise, 12 hours at most", async () => {
  const ana = await someone()
  const said = await say(ana, "busy")
  assert.deepEqual(
    [said.status, said.body],
    [200, { status: "busy", until: new Date(desk.now().getTime() + 12 * hour).toISOString() }],
  )
  assert.equal(await shownTo(ana), "busy")
  await say(ana, "away")
  desk.clock.pass(12 * hour - 1)
  assert.equal(await shownTo(ana), "away")
  desk.clock.pass(1)
  assert.equal(await shownTo(ana), "offline")
})

test("no report waits for what another server reports of somebody else", async () => {
  const [ana, bruno] = [await someone(), await someone()]
  await server(({ connected }) => connected(bruno.userId))
  desk.clock.pass(30_000)
  await acting(desk, async ({ tx }) => {
    await tx.selectFrom("presence").selectAll().where("userId", "=", bruno.userId).forUpdate().execute()
    assert.equal((await say(ana, "busy")).status, 200)
  })
  assert.deepEqual([await shownTo(ana), await shownTo(bruno)], ["busy", "offline"])
})

test("for whom a socket was there since, a choice rests while none is, and goes on when one is back", async () => {
  const ana = await someone()
  await server(({ connected }) => connected(ana.userId))
  await say(ana, "busy")
  await server(({ disconnected }) => disconnected(ana.userId))
  desk.clock.pass(30_000)
  assert.equal(await shownTo(ana), "offline")
  await server(({ connected }) => connected(ana.userId))
  assert.equal(await shownTo(ana), "busy")
})

test("a socket that was gone before the choice ends nothing", async () => {
  const ana = await someone()
  await server(({ connected, disconnected }) => {
    connected(ana.userId)
    disconnected(ana.userId)
  })
  desk.clock.pass(1_000)
  await say(ana, "online")
  desk.clock.pass(hour)
  assert.equal(await shownTo(ana), "online")
})

test("a user who chose offline stays so with a socket", async () => {
  const ana = await someone()
  await say(ana, "offline")
  await server(({ connected }) => connected(ana.userId))
  assert.equal(await shownTo(ana), "offline")
})

test("45: another word is refused by name, and customers have no presence to set", async () => {
  const ana = await someone()
  for (const status of ["here", "ONLINE", "", null, 1]) {
    const { status: code, body } = await say(ana, status)
    assert.deepEqual([code, (body["errors"] as { path: string }[])[0]?.path], [400, "status"])
  }
  assert.equal((await say(await someone("user"), "online")).status, 403)
  assert.equal(await shownTo(ana), "offline")
})

test("each change is broadcast once, also those that only time made", async () => {
  const ana = await someone()
  const received = async () => {
    const { rows } = await desk.db.pool.query(
      "select data ->> 'status' as status from events where kind = 'presence.changed' and subject_id = $1 order by id",
      [ana.userId],
    )
    return rows.map((row) => row.status as string)
  }
  await say(ana, "online")
  await say(ana, "online")
  await say(ana, "busy")
  assert.deepEqual(await received(), ["online", "busy"])
  desk.clock.pass(12 * hour)
  const loops = [startPresenceUpdates(desk, log), startPresenceUpdates(desk, log)]
  await waitUntil("the end of the choice is notified", async () => (await received()).length > 2)
  await Promise.all(loops.map((loop) => loop.stop()))
  assert.deepEqual(await received(), ["online", "busy", "offline"])
})

test("colleagues see it; who is switched off is not there", async () => {
  const [ana, root] = [await someone(), await member(desk, { email: "root@example.com", name: "Root", role: "admin" })]
  await say(ana, "online")
  assert.equal((await (await someone()).call("GET", `/users/${ana.userId}`)).body["presence"], "online")
  const listed = (await root.call("GET", "/users")).body["items"] as { id: string; presence: string }[]
  assert.equal(listed.find(({ id }) => id === ana.userId)?.presence, "online")
  await root.call("DELETE", `/users/${ana.userId}`)
  assert.equal((await root.call("GET", `/users/${ana.userId}`)).body["presence"], "offline")
})
