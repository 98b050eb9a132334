// How an incident lives: what joins it, what moves it, and what a change leaves behind.
import assert from "node:assert/strict"
import { test } from "node:test"
import { openIncidentDesk, type ReportOutcome } from "#test/desks/incident-desk.ts"

const { desk, executor, action, fail, admin, one, opened, patch } = await openIncidentDesk()

test("what is answered when an incident is opened is what is read afterwards", async () => {
  const metadata = {
    transportadora: "TCC",
    estatus: "EN AGENCIA",
    ciudad_de_destino: "Cali",
    novedad: "llamar al 3001234567",
  }
  const first = await fail({ guia: "BORN-1", phone: "+573001234567", errorMessage: "no", retryCount: 1, metadata })
  assert.deepEqual(first.ticket, await one(first.ticket!.ticketId))
  const list = Array.from({ length: 150 }, () => action({ guia: "BORN-2" }))
  const { body } = await executor.call("POST", "/incidents/actions", list)
  const { ticket } = (body["items"] as ReportOutcome[])[0]!
  const read = await one(ticket!.ticketId)
  const newest = { timeline: read.timeline.slice(-5), actionRefs: read.actionRefs.slice(-5) }
  assert.deepEqual(ticket, { ...read, ...newest })
  assert.deepEqual([read.refCount, read.timeline.length, read.timeline.at(-1)!.details["count"]], [150, 100, 50])
})

test("a second failure joins: one entry for a new ref, none for a known one, priority up and never down", async () => {
  const guia = "JOIN-1"
  const server = { guia, httpCode: 503, errorCode: null }
  const first = await fail({ ...server, actionId: "act_a", retryCount: 2 })
  assert.equal(first.ticket!.priority, "media")
  const again = await fail({ ...server, actionId: "act_a", retryCount: 2 })
  assert.deepEqual(
    [again.created, again.ticket!.ticketId, again.ticket!.timeline.length],
    [false, first.ticket!.ticketId, 1],
  )
  desk.clock.pass(60_000)
  const worse = await fail({ ...server, actionId: "act_b", retryCount: 3 })
  assert.deepEqual([worse.created, worse.ticket!.priority], [false, "alta"])
  const better = await fail({ ...server, actionId: "act_c", retryCount: 2 })
  assert.equal(better.ticket!.priority, "alta")
  assert.deepEqual(better.ticket!.actionRefs, ["act_a", "act_b", "act_c"])
  assert.deepEqual(
    better.ticket!.timeline.map(({ action, details }) => [action, details]),
    [
      ["TICKET_CREATED", { trigger: "FAILED_5XX_RETRIES", priority: "media" }],
      ["DUPLICATE_TRIGGER_RECEIVED", { newActionRefs: ["act_b"], priority: "alta" }],
      ["DUPLICATE_TRIGGER_RECEIVED", { newActionRefs: ["act_c"] }],
    ],
  )
})

test("while in progress a failure joins; resolved or closed, it makes a new one, and an old ref never does", async () => {
  const guia = "AGAIN-1"
  const id = await opened({ guia, actionId: "act_old" })
  await patch(id, { status: "IN_PROGRESS" })
  assert.equal((await fail({ guia, actionId: "act_two" })).ticket!.ticketId, id)
  await patch(id, { status: "RESOLVED" })
  const known = await fail({ guia, actionId: "act_old" })
  assert.deepEqual([known.created, known.ticket!.ticketId], [false, id])
  const next = await fail({ guia, actionId: "act_three" })
  assert.equal(next.created, true)
  assert.notEqual(next.ticket!.ticketId, id)
  const refused = await patch(id, { status: "IN_PROGRESS" })
  assert.equal(refused.status, 409)
  assert.equal((await patch(id, { status: "CLOSED" })).status, 200)
  assert.equal(
    (await fail({ guia, actionId: "act_four" })).ticket!.ticketId,
    next.ticket!.ticketId,
    "closing the older one leaves the newer one active",
  )
})

test("of two failures at the same instant one opens and the other joins", async () => {
  const outcomes = await Promise.all([fail({ guia: "RACE-1" }), fail({ guia: "RACE-1" })])
  assert.deepEqual(outcomes.map(({ created }) => created).toSorted(), [false, true])
  const { ticketId } = outcomes[0].ticket!
  assert.equal(outcomes[1].ticket!.ticketId, ticketId)
  assert.deepEqual(
    (await one(ticketId)).timeline.map(({ action: what }) => what),
    ["TICKET_CREATED", "DUPLICATE_TRIGGER_RECEIVED"],
  )
})

const all = ["OPEN", "IN_PROGRESS", "RESOLVED", "CLOSED"] as const
const steps = new Set(["OPEN→IN_PROGRESS", "IN_PROGRESS→RESOLVED", "RESOLVED→CLOSED", "RESOLVED→IN_PROGRESS"])
const wayTo: Record<string, string[]> = {
  OPEN: [],
  IN_PROGRESS: ["IN_PROGRESS"],
  RESOLVED: ["IN_PROGRESS", "RESOLVED"],
  CLOSED: ["IN_PROGRESS", "RESOLVED", "CLOSED"],
}

for (const from of all) {
  for (const to of all) {
    const isStep = steps.has(`${from}→${to}`)
    const word = isStep ? "goes" : from === to ? "stays as it is" : "is refused"
    test(`${from} → ${to} ${word}`, async () => {
      const id = await opened()
      for (const step of wayTo[from]!) assert.equal((await patch(id, { status: step })).status, 200)
      const before = (await admin("GET", `/${id}`)).body.ticket
      desk.clock.pass(1_000)
      const { status, body } = await patch(id, { status: to })
      if (isStep) {
        assert.deepEqual([status, body.message, body.ticket.status], [200, "Ticket updated", to])
        assert.deepEqual(body.ticket.timeline.at(-1), {
          timestamp: desk.now().toISOString(),
          action: "ADMIN_UPDATE",
          actor: "user",
          details: { updates: ["status"] },
        })
        assert.equal(body.ticket.timeline.length, before.timeline.length + 1)
      } else if (from === to) {
        assert.deepEqual([status, body.ticket], [200, before])
      } else {
        assert.deepEqual(
          [status, body],
          [400, { error: "Validation failed", details: [`status: cannot go from ${from} to ${to}`] }],
        )
        assert.deepEqual((await admin("GET", `/${id}`)).body.ticket, before)
      }
    })
  }
}

test("taking up again clears resolvedAt, and the average counts what is resolved now", async () => {
  const id = await opened()
  await patch(id, { status: "IN_PROGRESS" })
  desk.clock.pass(3_600_000)
  const average = async () => (await admin("GET")).body.stats.avgResolutionTimeMs
  const before = await average()
  const { body } = await patch(id, { status: "RESOLVED", resolutionNotes: "Dirección corregida" })
  assert.equal(body.ticket.resolvedAt, desk.now().toISOString())
  assert.notEqual(await average(), before)
  const again = await patch(id, { status: "IN_PROGRESS" })
  assert.ok(!("resolvedAt" in again.body.ticket))
  assert.equal(again.body.ticket.resolutionNotes, "Dirección corregida")
  assert.equal(await average(), before)
})

test("notes with a number are refused whole: nothing of the change is made", async () => {
  const id = await opened()
  const { status, body } = await patch(id, {
    status: "IN_PROGRESS",
    priority: "media",
    resolutionNotes: "llamar al 300-123-4567",
  })
  assert.equal(status, 400)
  assert.equal(body.error, "Validation failed")
  assert.ok(!JSON.stringify(body).includes("4567"))
  const { ticket } = (await admin("GET", `/${id}`)).body
  assert.deepEqual(
    [ticket.status, ticket.priority, ticket.resolutionNotes, ticket.timeline.length],
    ["OPEN", "alta", undefined, 1],
  )
})

test("one change is one entry, which names the fields and not what is in them", async () => {
  const id = await opened()
  const { body } = await patch(id, {
    status: "IN_PROGRESS",
    priority: "media",
    resolutionNotes: "Guia revisada con la transportadora",
  })
  assert.deepEqual(
    body.ticket.timeline.slice(1).map(({ details }: { details: object }) => details),
    [{ updates: ["status", "priority", "resolutionNotes"] }],
  )
  assert.deepEqual([body.ticket.priority, body.ticket.status], ["media", "IN_PROGRESS"])
})

test("what cannot be changed is refused", async () => {
  const id = await opened()
  for (const wrong of [
    {},
    [],
    "text",
    null,
    { status: "open" },
    { status: "DONE" },
    { priority: "high" },
    { resolutionNotes: 7 },
    { resolutionNotes: "x".repeat(2_001) },
    { guia: "G-1" },
    { trigger: "AT_OFFICE_STILL" },
    { metadata: {} },
    { status: "IN_PROGRESS", ticketId: "tkt_1" },
  ]) {
    const { status, body } = await patch(id, wrong)
    assert.deepEqual(
      [status, body.error, Array.isArray(body.details)],
      [400, "Validation failed", true],
      JSON.stringify(wrong),
    )
  }
  assert.equal((await admin("PATCH", `/${id}`, "{not json")).status, 400)
  assert.equal((await admin("GET", `/${id}`)).body.ticket.status, "OPEN")
})
