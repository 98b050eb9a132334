// People are found in tickets and among contacts, by whatever somebody remembers of them.
import assert from "node:assert/strict"
import { test } from "node:test"
import { contactRoutes } from "#contacts/index.ts"
import { can } from "#people/index.ts"
import { settingsRoutes } from "#settings/index.ts"
import { member, openDesk } from "#test/desks/test-desk.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { ticketRoutes } from "../routes.ts"

const desk = await openDesk((app, kit) => {
  ticketRoutes(app, kit)
  contactRoutes(app, kit)
  settingsRoutes(app, kit, can.manageSettings)
})
const root = await member(desk, { email: "root@example.com", name: "Root", role: "admin" })
const source = await openMessageSource(desk)

type FoundTicket = { id: string; contact?: { id: string } | null }
const asked = async (path: string): Promise<FoundTicket[]> => {
  const { status, body } = await root.call("GET", path)
  assert.equal(status, 200, JSON.stringify(body))
  return body["items"] as FoundTicket[]
}
const among = async (path: "tickets" | "contacts", q: string) => asked(`/${path}?q=${encodeURIComponent(q)}`)
const people = async (q: string) => ({
  tickets: new Set((await among("tickets", q)).map(({ contact }) => contact?.id)),
  contacts: new Set((await among("contacts", q)).map(({ id }) => id)),
})

/** Somebody with a ticket. */
async function somebody(name: string, phone: string, email?: string) {
  const { ticket } = await source.says(phone, { text: "hola", name })
  const id = ticket!.contact!.id
  if (email) {
    const { body } = await root.call("GET", `/contacts/${id}`)
    const known = body["identities"] as { kind: string; value: string }[]
    const identities = [...known.map(({ kind, value }) => ({ kind, value })), { kind: "email", value: email }]
    assert.equal((await root.call("PATCH", `/contacts/${id}`, { identities })).status, 200)
  }
  return id
}
const carla = await somebody("Carla Inés Ramírez Núñez", "+573001234567", "carla.ramirez@correo.example.com")
const brien = await somebody("Seán O'Brien-Smith", "+573109998877", "seanobrien77@example.org")
const wang = await somebody("王小明", "+8613812345678")
const ordinary = await somebody("Ana Gómez", "+573005550000", "ana@example.net")
const everybody = [carla, brien, wang, ordinary]

async function findsOnly(q: string, who: string) {
  const { tickets, contacts } = await people(q)
  for (const one of everybody) {
    assert.equal(tickets.has(one), one === who, `tickets: ${q}`)
    assert.equal(contacts.has(one), one === who, `contacts: ${q}`)
  }
}

test("by any word of the name, its beginning, in any case, with accents or without", async () => {
  for (const q of [
    "carla",
    "Ramírez",
    "RAMIREZ",
    "nunez",
    "ramir",
    "inés núñez",
    "ramirez carla",
    "ram",
    "Carla Inés Ramírez Núñez",
  ])
    await findsOnly(q, carla)
  for (const q of ["gómez", "ana gom"]) await findsOnly(q, ordinary)
})

test("apostrophes and hyphens part words of a name and are nothing", async () => {
  for (const q of [
    "O'Brien",
    "obrien",
    "o brien",
    "brien",
    "Smith",
    "O’Brien-Smith",
    "obriensmith",
    "brien-smith",
    "sean obrien",
  ])
    await findsOnly(q, brien)
  const joined = await somebody("Obrien Jones", "+573109990001")
  assert.ok((await people("o'brien")).contacts.has(joined))
  assert.ok((await people("o'brien")).tickets.has(joined))
})

test("by an e-mail address, whole or a part of it", async () => {
  for (const q of [
    "carla.ramirez@correo.example.com",
    "carla.ramirez",
    "ramirez@correo",
    "correo.example.com",
    "@correo",
  ])
    await findsOnly(q, carla)
  for (const q of ["seanobrien77@example.org", "obrien77", "seanobrien"]) await findsOnly(q, brien)
})

test("by a phone's last digits, however it is written", async () => {
  for (const q of [
    "+57 300 123 4567",
    "+573001234567",
    "573001234567",
    "0057 300 123 4567",
    "(300) 123-4567",
    "3001234567",
    "300.123.4567",
    "123 4567",
    "1234567",
    "4567",
    "123-45-67",
    "\u202a+57\u00a0300\u200b1234567\u202c",
    "３００１２３４５６７",
    "٣٠٠١٢٣٤٥٦٧",
    "300 123 4",
  ])
    await findsOnly(q, carla)
})

test("a name in a script without blanks is found by any part of it", async () => {
  for (const q of ["王小明", "小明", "王", "明"]) await findsOnly(q, wang)
})

test("a phone that is written in more than one way is one phone", async () => {
  const mexican = await somebody("Lupe", "+528187654321")
  const argentine = await somebody("Delfina", "+5493514445566")
  const brazilian = await somebody("Joana", "+5521999887766")
  const ways: [string, string[]][] = [
    [mexican, ["+5218187654321", "521 818 765 4321", "+52 044 818 765 4321", "818 765 4321"]],
    [argentine, ["+54 351 444 5566", "+54 9 351 444 5566", "+54 0351 15 444 5566", "543514445566", "444-5566"]],
    [brazilian, ["+55 21 9988-7766", "552199887766", "5521999887766", "(21) 99988-7766"]],
  ]
  for (const [who, texts] of ways)
    for (const q of texts) {
      const { tickets, contacts } = await people(q)
      assert.ok(tickets.has(who) && contacts.has(who), q)
    }
})

test("a number written as at home is the desk's country's", async () => {
  const joana = (await among("contacts", "Joana"))[0]!.id
  assert.ok(!(await people("(21) 9988-7766")).contacts.has(joana))
  assert.equal((await root.call("PUT", "/settings/desk.country", { value: "BR" })).status, 200)
  const found = await people("(21) 9988-7766")
  assert.ok(found.contacts.has(joana) && found.tickets.has(joana))
})

test("words of a person and of what was said may be mixed", async () => {
  const { ticket } = await source.says("+573001234567", { text: "La licuadora no enciende" })
  const found = await among("tickets", "ramirez licuadora")
  assert.deepEqual(
    found.map(({ id }) => id),
    [ticket!.id],
  )
  assert.deepEqual(await among("tickets", "gomez licuadora"), [])
})

test("what is committed is found: a new name, a new address, another contact", async () => {
  const one = await somebody("Zoraida", "+573207770001")
  assert.equal((await root.call("PATCH", `/contacts/${one}`, { name: "Yolanda Quiroga" })).status, 200)
  assert.deepEqual([...(await people("zoraida")).tickets, ...(await people("zoraida")).contacts], [])
  assert.ok((await people("quiroga")).tickets.has(one))
  const identities = [{ kind: "phone", value: "+573207770002" }]
  assert.equal((await root.call("PATCH", `/contacts/${one}`, { identities })).status, 200)
  assert.deepEqual([...(await people("320 777 0001")).tickets, ...(await people("320 777 0001")).contacts], [])
  const after = await people("320 777 0002")
  assert.ok(after.tickets.has(one) && after.contacts.has(one))
  await desk.db.pool.query("update tickets set contact_id = $1 where contact_id = $2", [ordinary, one])
  assert.ok(!(await people("quiroga")).tickets.has(one))
})

test("digits of a phone are no reason to find somebody by less than four of them", async () => {
  assert.ok(!(await people("67")).contacts.has(carla))
})

test("signs that mean something to the database mean nothing in a name", async () => {
  await somebody("D'A\\b:* & | ! (x) 'q'", "+573207779999")
  for (const q of ["'", "\\", ":*", "a'b", "a\\'b:*", "N'", "''", "&|!", "o'", "'o", "-", "+", "()", "+()", "tel:"])
    for (const path of ["tickets", "contacts"] as const) await among(path, q)
})
