// Whatever an admin changes, and only that, is in the audit.
import assert from "node:assert/strict"
import { test } from "node:test"
import { addressOf, app, headers, samples, send } from "./bad-input/app-and-valid-bodies-for-all-routes.ts"
import { least } from "./route-access.ts"

// Acts that change nothing of the desk itself: they look, try, or run what is set up.
const leavesNone = [
  "POST /api/v1/connections/:id/messages",
  "POST /api/v1/connections/:id/check",
  // Of a kind that has none: "a mailbox writes to itself" shows that it is there.
  "POST /api/v1/connections/:id/verification",
  // The same; that somebody came back signed in leaves one.
  "POST /api/v1/connections/:id/oauth",
  "POST /api/v1/connections/:id/templates/sync",
  "POST /api/v1/failed-deliveries/:id/replay",
  "POST /api/v1/failed-deliveries/:id/ticket",
  "POST /api/v1/failed-deliveries/replay",
  "POST /api/v1/links/systems/:id/test",
  "POST /api/v1/links/failed-hooks/:id/replay",
  "POST /api/v1/assignment-rules/matches",
  "POST /api/v1/automation-rules/preview",
  "POST /api/v1/calendars/preview",
  "POST /api/v1/sla-policies/matches",
]
const shared = ["views", "macros", "saved-replies"].flatMap((name) => [
  `POST /api/v1/${name}`,
  `PATCH /api/v1/${name}/:id`,
  `DELETE /api/v1/${name}/:id`,
])
const asked: Record<string, string> = { "DELETE /api/v1/carrier-words": "?carrier=TCC&word=EN+VIAJE" }
const order = ["POST", "PATCH", "PUT", "DELETE"]
const acts = Object.entries(least)
  .filter(([name, role]) => (role === "admin" || role === "signed-in admin") && !name.startsWith("GET "))
  .map(([name]) => name)
  .concat(shared)
  .filter((name) => !leavesNone.includes(name))
  .toSorted((a, b) => order.indexOf(a.split(" ")[0]!) - order.indexOf(b.split(" ")[0]!))

const audited = async () => {
  const { rows } = await app.db.pool.query<{ n: number }>("select count(*)::int as n from admin_acts")
  return rows[0]!.n
}

test("each successful act of administration leaves one row of the audit, and a refused one none", async () => {
  const without: string[] = []
  let succeeded = 0
  for (const name of acts) {
    const [method, url] = name.split(" ") as [string, string]
    const before = await audited()
    const body = samples[name] ? JSON.stringify(samples[name]) : undefined
    const { status } = await send(method, addressOf(url) + (asked[name] ?? ""), body)
    const more = (await audited()) - before
    if (status >= 300) assert.equal(more, 0, `${name}: ${status}`)
    else succeeded++
    if (status < 300 && more !== 1) without.push(`${name}: ${status}, ${more} rows`)
  }
  assert.deepEqual(without, [])
  assert.ok(succeeded >= acts.length - 8, `only ${succeeded} of ${acts.length} acts succeeded`)
})

type Entry = {
  kind: string
  action: string
  actor: { name: string }
  subject: { name: string }
  changes: { field: string; old: unknown; new: unknown }[]
}
const entries = async (query: string) => {
  const { status, body } = await send("GET", `/api/v1/audit${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body["items"] as Entry[]
}

test("an entry says who did what to which, and what it was before", async () => {
  const made = await send("POST", "/api/v1/teams", JSON.stringify({ name: "Auditoría" }))
  await send("PATCH", `/api/v1/teams/${String(made.body["id"])}`, JSON.stringify({ name: "Auditores" }))
  await send("DELETE", `/api/v1/teams/${String(made.body["id"])}`)
  const [gone, changed, created] = await entries("?kind=team&limit=3")
  assert.deepEqual([created!.action, created!.subject.name, created!.actor.name], ["created", "Auditoría", "Root"])
  assert.deepEqual(changed!.changes, [{ field: "name", old: "Auditoría", new: "Auditores" }])
  assert.deepEqual([gone!.action, gone!.subject.name], ["deleted", "Auditores"])
})

test("no secret is in it", async () => {
  const secrets = ["something long", "hilo_", "EAAG-secret-token"]
  const settings = {
    phoneNumberId: "1",
    accessToken: "EAAG-secret-token",
    appSecret: "EAAG-secret-token",
    verifyToken: "EAAG-secret-token",
  }
  await send("POST", "/api/v1/connections", JSON.stringify({ kind: "whatsapp", name: "Número", settings }))
  const { rows } = await app.db.pool.query("select fields::text as text from admin_acts")
  assert.ok(rows.length > 0)
  for (const { text } of rows as { text: string }[])
    for (const secret of secrets) assert.ok(!text.includes(secret), text)
})

test("it is narrowed by actor, kind and time, and goes on by its cursor", async () => {
  const all = await entries("?limit=100")
  assert.equal((await entries("?actor=usr_0")).length, 0)
  assert.ok((await entries("?kind=category.changed")).every(({ kind }) => kind === "category.changed"))
  assert.equal((await entries("?from=2099-01-01")).length, 0)
  assert.equal((await entries(`?from=2000-01-01&to=2098-12-31&limit=100`)).length, all.length)
  const first = await send("GET", "/api/v1/audit?limit=2")
  const second = await send("GET", `/api/v1/audit?limit=2&cursor=${String(first.body["nextCursor"])}`)
  const ids = [first, second].flatMap(({ body }) => (body["items"] as { id: string }[]).map(({ id }) => id))
  assert.equal(new Set(ids).size, 4)
  for (const wrong of ["?kind=everything", "?from=yesterday", "?cursor=x", "?colour=red"]) {
    assert.equal((await send("GET", `/api/v1/audit${wrong}`)).status, 400, wrong)
  }
  assert.ok(headers.cookie)
})
