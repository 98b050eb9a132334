import assert from "node:assert/strict"
import { test } from "node:test"
import { castOf } from "#test/desk-users.ts"
import { acting, type Answer, type Client, openDesk } from "#test/desks/test-desk.ts"
import { messageRoutes } from "#channels/api/entry-points/message-routes.ts"
import { contactMergeRoutes } from "#intake/index.ts"
import { changeSetting } from "#settings/index.ts"
import { clearSettingsCache } from "#settings/read-setting.ts"
import { ticketRoutes } from "#tickets/index.ts"
import type { Contact } from "./api-contract.ts"
import { contactRoutes } from "./routes.ts"

const desk = await openDesk((app, kit) => {
  ticketRoutes(app, kit)
  messageRoutes(app, kit)
  contactMergeRoutes(app, kit)
  contactRoutes(app, kit)
})
const { root, sol, ana, bruno, carla, theirs, source } = await castOf(desk)

let people = 0
const number = () => `+57300555${String(1000 + people++)}`
/** Somebody who wrote to Ana's team. */
const writer = async (name: string) => {
  const phone = number()
  const { ticket } = await source.says(phone, { name })
  return { phone, id: ticket!.contact!.id, ticketId: ticket!.id }
}
const see = async (who: Client, id: string) => {
  const { status, body } = await who.call("GET", `/contacts/${id}`)
  return status === 200 ? (body as unknown as Contact) : status
}
const opened = async (who: Client, body: object) => {
  const answer = await who.call("POST", "/tickets", { subject: "Caja rota", description: "Llegó rota", ...body })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body as { id: string; contact: { id: string; name: string } }
}
const values = (one: Contact | number) => (typeof one === "number" ? one : one.identities.map(({ value }) => value))
const forgetLookUps = async () => {
  await desk.db.pool.query("delete from rate_limits")
  await desk.db.pool.query("delete from admin_acts where kind = 'contact.looked_up'")
}
const code = ({ status, body }: Answer) => [status, body["code"]]

test("staff see the contacts of the tickets that they see, and no others", async () => {
  const { id, phone } = await writer("Secreta Peña")
  for (const who of [root, sol, ana]) assert.deepEqual(values(await see(who, id)), [phone])
  assert.equal(await see(bruno, id), 404)
  const listed = async (who: Client) => {
    const { body } = await who.call("GET", "/contacts?q=Secreta")
    return [(body["items"] as Contact[]).map((one) => one.id), body["total"]]
  }
  assert.deepEqual(
    [await listed(ana), await listed(bruno)],
    [
      [[id], 1],
      [[], 0],
    ],
  )
  assert.deepEqual(code(await carla.call("GET", `/contacts/${id}`)), [403, "forbidden"])
  for (const [method, body] of [["PATCH", { name: "Otra" }], ["DELETE"]] as const)
    assert.deepEqual(code(await bruno.call(method, `/contacts/${id}`, body)), [404, "not_found"], method)
})

test("of whom they know only by a ticket of their own they see the name and what they typed", async () => {
  const { id, phone } = await writer("Clara Ruiz")
  await root.call("PATCH", `/contacts/${id}`, {
    tier: "Oro",
    note: "Debe dos meses",
    customFields: { cedula: 42 },
    identities: [
      { kind: "phone", value: phone },
      { kind: "email", value: "clara.oculta@example.com" },
    ],
  })
  const { contact } = await opened(bruno, { contact: { phone }, teamId: theirs, assigneeId: bruno.userId })
  assert.equal(contact.id, id)
  const timezone = "Europe/Madrid"
  const account = "update users set contact_id = $1, timezone = $2 where id = $3"
  await desk.db.pool.query(account, [id, timezone, carla.userId])
  const seen = (await see(bruno, id)) as Contact
  assert.deepEqual([seen.name, seen.isPartial, values(seen)], ["Clara Ruiz", true, [phone]])
  assert.deepEqual([seen.tier, seen.note, seen.customFields, seen.timezone], [null, "", {}, null])
  assert.equal(((await see(ana, id)) as Contact).timezone, timezone, "that of the account with which they sign in")
  assert.deepEqual(code(await bruno.call("PATCH", `/contacts/${id}`, { name: "X" })), [403, "forbidden"])
  assert.deepEqual(code(await bruno.call("PATCH", `/contacts/${id}`, { blocked: true })), [403, "forbidden"])
})

test("an address that somebody types does not become that of a contact whom they know only by their own ticket", async () => {
  const { id, phone } = await writer("Víctima")
  const { contact } = await opened(bruno, { contact: { email: "mio@example.com", phone } })
  assert.equal(contact.id, id)
  const identities = [
    { kind: "phone", value: phone },
    { kind: "email", value: "mio@example.com" },
  ]
  assert.deepEqual(code(await bruno.call("PATCH", `/contacts/${id}`, { identities })), [403, "forbidden"])
  assert.deepEqual(values(await see(root, id)), [phone])
  // Staff who see the contact may note its address; it stays one that somebody typed.
  await opened(ana, { contact: { email: "suyo@example.com", phone } })
  const { identities: now } = (await see(root, id)) as Contact
  assert.deepEqual(
    now.map(({ proof, isConfirmed }) => [proof, isConfirmed]),
    [
      ["message", true],
      ["staff", false],
    ],
  )
})

test("a user who knows a whole address learns whose it is, and no more; it stands in the audit", async () => {
  const { id, phone } = await writer("Luz Marina")
  await forgetLookUps()
  const ask = (text: string) => bruno.call("GET", `/contacts?identity=${encodeURIComponent(text)}`)
  assert.deepEqual((await ask(phone)).body["items"], [{ id, name: "Luz Marina" }])
  for (const part of [number(), "nadie@example.com"]) assert.deepEqual((await ask(part)).body["items"], [])
  assert.deepEqual(code(await ask("Luz")), [400, "invalid"])
  assert.deepEqual(code(await carla.call("GET", `/contacts?identity=%2B57300`)), [403, "forbidden"])
  const { rows } = await desk.db.pool.query(
    "select actor_id, subject_id from admin_acts where kind = 'contact.looked_up'",
  )
  assert.deepEqual(rows, [{ actor_id: bruno.userId, subject_id: id }])
  const answers = []
  for (let i = 0; i < 60; i++) answers.push((await ask(phone)).status)
  assert.equal(answers.at(-1), 429)
})

test("writing a stranger's address down is looking them up: it counts, it stands in the audit, and their own are free", async () => {
  const asked = async (who: Client) => {
    const { rows } = await desk.db.pool.query(
      "select count(*)::int as n from admin_acts where kind = 'contact.looked_up' and actor_id = $1",
      [who.userId],
    )
    return rows[0].n as number
  }
  await forgetLookUps()
  const { phone, id } = await writer("Rita")
  const before = await asked(bruno)
  const identities = [{ kind: "phone", value: phone }]
  const taken = await bruno.call("POST", "/contacts", { name: "R", identities })
  assert.deepEqual([...code(taken), await asked(bruno)], [400, "duplicate_entry", before + 1])
  const { contact } = await opened(bruno, { contact: { phone } })
  assert.deepEqual([contact, await asked(bruno)], [{ id, name: "Rita" }, before + 2])
  // Known by their own ticket from now on.
  await opened(bruno, { contact: { phone } })
  await opened(bruno, { contact: { phone: number() } })
  await opened(ana, { contact: { phone } })
  assert.deepEqual([await asked(bruno), await asked(ana)], [before + 2, 0])
  const strangers = await Promise.all(Array.from({ length: 59 }, () => writer("Otra")))
  const tries: Answer[] = []
  for (const one of strangers)
    tries.push(await bruno.call("POST", "/contacts", { name: "R", identities: [{ kind: "phone", value: one.phone }] }))
  assert.deepEqual([tries.at(0)!.status, tries.at(-1)!.status], [400, 429])
  const late = await bruno.call("POST", "/tickets", { subject: "Caja", contact: { phone: strangers[58]!.phone } })
  assert.deepEqual([late.status, (await opened(bruno, { contact: { phone } })).contact.id], [429, id])
})

test("contacts are merged, and blocked, by a lead, an admin, or who sees every ticket of theirs", async () => {
  await forgetLookUps()
  const [one, two] = [await writer("Uno"), await writer("Dos")]
  await opened(bruno, { contact: { phone: two.phone }, teamId: theirs })
  const merge = (who: Client) => who.call("POST", `/contacts/${one.id}/merge`, { into: two.id })
  assert.deepEqual(code(await bruno.call("POST", `/contacts/${two.id}/merge`, { into: one.id })), [403, "forbidden"])
  assert.deepEqual(code(await ana.call("PATCH", `/contacts/${two.id}`, { blocked: true })), [403, "forbidden"])
  assert.deepEqual(code(await merge(ana)), [403, "forbidden"])
  assert.deepEqual(code(await ana.call("PATCH", `/contacts/${one.id}`, { blocked: true })), [200, undefined])
  const can = async (who: Client, id: string) => ((await see(who, id)) as Contact).can
  assert.deepEqual(await can(bruno, two.id), [])
  assert.deepEqual(await can(ana, two.id), ["edit"])
  for (const [who, id] of [
    [ana, one.id],
    [sol, two.id],
  ] as const)
    assert.deepEqual(await can(who, id), ["edit", "merge", "block"])
  assert.equal((await merge(sol)).status, 200)
})

test("the notes of merged contacts stand together, and the merge can be undone from where they went", async () => {
  const [one, two] = [await writer("Uno"), await writer("Dos")]
  const note = (id: string, text: string) => root.call("PATCH", `/contacts/${id}`, { note: text })
  await note(one.id, "Paga en efectivo")
  await note(two.id, "Llamar de tarde")
  await root.call("POST", `/contacts/${one.id}/merge`, { into: two.id })
  const merged = (await see(root, two.id)) as Contact
  assert.equal(merged.note, "Llamar de tarde\n\nPaga en efectivo")
  assert.deepEqual(
    merged.merged.map(({ id, name }) => [id, name]),
    [[one.id, "Uno"]],
  )
  await note(two.id, `Nuevo. ${merged.note}`)
  await root.call("DELETE", `/contacts/${one.id}/merge`)
  const [first, second] = [(await see(root, one.id)) as Contact, (await see(root, two.id)) as Contact]
  assert.deepEqual([first.note, second.note], ["Paga en efectivo", "Nuevo. Llamar de tarde"])
  assert.deepEqual([first.merged, second.merged], [[], []])
})

test("a desk may let all its staff see all contacts", async () => {
  const { id, phone } = await writer("De todos")
  assert.equal(await see(bruno, id), 404)
  await acting(desk, (act) => changeSetting(act, "contacts.visibility", "all"))
  clearSettingsCache(desk.db)
  assert.deepEqual(values(await see(bruno, id)), [phone])
})
