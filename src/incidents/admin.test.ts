// /api/admin/tickets as its source document has it.
import assert from "node:assert/strict"
import { test } from "node:test"
import { call, member, openDesk } from "#test/desk.ts"
import { adminRoutes, incidentRoutes } from "./index.ts"

const secret = "cron-secret-for-tests"
const desk = await openDesk((app, it) => {
  incidentRoutes(app, it)
  adminRoutes(app, it, secret)
})
const executor = await member(desk, { email: "bot@example.com", name: "Bot", role: "admin" })
let made = 0

async function fail(more: object = {}) {
  const action = {
    actionId: `act_${++made}`,
    guia: `GUIA-${made}`,
    type: "SEND_WHATSAPP",
    status: "FAILED",
    httpCode: 400,
    errorCode: 131026,
    at: desk.now().toISOString(),
  }
  const { status, body } = await executor.call("POST", "/incidents/actions", { ...action, ...more })
  assert.equal(status, 200, JSON.stringify(body))
  return body as { ticket: Record<string, unknown> | null; created: boolean; because: string }
}

type Admin = { status: number; body: Record<string, any>; headers: Record<string, unknown> }
async function admin(method: string, path = "", body?: unknown, authorization = `Bearer ${secret}`): Promise<Admin> {
  const answer = await desk.app.inject({
    method: method as "GET",
    url: `/api/admin/tickets${path}`,
    headers: {
      ...(authorization && { authorization }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { payload: typeof body === "string" ? body : JSON.stringify(body) }),
  })
  return { status: answer.statusCode, body: answer.body ? answer.json() : {}, headers: answer.headers }
}
const patch = (id: unknown, body: unknown) => admin("PATCH", `/${String(id)}`, body)
const opened = async (more: object = {}) => String((await fail(more)).ticket!["ticketId"])

test("before anything failed, everything is there with 0", async () => {
  const { status, body } = await admin("GET")
  assert.equal(status, 200)
  assert.deepEqual(body, {
    timestamp: desk.now().toISOString(),
    stats: {
      total: 0,
      openCount: 0,
      byStatus: { OPEN: 0, IN_PROGRESS: 0, RESOLVED: 0, CLOSED: 0 },
      byTrigger: { FAILED_4XX: 0, FAILED_5XX_RETRIES: 0, NO_MOVEMENT_AFTER_CONTACT: 0, AT_OFFICE_STILL: 0 },
      byPriority: { alta: 0, media: 0 },
    },
    count: 0,
    tickets: [],
  })
})

test("only the secret opens the door; the scheme's case and more spaces do not matter", async () => {
  for (const right of [`Bearer ${secret}`, `bearer ${secret}`, `BEARER   ${secret}`, `Bearer ${secret} `]) {
    assert.equal((await admin("GET", "", undefined, right)).status, 200, right)
  }
  for (const wrong of [
    "",
    "Bearer ",
    "Bearer",
    secret,
    `Basic ${secret}`,
    `Bearer ${secret}x`,
    `Bearer x${secret}`,
    `Bearer ${secret} ${secret}`,
    `Bearer ${executor.key}`,
  ]) {
    const { status, body } = await admin("GET", "", undefined, wrong)
    assert.deepEqual([status, body], [401, { error: "Unauthorized" }], wrong)
  }
  assert.equal((await patch("tkt_x", {})).status, 400)
  assert.equal((await admin("PATCH", "/tkt_x", {}, "Bearer wrong")).status, 401)
})

test("without a secret the door is closed, also to nothing", async () => {
  const closed = await openDesk((app, it) => adminRoutes(app, it, undefined))
  for (const authorization of [undefined, "Bearer ", "Bearer undefined", "Bearer \0"]) {
    const answer = await closed.app.inject({
      url: "/api/admin/tickets",
      headers: authorization ? { authorization } : {},
    })
    assert.equal(answer.statusCode, 401)
  }
})

test("other methods are refused by name, to whoever may come in", async () => {
  for (const [method, path] of [
    ["POST", ""],
    ["PUT", ""],
    ["PATCH", ""],
    ["DELETE", ""],
    ["POST", "/tkt_1"],
    ["PUT", "/tkt_1"],
    ["DELETE", "/tkt_1"],
  ] as const) {
    const { status, body } = await admin(method, path)
    assert.deepEqual([status, body], [405, { error: "Method not allowed" }], method + path)
  }
})

test("an incident is told in the documented shape, and nothing of a person is in it", async () => {
  desk.clock.pass(1_000)
  const { ticket, created } = await fail({
    guia: " guia-shape ",
    errorMessage: "Invalid phone +57 300 123 4567",
    phone: "+573001234567",
    retryCount: 1,
    metadata: {
      ciudad_de_destino: "Medellín",
      transportadora: "Envía",
      nombre: "Carla",
      telefono: "3001234567",
      failureCode: "no number",
      novedad: "llamar al 300-123-4567",
    },
  })
  assert.equal(created, true)
  const { ticketId, metadata, ...rest } = ticket!
  assert.match(String(ticketId), /^tkt_\w{10,}$/)
  const { phoneHash, ...kept } = metadata as Record<string, unknown>
  assert.match(String(phoneHash), /^[0-9a-f]{64}$/)
  assert.deepEqual(kept, {
    ciudad_de_destino: "Medellín",
    transportadora: "Envía",
    novedad: "llamar al [PHONE_REDACTED]",
    failureCode: 131026,
    failureReason: "Invalid phone [PHONE_REDACTED]",
    retryCount: 1,
  })
  const at = desk.now().toISOString()
  assert.deepEqual(rest, {
    guia: "GUIA-SHAPE",
    trigger: "FAILED_4XX",
    priority: "alta",
    status: "OPEN",
    createdAt: at,
    updatedAt: at,
    actionRefs: [`act_${made}`],
    eventRefs: [],
    refCount: 1,
    timeline: [
      {
        timestamp: at,
        action: "TICKET_CREATED",
        actor: "system",
        details: { trigger: "FAILED_4XX", priority: "alta" },
      },
    ],
  })
  const one = await admin("GET", `/${String(ticketId)}`)
  assert.deepEqual(one.body, { timestamp: at, ticket })
})

test("a second failure joins: one entry for a new ref, none for a known one, priority up and never down", async () => {
  const guia = "JOIN-1"
  const server = { guia, httpCode: 503, errorCode: null }
  const first = await fail({ ...server, actionId: "act_a", retryCount: 2 })
  assert.equal(first.ticket!["priority"], "media")
  const again = await fail({ ...server, actionId: "act_a", retryCount: 2 })
  assert.deepEqual(
    [again.created, again.ticket!["ticketId"], (again.ticket!["timeline"] as []).length],
    [false, first.ticket!["ticketId"], 1],
  )
  desk.clock.pass(60_000)
  const worse = await fail({ ...server, actionId: "act_b", retryCount: 3 })
  assert.deepEqual([worse.created, worse.ticket!["priority"]], [false, "alta"])
  const better = await fail({ ...server, actionId: "act_c", retryCount: 2 })
  assert.equal(better.ticket!["priority"], "alta")
  assert.deepEqual(better.ticket!["actionRefs"], ["act_a", "act_b", "act_c"])
  assert.deepEqual(
    (better.ticket!["timeline"] as { action: string; details: object }[]).map(({ action, details }) => [
      action,
      details,
    ]),
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
  assert.equal((await fail({ guia, actionId: "act_two" })).ticket!["ticketId"], id)
  await patch(id, { status: "RESOLVED" })
  const known = await fail({ guia, actionId: "act_old" })
  assert.deepEqual([known.created, known.ticket!["ticketId"]], [false, id])
  const next = await fail({ guia, actionId: "act_three" })
  assert.equal(next.created, true)
  assert.notEqual(next.ticket!["ticketId"], id)
  const refused = await patch(id, { status: "IN_PROGRESS" })
  assert.equal(refused.status, 409)
  assert.equal((await patch(id, { status: "CLOSED" })).status, 200)
  assert.equal(
    (await fail({ guia, actionId: "act_four" })).ticket!["ticketId"],
    next.ticket!["ticketId"],
    "closing the older one leaves the newer one active",
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
      const before = (await admin("GET", `/${id}`)).body["ticket"]
      desk.clock.pass(1_000)
      const { status, body } = await patch(id, { status: to })
      if (isStep) {
        assert.deepEqual([status, body["message"], body["ticket"].status], [200, "Ticket updated", to])
        assert.deepEqual(body["ticket"].timeline.at(-1), {
          timestamp: desk.now().toISOString(),
          action: "ADMIN_UPDATE",
          actor: "user",
          details: { updates: ["status"] },
        })
        assert.equal(body["ticket"].timeline.length, before.timeline.length + 1)
      } else if (from === to) {
        assert.deepEqual([status, body["ticket"]], [200, before])
      } else {
        assert.deepEqual(
          [status, body],
          [400, { error: "Validation failed", details: [`status: cannot go from ${from} to ${to}`] }],
        )
        assert.deepEqual((await admin("GET", `/${id}`)).body["ticket"], before)
      }
    })
  }
}

test("taking up again clears resolvedAt, and the average counts what is resolved now", async () => {
  const id = await opened()
  await patch(id, { status: "IN_PROGRESS" })
  desk.clock.pass(3_600_000)
  const average = async () => (await admin("GET")).body["stats"].avgResolutionTimeMs
  const before = await average()
  const { body } = await patch(id, { status: "RESOLVED", resolutionNotes: "Dirección corregida" })
  assert.equal(body["ticket"].resolvedAt, desk.now().toISOString())
  assert.notEqual(await average(), before)
  const again = await patch(id, { status: "IN_PROGRESS" })
  assert.ok(!("resolvedAt" in again.body["ticket"]))
  assert.equal(again.body["ticket"].resolutionNotes, "Dirección corregida")
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
  assert.equal(body["error"], "Validation failed")
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
    body["ticket"].timeline.slice(1).map(({ details }: { details: object }) => details),
    [{ updates: ["status", "priority", "resolutionNotes"] }],
  )
  assert.deepEqual([body["ticket"].priority, body["ticket"].status], ["media", "IN_PROGRESS"])
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
      [status, body["error"], Array.isArray(body["details"])],
      [400, "Validation failed", true],
      JSON.stringify(wrong),
    )
  }
  assert.equal((await admin("PATCH", `/${id}`, "{not json")).status, 400)
  assert.equal((await admin("GET", `/${id}`)).body["ticket"].status, "OPEN")
})

test("what is not there is not found, in the same words", async () => {
  for (const id of ["tkt_nothing", "TKT-00001", "x".repeat(200)]) {
    assert.deepEqual(
      [(await admin("GET", `/${id}`)).status, (await admin("GET", `/${id}`)).body],
      [404, { error: "Ticket not found" }],
    )
    assert.equal((await patch(id, { status: "IN_PROGRESS" })).status, 404)
  }
})

test("the list: filters that repeat, alta first then newest, bounds that are clamped, words that are checked", async () => {
  const list = async (query: string) => (await admin("GET", query)).body
  const whole = await list("?limit=100")
  const order = whole["tickets"].map((t: { priority: string; createdAt: string }) => [t.priority, t.createdAt])
  const sorted = order.toSorted((a: string[], b: string[]) => a[0]!.localeCompare(b[0]!) || b[1]!.localeCompare(a[1]!))
  assert.deepEqual(order, sorted)
  assert.equal(whole["count"], whole["tickets"].length)
  assert.equal(whole["stats"].total, whole["count"])
  assert.equal(whole["stats"].openCount, whole["stats"].byStatus.OPEN)
  const open = await list("?status=OPEN")
  assert.ok(open["tickets"].every((t: { status: string }) => t.status === "OPEN"))
  assert.deepEqual(open["stats"], whole["stats"], "of all, whatever is asked for")
  const two = await list("?status=RESOLVED&status=CLOSED&limit=100")
  assert.equal(two["count"], whole["stats"].byStatus.RESOLVED + whole["stats"].byStatus.CLOSED)
  assert.equal((await list("?trigger=FAILED_5XX_RETRIES&priority=alta"))["count"], 1)
  for (const [query, count] of [
    ["?limit=2", 2],
    ["?limit=0", 1],
    ["?limit=-5", 1],
    ["?limit=1000", whole["count"]],
    ["?limit=abc", Math.min(50, whole["count"])],
    ["?limit=3&offset=1", 3],
    ["?offset=-1&limit=1", 1],
    ["?offset=100000", 0],
  ] as const) {
    assert.equal((await list(query))["count"], count, query)
  }
  assert.deepEqual((await list("?limit=3&offset=1"))["tickets"], whole["tickets"].slice(1, 4))
  for (const wrong of ["?status=open", "?status=DONE", "?trigger=X", "?priority=high", "?status=OPEN&status=X"]) {
    assert.equal((await admin("GET", wrong)).status, 400, wrong)
  }
})

test("a wrong cron secret is no key, and a stranger's call to the door of actions is refused", async () => {
  assert.equal(
    (await call(desk.app, "POST", "/incidents/actions", {}, { authorization: `Bearer ${secret}` })).status,
    401,
  )
})
