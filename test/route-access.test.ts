// Every route against the table of who may call it.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { io, type Socket } from "socket.io-client"
import { createKey, createUser, revokeKey } from "#people/index.ts"
import { cheapPasswordHash } from "./cheap-password-hash.ts"
import { startApp } from "./start-app.ts"
import { acting, type Client, member } from "./desks/test-desk.ts"
import { openMessageSource } from "./desks/message-source.ts"
import { waitUntil } from "./server-process.ts"
import { least, roles } from "./route-access.ts"
import { routes } from "./registered-routes.ts"

const app = await startApp()
const named = routes.map((route) => ({ ...route, name: `${route.method} ${route.url}` }))
// The page to read the API, brought by a plug-in: files and nothing else.
const rows = named.filter(({ url }) => !url.startsWith("/docs"))

const people = Object.fromEntries(
  await Promise.all(
    roles.map(async (role) => [role, await member(app, { email: `${role}@example.com`, name: role, role })] as const),
  ),
) as Record<(typeof roles)[number], Client>

const admin = people.admin
const team = async (name: string) => String((await admin.call("POST", "/teams", { name })).body["id"])
const [sales, support] = [await team("Ventas"), await team("Soporte")]
const ana = await member(app, { email: "ana@example.com", name: "Ana", role: "agent", teamIds: [support] })
const sol = await member(app, { email: "sol@example.com", name: "Sol", role: "lead", teamIds: [support] })
const own = await member(app, { email: "carla@example.com", name: "Carla", role: "user" })
const source = await openMessageSource(app, { teamIds: [sales] })
const theirs = (await source.says("+573005550001")).ticket!

test("every route has a row, and every row a route", () => {
  assert.deepEqual(
    rows.map(({ name }) => name).filter((name) => !least[name]),
    [],
  )
  assert.deepEqual(
    Object.keys(least).filter((name) => rows.every((row) => row.name !== name)),
    [],
  )
  for (const { name, access } of rows) assert.equal(access === "public", least[name] === "public", name)
})

/** Ids that mean nothing: an admitted client finds nothing there, so nothing is changed. */
const call = (method: string, url: string, headers: Record<string, string>) => {
  const path = url.replace(":ref", "TKT-99999999").replace(":mode", "note").replace(/:\w+/g, "nothing_here")
  const body = method === "GET" || method === "DELETE" ? {} : { payload: "{}" }
  return app.app.inject({
    method: method as "GET",
    url: path,
    headers: { "content-type": "application/json", ...headers },
    ...body,
  })
}

const garbage = [
  "Bearer hilo_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  "Bearer ",
  "Basic YTpi",
  "Bearer null",
  "hilo_x",
  "Bearer eyJhbGciOiJub25lIn0.e30.",
]

test("a stranger and a made-up token get 401 at every route that is not public", async () => {
  for (const { name, method, url } of rows.filter((row) => least[row.name] !== "public")) {
    for (const authorization of [undefined, ...garbage]) {
      const answer = await call(method, url, authorization === undefined ? {} : { authorization })
      assert.deepEqual(
        [answer.statusCode, answer.json().code],
        [401, "unauthenticated"],
        `${name} with ${authorization}`,
      )
      assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/)
    }
  }
})

test("each role is let in where it may and refused everywhere else", async () => {
  for (const { name, method, url } of rows.filter((row) => least[row.name] !== "public")) {
    for (const role of roles) {
      const answer = await call(method, url, { authorization: `Bearer ${people[role].key}` })
      const needed = least[name]!
      const isAllowed = !needed.startsWith("signed-in") && roles.indexOf(role) >= roles.indexOf(needed as "user")
      const isRefused = answer.statusCode === 403 && answer.json().code === "forbidden"
      assert.equal(!isRefused, isAllowed, `${name} as ${role}: ${answer.statusCode} ${answer.body.slice(0, 200)}`)
      assert.ok(answer.statusCode < 500, `${name} as ${role}: ${answer.statusCode}`)
    }
  }
})

const ticketCalls = rows
  .filter(({ url, name }) => url.startsWith("/api/v1/tickets/:ref") && least[name] !== "public")
  .map(({ method, url }) => ({ method: method as "GET", path: url.slice("/api/v1".length) }))
const bodies: Record<string, object> = {
  "PATCH /tickets/:ref": { subject: "Mine now" },
  "PUT /tickets/:ref/status": { status: "closed" },
  "PUT /tickets/:ref/assignment": { agentId: null },
  "POST /tickets/:ref/links": { type: "related", ticket: "TKT-99999998" },
  "PUT /tickets/:ref/snooze": { until: "2099-01-01T00:00:00Z" },
  "POST /tickets/:ref/messages": { content: "Hola" },
  "PUT /tickets/:ref/drafts/:mode": { content: "Hola" },
  "POST /tickets/:ref/forward": { to: [{ address: "eva@example.net" }] },
  "POST /tickets/:ref/followers": { address: "eva@example.net" },
  "PUT /tickets/:ref/requester": { address: "eva@example.net" },
  "POST /tickets/:ref/macro": { macroId: "mac_1" },
  "POST /tickets/:ref/merge": { into: "TKT-99999999" },
  "POST /tickets/:ref/split": { messageIds: ["msg_1"], subject: "Mine now" },
}

test("a ticket of another team is answered exactly like one that does not exist", async () => {
  const before = await admin.call("GET", `/tickets/${theirs.id}`)
  for (const { method, path } of ticketCalls) {
    for (const who of [ana, sol, own]) {
      const ask = (ref: string) =>
        who.call(
          method,
          path.replace(":ref", ref).replace(":mode", "note").replace(":id", "msg_1"),
          bodies[`${method} ${path}`],
        )
      const nothing = await ask("TKT-99999999")
      if (nothing.status === 403) continue
      for (const ref of [theirs.id, theirs.number, theirs.number.toLowerCase(), theirs.number.slice(4)]) {
        const hidden = await ask(ref)
        const { requestId: _1, ...body } = hidden.body
        const { requestId: _2, ...expected } = nothing.body
        assert.deepEqual([hidden.status, body], [404, expected], `${method} ${path} ${ref}`)
      }
    }
  }
  assert.deepEqual((await admin.call("GET", `/tickets/${theirs.id}`)).body, before.body)
})

test("lists and counts hold nothing of other teams, whatever is asked for", async () => {
  for (const query of [
    "",
    `?teamId=${sales}`,
    `?q=${theirs.number}`,
    `?contactId=${theirs.contact!.id}`,
    "?assignedTo=unassigned",
    `?connectionId=${source.id}`,
  ]) {
    for (const who of [ana, sol, own]) {
      const { status, body } = await who.call("GET", `/tickets${query}`)
      if (who === own && /teamId|assignedTo/.test(query)) continue
      assert.deepEqual([status, body["items"], body["total"]], [200, [], 0], query)
    }
  }
  const { body } = await ana.call("GET", "/tickets/counts")
  const { views, hasDeadlines, ...inbox } = body as Record<string, { count: number }>
  assert.deepEqual([views, hasDeadlines], [{}, false])
  assert.ok(Object.values(inbox).every(({ count }) => count === 0))
})

test("customers cannot ask by what they are not shown", async () => {
  const { body } = await own.call("POST", "/tickets", { subject: "Mío", description: "hola" })
  await admin.call("PATCH", `/tickets/${String(body["id"])}`, { tags: ["moroso"] })
  for (const [field, value] of [
    ["teamId", sales],
    ["assignedTo", "unassigned"],
    ["assignedTo", "me"],
    ["tag", "moroso"],
    ["mentioned", "true"],
    ["delivery", "failed"],
    ["snoozed", "false"],
    ["slaState", "none"],
    ["slaBreached", "false"],
  ] as const) {
    const answer = await own.call("GET", `/tickets?${field}=${value}`)
    const errors = answer.body["errors"] as { path: string }[] | undefined
    assert.deepEqual([answer.status, errors?.[0]?.path], [400, field], field)
  }
  const { items } = (await own.call("GET", "/tickets")).body as { items: { team: unknown; tags: unknown }[] }
  assert.deepEqual([items[0]!.team, items[0]!.tags], [null, []])
})

const sockets: Socket[] = []
after(() => sockets.forEach((socket) => socket.disconnect()))

const happens = (socket: Socket, what: "connect" | "connect_error") =>
  new Promise<void>((resolve) => socket.once(what, () => resolve()))

async function connect(auth: Record<string, string>, headers: Record<string, string> = {}) {
  const socket = io(app.url, {
    path: "/socket",
    auth,
    extraHeaders: headers,
    reconnection: false,
    transports: ["websocket"],
  })
  sockets.push(socket)
  const received: { name: string; ticketId: unknown }[] = []
  socket.onAny((name: string, body: { ticketId?: unknown }) => received.push({ name, ticketId: body?.ticketId }))
  const outcome = await Promise.race([
    happens(socket, "connect").then(() => "in"),
    happens(socket, "connect_error").then(() => "refused"),
  ])
  if (outcome === "in")
    await waitUntil("the socket is ready", async () => received.some(({ name }) => name === "ready"))
  return { socket, received, outcome }
}

test("a socket receives its own tickets and nothing else", async () => {
  const [outsider, boss] = [await connect({ token: ana.key }), await connect({ token: admin.key })]
  const mine = await openMessageSource(app, { teamIds: [support] })
  const hidden = (await source.says("+573005550002")).ticket!
  const shown = (await mine.says("+573005550003")).ticket!
  await waitUntil("the admin received both", async () =>
    [hidden, shown].every(({ id }) => boss.received.some((e) => e.ticketId === id)),
  )
  await waitUntil("the agent received theirs", async () => outsider.received.some((e) => e.ticketId === shown.id))
  assert.deepEqual(
    outsider.received.filter((e) => e.ticketId === hidden.id),
    [],
  )
})

test("nobody without a right gets a socket, and a foreign page none by a cookie", async () => {
  assert.equal((await connect({})).outcome, "refused")
  assert.equal((await connect({ token: "hilo_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" })).outcome, "refused")
  const cookie = await signIn("socket@example.com")
  const { origin } = new URL(app.url)
  assert.equal((await connect({}, { cookie, origin })).outcome, "in")
  for (const foreign of ["https://evil.example", "null"]) {
    assert.equal((await connect({}, { cookie, origin: foreign })).outcome, "refused", foreign)
  }
})

test("a foreign page changes nothing with the cookie of a signed-in browser", async () => {
  const cookie = await signIn("browser@example.com")
  const team = (origin: string | undefined, name: string) =>
    app.app.inject({
      method: "POST",
      url: "/api/v1/teams",
      payload: { name },
      headers: { cookie, ...(origin && { origin }), host: "desk.test" },
    })
  for (const origin of ["https://evil.example", "http://desk.test", "null", undefined]) {
    const refused = await team(origin, "Evil")
    assert.deepEqual([refused.statusCode, refused.json().code], [403, "cross_origin"], String(origin))
  }
  assert.equal((await team(new URL(app.url).origin, "Ours")).statusCode, 201)
})

async function signIn(email: string): Promise<string> {
  const password = "correct horse battery"
  const passwordHash = cheapPasswordHash(password)
  await acting(app, (act) => createUser(act, { email, name: "Root", role: "admin", passwordHash }))
  const answer = await app.app.inject({ method: "POST", url: "/api/v1/session", payload: { email, password } })
  return String(answer.headers["set-cookie"]).split(";")[0]!
}

test("a socket whose key is revoked is closed, and the key opens nothing from then on", async () => {
  const made = await acting(app, (act) => createKey(act, { name: "Lost", role: "agent", userId: ana.userId }))
  const { socket, outcome } = await connect({ token: made.key })
  assert.equal(outcome, "in")
  await acting(app, (act) => revokeKey(act, made.id))
  await waitUntil("the socket is closed", async () => socket.disconnected)
  assert.equal((await connect({ token: made.key })).outcome, "refused")
})

test("a client that talks is shown out", async () => {
  const { socket } = await connect({ token: admin.key })
  socket.emit("join", "admins")
  await waitUntil("the socket is closed", async () => socket.disconnected)
})
