// Requests that are wrong as a whole: addresses, parameters, cursors, JSON, content types, and headers that make promises.
import assert from "node:assert/strict"
import { test } from "node:test"
import { z } from "zod"
import { cursorOf } from "#kernel/http/pagination.ts"
import { newId } from "#kernel/ids.ts"
import { routes } from "../registered-routes.ts"
import { member } from "../desks/test-desk.ts"
import {
  addressOf,
  app,
  sampleSource,
  rowCounts,
  samples,
  send,
  ticket,
  withBody,
} from "./app-and-valid-bodies-for-all-routes.ts"

const ana = await member(app, { email: "nobody@example.com", name: "Ana", role: "agent" })
const nobody = { cookie: "", authorization: `Bearer ${ana.key}` }

const injections = [
  "'",
  "''",
  "' or '1'='1",
  "1 or 1=1",
  "') or ('1'='1",
  "1; drop table tickets; --",
  "' union select null, null, null --",
  '" or ""="',
  "admin'--",
  "1' and pg_sleep(5)--",
  "$$; select pg_sleep(5); $$",
  "%27%20or%201=1",
  "{$gt: ''}",
  "%",
  "_",
  "\\",
  "createdAt; drop table users",
  "(select 1)",
  "null",
  "a".repeat(5_000),
  "\u0000",
  "TKT-00001' or number like '%",
]

const lists = routes.flatMap(({ method, url, querystring }) =>
  querystring?.safeParse({}).success && method === "GET" ? [{ url, querystring }] : [],
)
const sizeOf = ({ body, text }: Awaited<ReturnType<typeof send>>) => Number(body["total"] ?? text.split("\n").length)
const parametersOf = (schema: z.ZodType) =>
  Object.keys((z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as { properties: object }).properties)

test("SQL in any parameter of any list finds no more rows, takes no longer and breaks nothing", async () => {
  const before = await rowCounts()
  assert.ok(lists.length >= 8)
  for (const { url, querystring } of lists) {
    const address = addressOf(url)
    const all = await send("GET", address, undefined, url.startsWith("/api/v1/tickets") ? nobody : {})
    for (const name of [...parametersOf(querystring), "unknown"]) {
      for (const text of injections) {
        const asked = `${address}?${name}=${encodeURIComponent(text)}`
        const answer = await send("GET", asked, undefined, url.startsWith("/api/v1/tickets") ? nobody : {})
        assert.ok([200, 400, 404].includes(answer.status), `${asked}: ${answer.status} ${answer.text.slice(0, 200)}`)
        if (answer.status === 200) assert.ok(sizeOf(answer) <= sizeOf(all), asked)
        if (answer.status === 400) assert.equal(answer.body.errors?.[0]?.path.split(".")[0], name, asked)
      }
    }
  }
  assert.deepEqual(await rowCounts(), before)
})

test("per cent and underscore are characters like any other in a search", async () => {
  for (const q of ["%", "_", "%%", "\\"]) {
    const { body } = await send("GET", `/api/v1/tickets?q=${encodeURIComponent(q)}`)
    assert.deepEqual(body["items"], [], q)
  }
})

test("a cursor that the list did not make is refused by name", async () => {
  const strange = [
    "x",
    "%%%",
    "",
    "bnVsbA",
    cursorOf([]),
    cursorOf([1]),
    cursorOf(["x", "y"]),
    cursorOf(["x", "y", "z"]),
  ]
  const typed = [
    cursorOf([1, "not a time", "tkt_1"]),
    cursorOf(["x", "2026-01-01", "tkt_1"]),
    cursorOf([null, null, null]),
  ]
  const nested = Buffer.from('[{"a":1},[],{}]').toString("base64url")
  for (const { url } of lists) {
    for (const cursor of [...strange, ...typed, nested, cursorOf(["infinity", "x"]), cursorOf([1e300, 2, 3])]) {
      const asked = `${addressOf(url)}?cursor=${encodeURIComponent(cursor)}`
      const answer = await send("GET", asked)
      assert.ok([200, 400].includes(answer.status), `${asked}: ${answer.status} ${answer.text.slice(0, 200)}`)
      if (answer.status === 400) assert.equal(answer.body.errors?.[0]?.path, "cursor", asked)
    }
  }
})

test("an order that the cursor was not made for is refused, not broken", async () => {
  await sampleSource.says("+573001119999")
  const { body } = await send("GET", "/api/v1/tickets?limit=1")
  const cursor = encodeURIComponent(String(body["nextCursor"]))
  for (const sort of ["priority", "-number", "status", "lastMessageAt", "slaDueAt", "-priority,createdAt"]) {
    const answer = await send("GET", `/api/v1/tickets?limit=1&sort=${sort}&cursor=${cursor}`)
    assert.ok([200, 400].includes(answer.status), `${sort}: ${answer.status} ${answer.text}`)
  }
})

const strangeIds = [
  newId("usr"),
  newId("tkt"),
  "x",
  "0",
  "-1",
  "1e9",
  "99999999999999999999",
  "TKT-0",
  "%00",
  "..%2f..%2fetc%2fpasswd",
  "%F0%9F%98%80",
  "%E0%A4%A",
  "'%20or%201=1--",
  "__proto__",
  "constructor",
  "a".repeat(299),
  "a".repeat(3_000),
]

test("ids of other kinds, malformed ones and long ones are 404 or 400 at every address", async () => {
  const before = await rowCounts()
  for (const { method, url } of routes.filter(
    (route) => route.url.startsWith("/api/v1/") && route.url.includes("/:"),
  )) {
    for (const id of strangeIds) {
      const sample = samples[`${method} ${url}`]
      const asked = url.replace(":mode", "note").replace(/:\w+/g, id)
      const answer = await send(method, asked, sample && JSON.stringify(sample))
      assert.ok(
        [400, 404, 414].includes(answer.status),
        `${method} ${asked}: ${answer.status} ${answer.text.slice(0, 200)}`,
      )
    }
  }
  assert.deepEqual(await rowCounts(), before)
})

test("what is not the JSON asked for is refused, however it is not", async () => {
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`
  const bodies = [
    "{",
    "[]",
    '"text"',
    "42",
    "{}{}",
    "{'a':1}",
    '{"a":undefined}',
    deep,
    `{"text":${deep}}`,
    "\uFEFF{}x",
  ]
  // Nothing at all counts as {}, which some contracts take.
  for (const { method, url } of withBody) {
    for (const body of ["", "null"])
      assert.ok((await send(method, addressOf(url), body)).status < 500, `${method} ${url}`)
  }
  const before = await rowCounts()
  for (const { name, method, url } of withBody) {
    for (const body of bodies) {
      const answer = await send(method, addressOf(url), body)
      // Where strangers write, less is read at all.
      const expected = answer.status === 413 && body.length > 128 * 1024 ? 413 : 400
      assert.equal(
        answer.status,
        expected,
        `${name} ${body.slice(0, 20)}: ${answer.status} ${answer.text.slice(0, 200)}`,
      )
    }
  }
  const { status } = await send("POST", "/api/v1/teams", JSON.stringify({ name: "x".repeat(4 * 1024 * 1024) }))
  assert.equal(status, 413)
  for (const type of [
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/xml",
    "multipart/form-data; boundary=x",
    "nonsense",
  ]) {
    const answer = await send("POST", "/api/v1/teams", JSON.stringify({ name: "Por tipo" }), { "content-type": type })
    assert.ok([400, 415].includes(answer.status), `${type}: ${answer.status}`)
  }
  assert.deepEqual(await rowCounts(), before)
})

const teamsNamed = async (name: string) => {
  const { rows } = await app.db.pool.query("select count(*) as n from teams where name = $1", [name])
  return rows[0].n as number
}
const makeTeam = (name: string, key: string, more: object = {}) =>
  send("POST", "/api/v1/teams", JSON.stringify({ name, ...more }), { "idempotency-key": key })

test("an Idempotency-Key does it once, answers the same again, and is refused for anything else", async () => {
  const first = await makeTeam("Una vez", "key-1")
  const again = await makeTeam("Una vez", "key-1")
  assert.deepEqual([first.status, again.status, again.body], [201, 201, first.body])
  const other = await makeTeam("Otra cosa", "key-1")
  assert.deepEqual([other.status, other.body.code], [422, "idempotency_mismatch"])
  assert.deepEqual([await teamsNamed("Una vez"), await teamsNamed("Otra cosa")], [1, 0])
})

test("the same key many times at once has one effect", async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => makeTeam("A la vez", "key-2")))
  const seen = new Set(answers.map(({ status, body }) => `${status} ${String(body.code ?? body["id"])}`))
  const done = answers.filter(({ status }) => status === 201)
  assert.ok(done.length >= 1 && new Set(done.map(({ body }) => body["id"])).size === 1, [...seen].join())
  assert.deepEqual(
    [...seen].filter((one) => !one.startsWith("201") && one !== "409 in_progress"),
    [],
  )
  assert.equal(await teamsNamed("A la vez"), 1)
})

test("a key that is none is refused by name, and a refused request may be sent again", async () => {
  for (const key of ["", "x".repeat(201)]) {
    const answer = await makeTeam("Ninguna", key)
    assert.deepEqual([answer.status, answer.body.errors?.[0]?.path], [400, "header Idempotency-Key"], key.slice(0, 5))
  }
  assert.equal((await makeTeam("Una vez", "key-3")).body.code, "duplicate_entry")
  assert.equal((await makeTeam("Ahora sí", "key-4", { surprise: 1 })).status, 400)
  assert.equal((await makeTeam("Ahora sí", "key-4")).status, 201)
})

test("a change thought up on an older version is refused with what changed", async () => {
  const path = `/api/v1/tickets/${ticket.number}`
  const patch = (body: object, version: string) => send("PATCH", path, JSON.stringify(body), { "if-match": version })
  const version = Number((await send("GET", path)).body["version"])
  const first = await patch({ subject: "Primero" }, `"${version}"`)
  assert.deepEqual([first.status, first.body["version"]], [200, version + 1])
  const stale = await patch({ subject: "Segundo" }, `"${version}"`)
  assert.deepEqual([stale.status, stale.body.code], [412, "stale"])
  const [change] = stale.body["changed"] as { kind: string; data: object }[]
  assert.deepEqual([change?.kind, change?.data], ["ticket.updated", { changes: ["subject"] }])
  assert.equal((await send("GET", path)).body["subject"], "Primero")
  for (const bad of ["x", '"x"', "W/", "1, 2", '"-1"', "9".repeat(30)]) {
    const answer = await patch({ subject: "Tercero" }, bad)
    assert.deepEqual([answer.status, answer.body.errors?.[0]?.path], [400, "header If-Match"], bad)
  }
})

test("a connection that is switched off or deleted takes nothing and says so", async () => {
  const path = `/api/v1/connections/${sampleSource.id}/messages`
  const message = (id: string) => JSON.stringify({ externalId: id, contact: { id: "+573001112233" }, text: "hola" })
  assert.equal(
    (await send("PATCH", `/api/v1/connections/${sampleSource.id}`, JSON.stringify({ enabled: false }))).status,
    200,
  )
  const before = await rowCounts()
  const off = await send("POST", path, message("off"))
  assert.deepEqual([off.status, off.body.code], [409, "connection_disabled"])
  assert.deepEqual(await rowCounts(), before)
  assert.equal((await send("DELETE", `/api/v1/connections/${sampleSource.id}`)).status, 204)
  const deleted = await rowCounts()
  assert.deepEqual([(await send("POST", path, message("gone"))).body.code], ["connection_disabled"])
  assert.deepEqual(await rowCounts(), deleted)
})
