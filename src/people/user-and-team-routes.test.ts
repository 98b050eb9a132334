import assert from "node:assert/strict"
import { test } from "node:test"
import { atScreen, member, openDesk } from "#test/desks/test-desk.ts"
import { peopleRoutes } from "./register-all-routes.ts"

const routes: { method: string; url: string }[] = []
const desk = await openDesk((app, kit) => {
  app.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) if (one !== "HEAD") routes.push({ method: one, url })
  })
  peopleRoutes(app, kit)
})
const admin = await atScreen(desk, { email: "root@example.com", name: "Root", role: "admin" })
const lead = await member(desk, { email: "sol@example.com", name: "Sol", role: "lead" })
const agent = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
const customer = await member(desk, { email: "carla@example.com", name: "Carla", role: "user" })

const open = [
  "GET /my",
  "GET /my/*",
  "GET /my/enter",
  "POST /my",
  "GET /api/v1/session",
  "POST /api/v1/session",
  "DELETE /api/v1/session",
  "POST /api/v1/session/link",
  "PUT /api/v1/session/link",
  "PUT /api/v1/session/password",
  "POST /api/v1/setup",
]

test("every route refuses a stranger, except those for signing in", async () => {
  assert.ok(routes.length >= 20)
  for (const { method, url } of routes) {
    const response = await desk.app.inject({ method: method as "GET", url: url.replace(":id", "usr_1"), payload: {} })
    const isOpen = open.includes(`${method} ${url}`)
    assert.equal(response.statusCode === 401 && response.json().code === "unauthenticated", !isOpen, `${method} ${url}`)
  }
})

test("what only admins may do is refused to everybody else", async () => {
  const before = await rows()
  for (const { method, url } of routes.filter(
    (route) => route.method !== "GET" && !open.includes(`${route.method} ${route.url}`),
  )) {
    if (url.startsWith("/api/v1/me")) continue
    for (const who of [lead, agent, customer]) {
      const { status, body } = await who.call(method as "POST", url.slice(7).replace(":id", agent.userId), {})
      assert.deepEqual([status, body["code"]], [403, "forbidden"], `${method} ${url}`)
    }
  }
  assert.deepEqual(await rows(), before)
})

test("malformed and foreign ids are refused without a fuss", async () => {
  for (const path of ["/users", "/teams", "/api-keys"]) {
    for (const id of ["usr_ffffffffffffffffffffffffffffffff", "x", "%00", "..%2f", "%F0%9F%98%80", "a".repeat(250)]) {
      for (const method of ["GET", "PATCH", "DELETE"] as const) {
        const { status } = await admin.call(
          method,
          `${path}/${id}`,
          method === "PATCH" ? { name: "Someone" } : undefined,
        )
        assert.ok(status === 404 || status === 400, `${method} ${path}/${id}: ${status}`)
      }
    }
  }
})

test("a user's phone is read in the desk's country, or refused by name", async () => {
  const user = { email: "llama@example.com", name: "Llama", role: "user" }
  const refused = await admin.call("POST", "/users", { ...user, phone: "3009998877" })
  assert.deepEqual([refused.status, (refused.body["errors"] as { path: string }[])[0]!.path], [400, "phone"])
  const made = await admin.call("POST", "/users", { ...user, phone: "0057 300 999\u00a08877" })
  assert.deepEqual([made.status, made.body["phone"]], [201, "+573009998877"])
  const id = String(made.body["id"])
  assert.equal((await admin.call("PATCH", `/users/${id}`, { phone: "+57 hola" })).status, 400)
  assert.equal((await admin.call("PATCH", `/users/${id}`, { phone: null })).body["phone"], null)
})

test("an admin makes a user and everything given is kept", async () => {
  const team = await admin.call("POST", "/teams", { name: "Ventas" })
  const given = {
    email: "Bruno@Example.com",
    name: " Bruno ",
    role: "agent",
    teamIds: [team.body["id"]],
    capacity: 7,
    phone: "+573001234567",
    language: "en",
    timezone: "Europe/Madrid",
    calendarId: null,
    externalIds: { splynx: "12" },
  }
  const made = await admin.call("POST", "/users", given)
  assert.equal(made.status, 201)
  const { id, createdAt, updatedAt, ...rest } = made.body
  assert.match(String(id), /^usr_[0-9a-f]{32}$/)
  assert.equal(createdAt, updatedAt)
  const teams = [{ id: team.body["id"], name: "Ventas" }]
  assert.deepEqual(rest, {
    ...given,
    name: "Bruno",
    teams,
    presence: "offline",
    disabled: false,
    disabledAt: null,
    canSignIn: false,
  })
  assert.deepEqual((await admin.call("GET", `/users/${String(id)}`)).body, made.body)
  const event = await lastEvent(String(id))
  assert.deepEqual(event, {
    kind: "user.created",
    actorKind: "user",
    actorId: admin.userId,
    data: { role: "agent", teamIds: given.teamIds },
  })
})

test("a taken e-mail or team name is a duplicate entry, however it is written", async () => {
  const again = await admin.call("POST", "/users", { email: "ANA@example.com", name: "Another", role: "agent" })
  assert.deepEqual(
    [again.status, again.body["code"], again.body["detail"]],
    [400, "duplicate_entry", "Duplicate entry for email"],
  )
  await admin.call("POST", "/teams", { name: "Cobros" })
  const team = await admin.call("POST", "/teams", { name: "COBROS" })
  assert.deepEqual([team.status, team.body["detail"]], [400, "Duplicate entry for name"])
  const moved = await admin.call("PATCH", `/users/${agent.userId}`, { email: "sol@example.com" })
  assert.equal(moved.body["detail"], "Duplicate entry for email")
})

test("each wrong field is named", async () => {
  const good = { email: "new@example.com", name: "New", role: "agent" }
  const wrong: Record<string, unknown[]> = {
    email: [
      undefined,
      null,
      "",
      "no at",
      "a@b",
      "a b@c.de",
      "a@b.c\r\nBcc: x@y.z",
      "\u0000@b.cd",
      "x".repeat(255) + "@b.cd",
      7,
      ["a@b.cd"],
    ],
    name: [undefined, null, "", "   ", "x".repeat(201), {}],
    role: [undefined, "owner", "ADMIN", "", 1],
    teamIds: ["tem_1", ["tem_1"], [1], ["\u0000"]],
    capacity: [-1, 1.5, "7", null, 1e9],
    language: ["fr", "", null],
    timezone: ["Mars/Olympus", "+05:00", "", "\u0000"],
    externalIds: [{ other: "1" }, "x", { splynx: "" }],
    password: ["short", "x".repeat(201), 1234567890],
    owner: [true],
  }
  const before = await rows()
  for (const [field, values] of Object.entries(wrong)) {
    for (const value of values) {
      const { status, body } = await admin.call("POST", "/users", { ...good, [field]: value })
      const paths = ((body["errors"] ?? []) as { path: string }[]).map((error) => error.path.split(".")[0])
      if (field === "password" && status === 403) continue
      assert.deepEqual([status, paths], [400, [field]], `${field}: ${JSON.stringify(value)}`)
    }
  }
  assert.deepEqual(await rows(), before)
})

test("fields that are nobody's to set are refused by name and nothing changes", async () => {
  const targets = [
    { path: `/users/${agent.userId}`, table: "users", who: admin },
    { path: "/me", table: "users", who: agent },
  ]
  const { body: team } = await admin.call("POST", "/teams", { name: "Fija" })
  targets.push({ path: `/teams/${String(team["id"])}`, table: "teams", who: admin })
  const allowed: Record<string, string[]> = {
    users: ["email", "name", "role", "capacity", "phone", "language", "timezone", "calendar_id", "external_ids"],
    teams: ["name", "is_default", "auto_assign"],
  }
  for (const { path, table, who } of targets) {
    const before = await rows()
    const columns = await columnsOf(table)
    for (const column of columns) {
      const isMine =
        path === "/me"
          ? ["name", "language", "timezone", "after_closing"].includes(column)
          : allowed[table]!.includes(column)
      const camel = column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
      for (const name of new Set([column, camel])) {
        if (isMine && name === camel) continue
        const { status, body } = await who.call("PATCH", path, { [name]: "2020-01-01T00:00:00Z" })
        assert.deepEqual(
          [status, body["errors"]],
          [400, [{ path: name, message: "is not a known field", code: "unknown_field" }]],
          `${path} ${name}`,
        )
      }
    }
    assert.deepEqual(await rows(), before, path)
  }
})

test("agents see colleagues by name and team, and no customers; admins see everything but secrets", async () => {
  const { body } = await agent.call("GET", "/users")
  const items = body["items"] as Record<string, unknown>[]
  assert.ok(items.length >= 3)
  for (const item of items) assert.deepEqual(Object.keys(item).toSorted(), ["id", "name", "presence", "teams"])
  assert.equal(
    items.some((item) => item["id"] === customer.userId),
    false,
  )
  assert.deepEqual(((await agent.call("GET", "/users?role=user")).body["items"] as unknown[]).length, 0)
  assert.equal((await agent.call("GET", `/users/${customer.userId}`)).status, 404)
  assert.deepEqual(Object.keys((await agent.call("GET", `/users/${lead.userId}`)).body).toSorted(), [
    "id",
    "name",
    "presence",
    "teams",
  ])
  assert.equal((await customer.call("GET", "/users")).status, 403)
  const all = await admin.call("GET", "/users")
  assert.doesNotMatch(JSON.stringify(all.body), /hash/i)
  assert.ok((all.body["items"] as { id: string }[]).some((item) => item.id === customer.userId))
})

test("lists go page by page through everybody once", async () => {
  for (const name of ["Zoë", "zoe", "Zoe", "Ñandú", "Álvaro"]) {
    await admin.call("POST", "/users", { email: `${encodeURIComponent(name)}@pages.example.com`, name, role: "agent" })
  }
  const whole = (await admin.call("GET", "/users?limit=100")).body as unknown as {
    items: { id: string }[]
    total: number
  }
  const seen: string[] = []
  let cursor = ""
  do {
    const { body } = await admin.call("GET", `/users?limit=2${cursor && `&cursor=${cursor}`}`)
    seen.push(...(body["items"] as { id: string }[]).map((item) => item.id))
    cursor = (body["nextCursor"] as string | null) ?? ""
  } while (cursor)
  assert.deepEqual(
    seen,
    whole.items.map((item) => item.id),
  )
  assert.equal(whole.total, seen.length)
})

test("a limit, cursor or filter that makes no sense is named", async () => {
  const bad = ["limit=0", "limit=101", "limit=x", "cursor=x", "role=owner", "disabled=maybe", "nonsense=1"]
  const nul = Buffer.from('["\\u0000","x"]').toString("base64url")
  for (const query of [...bad, `cursor=${nul}`]) {
    const { status, body } = await admin.call("GET", `/users?${query}`)
    assert.deepEqual(
      [status, (body["errors"] as { path: string }[])[0]!.path.split(".")[0]],
      [400, query.split("=")[0]],
      query,
    )
  }
})

test("an Idempotency-Key makes one user", async () => {
  const body = { email: "once@example.com", name: "Once", role: "agent" }
  const one = await admin.call("POST", "/users", body, { "idempotency-key": "a" })
  const two = await admin.call("POST", "/users", body, { "idempotency-key": "a" })
  assert.deepEqual([two.status, two.body], [201, one.body])
})

async function rows() {
  const tables = ["users", "teams", "team_members", "api_keys", "sessions", "events"] as const
  const { pool } = desk.db
  return Promise.all(
    tables.map(async (table) => {
      const columns = table === "api_keys" ? "id, name, role, user_id, revoked_at" : "*"
      return (await pool.query(`select ${columns} from ${table} order by 1, 2`)).rows
    }),
  )
}

async function columnsOf(table: string): Promise<string[]> {
  const text =
    "select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1"
  return (await desk.db.pool.query<{ name: string }>(text, [table])).rows.map((row) => row.name)
}

async function lastEvent(subjectId: string) {
  const row = await desk.db.kysely
    .selectFrom("events")
    .select(["kind", "actorKind", "actorId", "data"])
    .where("subjectId", "=", subjectId)
    .orderBy("id", "desc")
    .executeTakeFirst()
  return row
}

test("where somebody goes after closing a ticket is theirs to say", async () => {
  const { status, body } = await agent.call("PATCH", "/me", { afterClosing: "next" })
  assert.deepEqual([status, body["afterClosing"]], [200, "next"])
})
