import assert from "node:assert/strict"
import { test } from "node:test"
import { inTransaction, system } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import { type Answer, member, openDesk } from "#test/desks/test-desk.ts"
import type { Contact } from "./api-contract.ts"
import { contactRoutes } from "./routes.ts"
import { ensureContact } from "./contact-store.ts"
import { identityOf } from "./identities/normalize-address.ts"

const routes: { method: string; url: string }[] = []
const desk = await openDesk((app, kit) => {
  app.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) if (one !== "HEAD") routes.push({ method: one, url })
  })
  contactRoutes(app, kit)
})
const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
const root = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
const customer = await member(desk, { email: "carla@example.com", name: "Carla", role: "user" })

const made = async (body: object) => {
  const answer = await ana.call("POST", "/contacts", body)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body as Contact
}
const listed = async (query: string) =>
  (await ana.call("GET", `/contacts?${query}`)).body as { items: Contact[]; total: number; nextCursor: string | null }
const names = async (q: string) => (await listed(`q=${encodeURIComponent(q)}`)).items.map((one) => one.name)
const phone = (value: string) => ({ kind: "phone", value })

function refused(answer: Answer, status: number, code: string, path?: string) {
  assert.deepEqual([answer.status, answer.body["code"]], [status, code], JSON.stringify(answer.body))
  const errors = (answer.body["errors"] ?? []) as { path: string }[]
  if (path !== undefined)
    assert.ok(
      errors.some((one) => one.path === path),
      JSON.stringify(errors),
    )
}

test("strangers and customers see no contact and change none", async () => {
  assert.equal(routes.length, 10)
  const { id } = await made({ name: "Secreta" })
  for (const { method, url } of routes) {
    const path = url.replace(":id", id).replace(":identityId", "idn_none")
    const stranger = await desk.app.inject({ method: method as "GET", url: path, payload: {} })
    assert.deepEqual([stranger.statusCode, stranger.json().code], [401, "unauthenticated"], `${method} ${url}`)
    const body = method === "GET" || method === "DELETE" ? undefined : { name: "Otra" }
    refused(await customer.call(method as "GET", path.slice(7), body), 403, "forbidden")
  }
  assert.equal((await ana.call("GET", `/contacts/${id}`)).body["name"], "Secreta")
})

test("a contact keeps what was given, its addresses in one form", async () => {
  const {
    id: _id,
    createdAt,
    updatedAt,
    identities,
    ...rest
  } = await made({
    name: " Carla Núñez ",
    tier: "gold",
    language: "es-CO",
    identities: [
      phone("+57 (315) 765-4321"),
      { kind: "email", value: "Carla@Example.COM" },
      { kind: "external", value: "42", scope: "con_1" },
    ],
    customFields: { plan: "fibra", años: 3, vip: true },
  })
  assert.deepEqual(rest, {
    name: "Carla Núñez",
    tier: "gold",
    language: "es-CO",
    timezone: null,
    isGroup: false,
    customFields: { plan: "fibra", años: 3, vip: true },
    note: "",
    blocked: false,
    mergedInto: null,
    isPartial: false,
    can: ["edit", "merge", "block"],
    merged: [],
  })
  assert.deepEqual(identities.map(({ kind, value }) => `${kind} ${value}`).toSorted(), [
    "email carla@example.com",
    "external 42",
    "phone +573157654321",
  ])
  assert.deepEqual([createdAt, updatedAt], [desk.now().toISOString(), createdAt])
})

test("addresses that were read can be given back as they are", async () => {
  const { id, identities } = await made({
    name: "Vuelta",
    identities: [{ kind: "external", value: "77", scope: "con_1" }],
  })
  const given = (identities as { kind: string; value: string; scope: string }[]).map(({ kind, value, scope }) => {
    return { kind, value, scope }
  })
  const back = await ana.call("PATCH", `/contacts/${id}`, { identities: given })
  assert.deepEqual([back.status, back.body["identities"]], [200, identities])
})

test("an address that is taken is refused by name, however it is written", async () => {
  await made({ name: "Pedro", identities: [phone("+52 1 81 8765 4321"), phone("+54 351 444 5566")] })
  const equal = ["+528187654321", "+52 044 818 765 4321", "+5493514445566"]
  for (const value of equal)
    refused(
      await ana.call("POST", "/contacts", { name: "Otro", identities: [phone(value)] }),
      400,
      "duplicate_entry",
      "identities",
    )
  const other = await made({ name: "Otro" })
  refused(
    await ana.call("PATCH", `/contacts/${other.id}`, { identities: [phone(equal[0]!)] }),
    400,
    "duplicate_entry",
    "identities",
  )
})

test("of two that want one address at once, one gets it", async () => {
  const tries = Array.from({ length: 8 }, () =>
    ana.call("POST", "/contacts", { name: "Una", identities: [phone("+57 320 111 2233")] }),
  )
  const answers = await Promise.all(tries)
  assert.equal(answers.filter((one) => one.status === 201).length, 1)
  for (const one of answers.filter((it) => it.status !== 201)) refused(one, 400, "duplicate_entry", "identities")
  assert.equal((await listed("q=%2B573201112233")).total, 1)
})

test("addresses that make no sense are refused by their place", async () => {
  const wrong: [object, string][] = [
    [{ kind: "phone", value: "hola" }, "identities.0.value"],
    [{ kind: "email", value: "a@b" }, "identities.0.value"],
    [{ kind: "phone", value: "+573157650000", scope: "con_1" }, "identities.0.scope"],
    [{ kind: "external", value: "7" }, "identities.0.scope"],
    [{ kind: "group", value: "g1", scope: "con_1" }, "identities.0.kind"],
    [{ kind: "fax", value: "1" }, "identities.0.kind"],
    [{ kind: "phone", value: "" }, "identities.0.value"],
    [{ ...phone("+573157650000"), id: "idn_1" }, "identities.0.id"],
  ]
  for (const [identity, path] of wrong)
    refused(await ana.call("POST", "/contacts", { name: "Nadie", identities: [identity] }), 400, "invalid", path)
  assert.deepEqual(await names("Nadie"), [])
})

test("changes replace what is given, touch nothing else, and equal values change nothing", async () => {
  const before = await made({
    name: "Rosa",
    tier: "gold",
    identities: [phone("+573000000001"), phone("+573000000002")],
  })
  desk.clock.pass(1_000)
  const same = { name: "Rosa", tier: "gold", identities: [phone("+57 300 000 0002"), phone("+573000000001")] }
  assert.deepEqual((await ana.call("PATCH", `/contacts/${before.id}`, same)).body, before)
  const { body } = await ana.call("PATCH", `/contacts/${before.id}`, {
    tier: null,
    blocked: true,
    identities: [phone("+573000000002"), phone("+573000000003")],
  })
  const after = body as unknown as Contact
  assert.deepEqual([after.name, after.tier, after.blocked], ["Rosa", null, true])
  assert.equal(after.updatedAt, desk.now().toISOString())
  assert.deepEqual(after.identities.map((one) => one.value).toSorted(), ["+573000000002", "+573000000003"])
  const kept = (contact: Contact) => contact.identities.find((one) => one.value === "+573000000002")?.id
  assert.equal(kept(after), kept(before))
  await made({ name: "La que hereda el número", identities: [phone("+573000000001")] })
})

test("only the listed fields can be given", async () => {
  const { id } = await made({ name: "Marta" })
  const columns = ["id", "isGroup", "is_group", "mergedInto", "merged_into", "createdAt", "updatedAt"]
  for (const column of columns) {
    refused(await ana.call("PATCH", `/contacts/${id}`, { [column]: true }), 400, "invalid", column)
    refused(await ana.call("POST", "/contacts", { name: "Marta", [column]: true }), 400, "invalid", column)
  }
  for (const body of [
    { name: "" },
    { name: "  " },
    { name: null },
    { language: "Spanish!" },
    { customFields: { a: {} } },
    { customFields: [] },
  ]) {
    refused(
      await ana.call("PATCH", `/contacts/${id}`, body),
      400,
      "invalid",
      Object.keys(body)[0] === "customFields" ? undefined : Object.keys(body)[0],
    )
  }
})

test("text finds by words of the name, by a number's last digits, and by an e-mail or a part of it", async () => {
  await made({
    name: "Álvaro 100%",
    identities: [phone("+573105550001"), { kind: "email", value: "alvaro@example.com" }],
  })
  await made({ name: "Alba_Luz" })
  assert.deepEqual(await names("álv"), ["Álvaro 100%"])
  assert.deepEqual(await names("ALBA_"), ["Alba_Luz"])
  assert.deepEqual(await names("luz"), ["Alba_Luz"])
  assert.deepEqual(await names("lba"), [])
  assert.deepEqual(await names("%"), [])
  assert.deepEqual(await names("Álvaro 100%"), ["Álvaro 100%"])
  for (const way of [
    "+57 310 555 0001",
    "573105550001",
    "0057-310-555-0001",
    "3105550001",
    "ALVARO@example.com",
    "varo@exam",
  ])
    assert.deepEqual(await names(way), ["Álvaro 100%"], way)
  for (const other of ["alvaro@example.net", "+5731055500011", "+573105550002"])
    assert.deepEqual(await names(other), [], other)
})

test("pages follow each other without gaps, newest first, also when all are of one instant", async () => {
  for (let i = 0; i < 7; i++) await made({ name: `Página ${i}` })
  const seen: string[] = []
  let cursor: string | null = ""
  while (cursor !== null) {
    const page: Awaited<ReturnType<typeof listed>> = await listed(
      `q=P%C3%A1gina&limit=3${cursor && `&cursor=${cursor}`}`,
    )
    assert.equal(page.total, 7)
    seen.push(...page.items.map((one) => one.id))
    cursor = page.nextCursor
  }
  assert.equal(new Set(seen).size, 7)
  assert.deepEqual(seen, seen.toSorted().toReversed())
  refused(await ana.call("GET", "/contacts?limit=0"), 400, "invalid", "limit")
  refused(await ana.call("GET", "/contacts?cursor=x"), 400, "invalid", "cursor")
  refused(await ana.call("GET", "/contacts?tier=gold"), 400, "invalid", "tier")
})

test("a contact without tickets is removed with its addresses; one with tickets stays", async () => {
  const gone = await made({ name: "Breve", identities: [phone("+573009990001")] })
  assert.equal((await ana.call("DELETE", `/contacts/${gone.id}`)).status, 204)
  refused(await ana.call("GET", `/contacts/${gone.id}`), 404, "not_found")
  refused(await ana.call("DELETE", `/contacts/${gone.id}`), 404, "not_found")
  const kept = await made({ name: "Con historia", identities: [phone("+573009990001")] })
  await desk.db.pool.query(
    `insert into tickets (id, kind, status, channel, contact_id, last_message_at, created_by_kind, created_at, updated_at)
     values ($1, 'support', 'closed', 'api', $2, now(), 'system', now(), now())`,
    [newId("tkt"), kept.id],
  )
  refused(await ana.call("DELETE", `/contacts/${kept.id}`), 409, "in_use")
  assert.deepEqual((await root.call("GET", `/contacts/${kept.id}`)).body, kept)
})

test("a group keeps group addresses only", async () => {
  const identity = identityOf("120363@g.us", { kind: "group", scope: "con_1" })!
  const id = await inTransaction(desk.db, { actor: system, now: desk.now() }, (act) =>
    ensureContact(act, { identity, name: "Obra norte", proof: "message" }, true),
  )
  refused(
    await root.call("PATCH", `/contacts/${id}`, { identities: [phone("+573008880001")] }),
    400,
    "invalid",
    "identities.0.kind",
  )
  const group = { kind: "group", value: "120364@g.us", scope: "con_1" }
  assert.equal((await root.call("PATCH", `/contacts/${id}`, { identities: [group] })).status, 200)
})

test("hostile ids and texts are answered calmly", async () => {
  for (const id of ["x", "%00", "..%2f", "%F0%9F%98%80", "a".repeat(250)]) {
    const { status } = await ana.call("GET", `/contacts/${id}`)
    assert.ok(status === 404 || status === 400, `${id}: ${status}`)
  }
  const { name } = await made({ name: "\ud800 a\0b \u202eabc" })
  assert.equal(name, "\ufffd ab \u202eabc")
  for (const q of ["\0x", "\\", "'", "\ud800", "​", "+", "@"])
    assert.equal((await ana.call("GET", `/contacts?q=${encodeURIComponent(q.toWellFormed())}`)).status, 200, q)
})

test("every change is a fact without a person's words", async () => {
  const { id } = await made({ name: "Hecho", identities: [phone("+573007770001")] })
  await ana.call("PATCH", `/contacts/${id}`, { name: "Hecho dos", tier: "gold", note: "Su clave es 4512" })
  await ana.call("DELETE", `/contacts/${id}`)
  const { rows } = await desk.db.pool.query(
    "select kind, data - 'identityId' as data, actor_id from events where subject_id = $1 order by id",
    [id],
  )
  const actor = { actor_id: ana.userId }
  assert.deepEqual(rows, [
    { kind: "contact.created", data: {}, ...actor },
    { kind: "contact.identified", data: { identityKind: "phone", proof: "staff", isConfirmed: false }, ...actor },
    { kind: "contact.changed", data: { changes: ["name", "tier", "note"] }, ...actor },
    { kind: "contact.identity_removed", data: { identityKind: "phone" }, ...actor },
    { kind: "contact.deleted", data: {}, ...actor },
  ])
})
