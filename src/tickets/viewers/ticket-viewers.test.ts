// Who views a ticket and who types on it, across servers: each `TicketViewers` is one server's, on one database.
import assert from "node:assert/strict"
import { after, afterEach, test } from "node:test"
import type { SocketEvent } from "#kernel/socket-server.ts"
import { onBroadcast, broadcast } from "#kernel/database/broadcast.ts"
import { createTeam, type Principal, type Role } from "#people/index.ts"
import { acting, member, openDesk } from "#test/desks/test-desk.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { waitUntil } from "#test/server-process.ts"
import { assign } from "../assignment/assign.ts"
import { TicketViewers } from "./ticket-viewers.ts"
import { lockTicket } from "../ticket-store.ts"

const desk = await openDesk(() => {})
async function person(name: string, role: Role): Promise<Principal> {
  const { userId: id } = await member(desk, { email: `${name}@example.com`, name, role })
  return {
    kind: "user",
    id,
    role,
    teamIds: [],
    language: "es",
    timezone: "UTC",
  } as unknown as Principal
}
const [ana, bruno] = [await person("Ana", "agent"), await person("Bruno", "agent")]
const team = async (name: string, who: Principal) => {
  const { id } = await acting(desk, (act) => createTeam(act, { name, memberIds: [who.id] }))
  who.teamIds.push(id)
  return id
}
const [ours, theirs] = [await team("Ventas", ana), await team("Otros", bruno)]
const source = await openMessageSource(desk, { teamIds: [ours] })
let last = 0
const writes = async () => (await source.says(`+5730060000${10 + ++last}`)).ticket!.id

// All servers of a database listen by one connection. It is there before anybody speaks, so that nothing need be said twice.
let isListening = false
after(onBroadcast(desk.db, () => (isListening = true)))
await waitUntil("the database is received", async () => {
  broadcast(desk.db, {})
  return isListening
})

const open: TicketViewers[] = []
afterEach(() => Promise.all(open.splice(0).map((viewers) => viewers.stop())))
/** A server, and what it sends of these tickets: those of other tests may still come. */
function server(...ticketIds: string[]) {
  const sent: SocketEvent[] = []
  const viewers = new TicketViewers(desk, (emission) => {
    if (ticketIds.includes(String(emission.body["ticketId"]))) sent.push(emission)
  })
  open.push(viewers)
  const of = (name: string) => sent.filter((one) => one.name === name)
  const users = () => (of("viewing").at(-1)?.body["users"] as { name: string }[] | undefined)?.map((user) => user.name)
  const mode = () => of("typing").at(-1)?.body["mode"]
  return { viewers, sent, of, users, mode }
}
const beats = (viewers: TicketViewers, ms: number) => {
  for (let passed = 0; passed < ms; passed += 1_000) {
    desk.clock.pass(1_000)
    viewers.tick()
  }
}
const receives = (what: string, isTrue: () => boolean) => waitUntil(what, async () => isTrue())

test("a user who views and types is shown on every server, by name and without a word of what they write", async () => {
  const ticketId = await writes()
  const [here, there] = [server(ticketId), server(ticketId)]
  const session = here.viewers.open(ana)
  session.clientEvents["viewing"]!({ ticketId: null })
  session.clientEvents["typing"]!({ ticketId, mode: "note" })
  session.clientEvents["typing"]!({ ticketId, mode: "reply" })
  await receives("both receive it", () => here.mode() === "reply" && there.mode() === "reply")
  for (const one of [here, there]) {
    assert.deepEqual(one.of("viewing").at(-1)!.body, { ticketId, users: [{ id: ana.id, name: "Ana" }] })
    assert.deepEqual(one.of("typing").at(-1)!.body, { ticketId, user: { id: ana.id, name: "Ana" }, mode: "reply" })
  }
  session.clientEvents["viewing"]!({ ticketId: null })
  await receives("both receive that she is gone", () => here.users()?.length === 0 && there.users()?.length === 0)
  assert.equal(there.mode(), null)
})

test("neither viewing nor typing, be it a note or a reply, is sent to a room that customers may be in", async () => {
  const ticketId = await writes()
  const { viewers, sent, users } = server(ticketId)
  await acting(desk, async (act) => assign(act, await lockTicket(act, ticketId), { agentId: ana.id }))
  for (const mode of ["note", "reply"]) viewers.open(ana).clientEvents["typing"]!({ ticketId, mode })
  await receives("it is sent", () => users()?.length === 1)
  for (const { rooms } of sent) assert.deepEqual(rooms, ["admins", `team:${ours}`, `user:${ana.id}`])
})

test("a socket that is lost holds its place for 30 seconds, and what somebody writes no longer than that", async () => {
  const ticketId = await writes()
  const { viewers, users, mode } = server(ticketId)
  const session = viewers.open(ana)
  session.clientEvents["typing"]!({ ticketId, mode: "reply" })
  await receives("she is there", () => users()?.length === 1)
  session.close()
  beats(viewers, 29_000)
  assert.deepEqual(users(), ["Ana"])
  beats(viewers, 1_000)
  await receives("she is gone", () => users()?.length === 0 && mode() === null)
})

test("a user who reconnects is where they say now, not where they were lost", async () => {
  const [a, b] = [await writes(), await writes()]
  const { viewers, of } = server(a, b)
  const session = viewers.open(ana)
  session.clientEvents["viewing"]!({ ticketId: a })
  session.close()
  viewers.open(ana).clientEvents["viewing"]!({ ticketId: b })
  await receives("she moved", () => of("viewing").length > 0 && of("viewing").at(-1)!.body["ticketId"] === b)
  assert.deepEqual(
    (await placesOf(viewers)).filter((place) => place === a || place === b),
    [b],
  )
})

test("what a server that was killed has said runs out, and what a living one says is said again", async () => {
  const ticketId = await writes()
  const [dying, living] = [server(ticketId), server(ticketId)]
  const session = dying.viewers.open(ana)
  session.clientEvents["viewing"]!({ ticketId })
  await receives("she is seen", () => living.users()?.[0] === "Ana")
  beats(dying.viewers, 10_000)
  await dying.viewers.stop()
  // What it said last may still be on its way, and holds from when it is received.
  await receives("she is gone", () => {
    beats(living.viewers, 31_000)
    return living.users()?.length === 0
  })
})

test("a room is not entered without the right, and left when the ticket goes out of sight", async () => {
  const ticketId = await writes()
  const { viewers, users, sent } = server(ticketId)
  viewers.open(bruno).clientEvents["viewing"]!({ ticketId })
  viewers.open(ana).clientEvents["viewing"]!({ ticketId })
  await receives("she is there", () => users()?.length === 1)
  const sentTo = async (who: typeof ana) =>
    (await viewers.state(who)).filter((one) => one.body["ticketId"] === ticketId).length
  assert.deepEqual([users(), await sentTo(ana), await sentTo(bruno)], [["Ana"], 1, 0])
  await acting(desk, async (act) => assign(act, await lockTicket(act, ticketId), { teamId: theirs }))
  viewers.recheck(ticketId)
  await receives("she is gone", () => users()?.length === 0)
  assert.deepEqual(sent.at(-1)!.rooms, ["admins", `team:${theirs}`])
})

test("words of another shape are nobody's of ours", () => {
  const { clientEvents } = server().viewers.open(ana)
  for (const body of [
    undefined,
    null,
    "x",
    {},
    { ticketId: 1 },
    { ticketId: null, more: 1 },
    { ticketId: "x".repeat(200) },
  ])
    assert.equal(clientEvents["viewing"]!(body), false)
  assert.equal(clientEvents["typing"]!({ ticketId: "tkt_1", mode: "secret" }), false)
  assert.deepEqual(Object.keys(clientEvents), ["viewing", "typing"])
})

const placesOf = async (viewers: TicketViewers) =>
  (await viewers.state(ana)).filter((one) => one.name === "viewing").map((one) => one.body["ticketId"])
