// /api/admin/tickets as its source document has it: access, shapes, list.
import assert from "node:assert/strict"
import { test } from "node:test"
import { call, openDesk } from "#test/desks/test-desk.ts"
import { openIncidentDesk, secret } from "#test/desks/incident-desk.ts"
import { adminRoutes } from "./admin-routes.ts"

const { desk, executor, fail, admin, patch } = await openIncidentDesk()

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

test("only the secret is let in; the scheme's case and more spaces do not matter", async () => {
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

test("without a secret the endpoint is closed, also to an empty one", async () => {
  const closed = await openDesk((app, it) => adminRoutes(app, it, undefined))
  for (const authorization of [undefined, "Bearer ", "Bearer undefined", "Bearer \0"]) {
    const answer = await closed.app.inject({
      url: "/api/admin/tickets",
      headers: authorization ? { authorization } : {},
    })
    assert.equal(answer.statusCode, 401)
  }
})

test("other methods are refused by name, to authorised callers", async () => {
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

test("an incident has the documented shape, and nothing of a person is in it", async () => {
  desk.clock.pass(1_000)
  const { ticket, created } = await fail({
    guia: " guia-shape ",
    actionId: "act_shape",
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
  assert.match(ticketId, /^tkt_\w{10,}$/)
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
    actionRefs: ["act_shape"],
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
  const one = await admin("GET", `/${ticketId}`)
  assert.deepEqual(one.body, { timestamp: at, ticket })
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
  for (const retryCount of [2, 3]) await fail({ httpCode: 503, errorCode: null, retryCount })
  for (let i = 0; i < 4; i++) await fail()
  const id = (await fail()).ticket!.ticketId
  for (const status of ["IN_PROGRESS", "RESOLVED"]) await patch(id, { status })
  const list = async (query: string) => (await admin("GET", query)).body
  const whole = await list("?limit=100")
  const order = whole.tickets.map((t: { priority: string; createdAt: string }) => [t.priority, t.createdAt])
  const sorted = order.toSorted((a: string[], b: string[]) => a[0]!.localeCompare(b[0]!) || b[1]!.localeCompare(a[1]!))
  assert.deepEqual(order, sorted)
  assert.equal(whole.count, whole.tickets.length)
  assert.equal(whole.stats.total, whole.count)
  assert.equal(whole.stats.openCount, whole.stats.byStatus.OPEN)
  const open = await list("?status=OPEN")
  assert.ok(open.tickets.every((t: { status: string }) => t.status === "OPEN"))
  assert.deepEqual(open.stats, whole.stats, "of all, whatever is asked for")
  const two = await list("?status=RESOLVED&status=CLOSED&limit=100")
  assert.equal(two.count, whole.stats.byStatus["RESOLVED"]! + whole.stats.byStatus["CLOSED"]!)
  assert.equal((await list("?trigger=FAILED_5XX_RETRIES&priority=alta")).count, 1)
  for (const [query, count] of [
    ["?limit=2", 2],
    ["?limit=0", 1],
    ["?limit=-5", 1],
    ["?limit=1000", whole.count],
    ["?limit=abc", Math.min(50, whole.count)],
    ["?limit=3&offset=1", 3],
    ["?offset=-1&limit=1", 1],
    ["?offset=100000", 0],
  ] as const) {
    assert.equal((await list(query)).count, count, query)
  }
  assert.deepEqual((await list("?limit=3&offset=1")).tickets, whole.tickets.slice(1, 4))
  for (const wrong of ["?status=open", "?status=DONE", "?trigger=X", "?priority=high", "?status=OPEN&status=X"]) {
    assert.equal((await admin("GET", wrong)).status, 400, wrong)
  }
})

test("a wrong cron secret is no key, and a stranger's call to the endpoint of actions is refused", async () => {
  assert.equal(
    (await call(desk.app, "POST", "/incidents/actions", {}, { authorization: `Bearer ${secret}` })).status,
    401,
  )
})
