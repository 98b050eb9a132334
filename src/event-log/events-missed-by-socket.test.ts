import assert from "node:assert/strict"
import { test } from "node:test"
import { sequenceAll } from "./sequencer.ts"
import { acting, member, openDesk } from "#test/desks/test-desk.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { leavePositionGap } from "./leave-position-gap-after-restore.ts"
import { lastPosition } from "./read-log.ts"
import { missedEvents } from "./events-missed-by-socket.ts"
import { record } from "./record-event.ts"
import { createTeam } from "#people/index.ts"
import { ticketsNow, visibleAmong } from "#tickets/index.ts"

const desk = await openDesk(() => {})
const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
const bruno = await member(desk, { email: "bruno@example.com", name: "Bruno", role: "agent" })
const team = await acting(desk, (act) => createTeam(act, { name: "Ventas", memberIds: [ana.userId] }))
const source = await openMessageSource(desk, { teamIds: [team.id] })

const missed = (who: { key: string; userId: string }, since: unknown) => missedBy(who, { lastEventId: since })

async function missedBy(who: { key: string; userId: string }, said: object) {
  const principal = await desk.authentication.authenticate({ headers: { authorization: `Bearer ${who.key}` } })
  return missedEvents(desk.db, said, {
    load: (ids) => ticketsNow(desk, ids),
    visibleAmong: (ids) => visibleAmong(desk.db, principal!, ids),
    rooms: [`user:${who.userId}`, ...principal!.teamIds.map((id) => `team:${id}`)],
  })
}
const here = async () => String(await lastPosition(desk.db))

test("a reconnecting client receives what happened to the tickets they may see, and no others", async () => {
  const since = await here()
  const { ticket, message } = await source.says("+573003334455")
  await sequenceAll(desk.db)
  const ours = await missed(ana, since)
  assert.ok(ours !== "resync")
  assert.deepEqual(ours.emissions.map(({ name }) => name).toSorted(), [
    "message",
    "ticket",
    "ticket:created",
    "ticket:message",
  ])
  for (const { body } of ours.emissions) assert.equal(body["ticketId"], ticket!.id)
  assert.equal(ours.emissions.find(({ name }) => name === "message")?.body["messageId"], message!.id)
  assert.equal((ours.emissions.find(({ name }) => name === "ticket")!.body["row"] as { id: string }).id, ticket!.id)
  const theirs = await missed(bruno, since)
  assert.ok(theirs !== "resync")
  assert.deepEqual([theirs.emissions, theirs.lastEventId], [[], ours.lastEventId])
  assert.deepEqual(await missed(ana, ours.lastEventId), { emissions: [], lastEventId: ours.lastEventId })
})

test("who reconnects gets the missed deadlines of their own tickets, not those of all they may see", async () => {
  const { ticket } = await source.says("+573003334477")
  await sequenceAll(desk.db)
  const since = await here()
  const breach = (leadIds: string[]) =>
    acting(desk, (act) =>
      record(act, "ticket.sla_breached", { ticketId: ticket!.id, data: { metric: "resolution", leadIds } }),
    )
  await breach([ana.userId])
  await breach([bruno.userId])
  await sequenceAll(desk.db)
  const received = await missed(ana, since)
  assert.ok(received !== "resync")
  const alarms = received.emissions.filter(({ name }) => name === "ticket:sla:breached")
  assert.deepEqual(
    alarms.map(({ rooms }) => rooms),
    [["admins", `user:${ana.userId}`]],
  )
})

test("a page that was just opened receives what happened since it fetched what it shows", async () => {
  const { ticket } = await source.says("+573003334466")
  await sequenceAll(desk.db)
  const received = await missedBy(ana, { openedMs: 60_000 })
  assert.ok(received !== "resync")
  const rows = received.emissions.filter(({ body }) => body["ticketId"] === ticket!.id && "row" in body)
  assert.deepEqual(
    rows.map(({ body }) => [body["action"], "was" in body]),
    [["create", false]],
    "the page may have counted it already",
  )
  // As if it had been opened later than all of that.
  const none = await missedBy(ana, { openedMs: -60_000 })
  assert.deepEqual(none, { emissions: [], lastEventId: received.lastEventId })
})

test("of deadlines that moved together all come again, and everything is fetched anew when they were too many to be named", async () => {
  const tickets = [await source.says("+573003334488"), await source.says("+573003334499")].map(
    ({ ticket }) => ticket!.id,
  )
  const moved = async (data: { ticketIds?: string[] }) => {
    await acting(desk, (act) => record(act, "tickets.deadlines_moved", { data }))
    await sequenceAll(desk.db)
  }
  await sequenceAll(desk.db)
  const before = await here()
  await moved({ ticketIds: tickets })
  for (const since of [before, await here()]) {
    const ours = await missed(ana, since)
    assert.ok(ours !== "resync")
    assert.deepEqual(
      ours.emissions.map(({ name, body }) => [name, body["ticketId"], "row" in body]),
      tickets.map((id) => ["ticket", id, true]),
    )
    const theirs = await missed(bruno, since)
    assert.ok(theirs !== "resync")
    assert.deepEqual(theirs.emissions, [])
  }
  const since = await here()
  await moved({})
  assert.equal(await missed(ana, since), "resync")
  assert.deepEqual(await missed(ana, await here()), { emissions: [], lastEventId: await here() })
})

test("a reconnecting client receives which colleagues came or went", async () => {
  const since = await here()
  await acting(desk, (act) => record(act, "presence.changed", { subjectId: bruno.userId, data: { status: "busy" } }))
  await sequenceAll(desk.db)
  const ours = await missed(ana, since)
  assert.ok(ours !== "resync")
  const received = ours.emissions.map(({ name, body }) => [name, body["userId"], body["status"]])
  assert.deepEqual(received, [["presence", bruno.userId, "busy"]])
})

test("who was never here starts now; who was away too long, or comes with another log's position, fetches everything", async () => {
  const answer = await missed(ana, undefined)
  assert.ok(answer !== "resync")
  assert.deepEqual(answer.emissions, [])
  // The second is a position as it was written before; the last one lies ahead, as after a database was put back.
  for (const since of ["x", "12345.678", "1.2.3", { $gt: "" }, "9".repeat(30), "999999999"])
    assert.equal(await missed(ana, since), "resync")
  const since = await here()
  await acting(desk, async (act) => {
    for (let i = 0; i < 501; i++) await record(act, "setting.changed", { subjectId: "language" })
  })
  await sequenceAll(desk.db)
  assert.equal(await missed(ana, since), "resync")
  assert.equal(
    await missedBy(ana, { openedMs: 60_000 }),
    "resync",
    "more than is replayed happened since it was opened",
  )
})

test("who holds a position that no event has any more, as after a backup was brought back, fetches everything", async () => {
  const since = await here()
  await leavePositionGap(desk.db.pool)
  await source.says("+573003334499")
  await sequenceAll(desk.db)
  assert.notEqual(await missed(ana, since), "resync")
  assert.equal(await missed(ana, String(Number(since) + 3)), "resync")
})
