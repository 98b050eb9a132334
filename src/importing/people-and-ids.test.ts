// Who has what an export brings: people who share an address or do not, and ids that several desks or tickets have.
import assert from "node:assert/strict"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { openImportDesk } from "#test/desks/import-desk.ts"
import type { ImportReport } from "./import-report.ts"

const { folder, someone, rows, importRecords, messages } = await openImportDesk()

const contact = (id: number, who: string, phone?: string) => {
  return { type: "contact", id, name: who, ...(who.includes("@") && { email: who }), ...(phone && { phone }) }
}
const ticketOf = (number: number, of: object) => {
  return { type: "ticket", id: number, number, subject: `De ${number}`, contact: of, description: `Texto ${number}` }
}
const said = ({ problems }: ImportReport) => problems.map(({ line, field, isRefused }) => [line, field, isRefused])
const ownersOf = (numbers: number[]) =>
  rows<{ contact: string; address: string | null; addresses: string[] }>(
    `select c.name as contact, i.value as address,
      array(select value from contact_identities where contact_id = c.id order by kind, value) as addresses
    from tickets t join contacts c on c.id = t.contact_id left join contact_identities i on i.id = t.requester_identity_id
    where t.number = any($1) order by t.number`,
    [numbers.map((number) => `TKT-${String(number).padStart(5, "0")}`)],
  )

test("customers who share a phone stay two, in one batch and in two: each reads the own tickets, and the report says so", async () => {
  const [abel, berta] = [
    contact(7, "abel@example.com", "+573001110001"),
    contact(8, "berta@example.com", "+573001110001"),
  ]
  const tickets = [ticketOf(6001, { id: 7 }), ticketOf(6002, { id: 8 })]
  const dry = await importRecords([abel, berta, ...tickets], { isDryRun: true })
  const one = await importRecords([abel, berta, ...tickets])
  assert.deepEqual([one.made, one.problems], [dry.made, dry.problems])
  assert.deepEqual([one.made.contacts, said(one)], [2, [[2, "phone", false]]])
  const two = await importRecords([contact(9, "celia@example.com", "+573001110001"), ticketOf(6003, { id: 9 })])
  assert.deepEqual([two.made.contacts, said(two)], [1, [[1, "phone", false]]])
  assert.deepEqual(await ownersOf([6001, 6002, 6003]), [
    { contact: abel.name, address: "abel@example.com", addresses: ["abel@example.com", "+573001110001"] },
    { contact: berta.name, address: "berta@example.com", addresses: ["berta@example.com"] },
    { contact: "celia@example.com", address: "celia@example.com", addresses: ["celia@example.com"] },
  ])
  for (const [name, own] of [
    ["Abel", 6001],
    ["Berta", 6002],
    ["Celia", 6003],
  ] as const) {
    const who = await someone(name, "user")
    for (const number of [6001, 6002, 6003])
      assert.equal(
        (await who.call("GET", `/tickets/${number}`)).status,
        number === own ? 200 : 404,
        `${name} ${number}`,
      )
  }
})

test("across the batches of a dry run a shared phone says the same", async () => {
  const many = Array.from({ length: 450 }, (_, i) =>
    contact(1000 + i, `x${i}@example.com`, i % 449 === 0 ? "+573001110002" : undefined),
  )
  const dry = await importRecords(many, { isDryRun: true })
  const real = await importRecords(many)
  assert.deepEqual([dry.made, dry.problems], [real.made, real.problems])
  assert.deepEqual([real.made.contacts, said(real)], [450, [[450, "phone", false]]])
})

test("across the batches of a dry run an account that it would make is known, by its id and its e-mail", async () => {
  const user = (id: string, more: object = {}) => ({ type: "user", id, email: `${id}@example.com`, name: id, ...more })
  const others = Array.from({ length: 400 }, (_, i) => ({ type: "contact", id: `other${i}` }))
  const ticket = (id: number, assignee: object) => {
    const author = { ...assignee, kind: "user" }
    return { type: "ticket", id, number: id, assignee, messages: [{ id: `s${id}`, author, content: "Ya lo miro" }] }
  }
  const records = [
    user("rita"),
    user("saul", { isActive: false }),
    ...others,
    ticket(6080, { id: "rita" }),
    ticket(6081, { email: "Rita@example.com" }),
    ticket(6082, { id: "saul" }),
    ticket(6083, { id: "tomas" }),
    user("rita2", { email: "rita@example.com" }),
    { type: "message", ticket: 6080, id: "s-more", author: { email: "saul@example.com" }, content: "Yo también" },
  ]
  const dry = await importRecords(records, { isDryRun: true })
  const real = await importRecords(records)
  assert.deepEqual([dry.made, dry.problems], [real.made, real.problems])
  assert.deepEqual(said(real), [
    [405, "assignee", false],
    [406, "assignee", false],
    [406, "messages.0.author", false],
  ])
  assert.deepEqual([real.made.users, real.made.contacts], [2, 0])
})

test("by phone alone somebody is who has it, and with the first e-mail the same; ids that are known stay apart", async () => {
  const report = await importRecords([
    contact(20, "Sin correo", "+573001110003"),
    contact(21, "dora@example.com", "+573001110003"),
    contact(22, "Otra casa", "+573001110004"),
    ticketOf(6010, { phone: "+573001110003" }),
    ticketOf(6011, { id: 20 }),
    ticketOf(6012, { id: 21 }),
  ])
  assert.deepEqual([report.made.contacts, report.problems], [2, []])
  await importRecords([
    ticketOf(6013, { id: 22, phone: "+573001110003" }),
    ticketOf(6014, { id: 21, phone: "+573001110003" }),
  ])
  const found = (await ownersOf([6010, 6011, 6012, 6013, 6014])).map(({ contact, address }) => [contact, address])
  assert.deepEqual(found, [
    ["Sin correo", "+573001110003"],
    ["Sin correo", "+573001110003"],
    ["Sin correo", "dora@example.com"],
    ["Otra casa", "+573001110004"],
    ["Sin correo", "+573001110003"],
  ])
})

test("a ticket is opened for the address that it names, else for the one of its person there", async () => {
  const emails = ["elsa@example.com", "elsa2@example.com"]
  await importRecords([
    { type: "contact", id: 30, name: "Elsa", emails },
    ticketOf(6020, { id: 30, email: "elsa2@example.com" }),
    ticketOf(6021, { id: 30 }),
  ])
  await importRecords([
    ticketOf(6022, { id: 30, email: "elsa2@example.com" }),
    ticketOf(6023, { id: 30, email: "new@example.com" }),
  ])
  const found = (await ownersOf([6020, 6021, 6022, 6023])).map(({ address }) => address)
  assert.deepEqual(found, ["elsa2@example.com", "elsa@example.com", "elsa2@example.com", "elsa@example.com"])
})

test("an address that a record has twice is one", async () => {
  const report = await importRecords([
    { type: "contact", id: 40, email: "fabio@example.com", emails: ["Fabio@Example.com", "fabio2@example.com"] },
    { type: "contact", id: 41, phone: "+573001110005", phones: ["+57 300 111 0005"] },
  ])
  assert.deepEqual([report.made.contacts, report.problems], [2, []])
})

test("two desks of one tool: the same ids are others' where each has its name, and known again under it", async () => {
  const of = (name: string, number: number) => [
    { type: "contact", id: "d1", name, email: `${name}@example.com` },
    { ...ticketOf(number, { id: "d1" }), id: "d1", messages: [{ id: "d1", content: `De ${name}` }] },
  ]
  const names = { gala: undefined, hugo: "sur", ines: "norte" }
  for (const [i, [name, desk]] of Object.entries(names).entries()) {
    const report = await importRecords(of(name, 6030 + i), desk === undefined ? {} : { desk })
    assert.deepEqual(
      [report.made.contacts, report.made.tickets, report.made.messages, report.known],
      [1, 1, 1, 0],
      name,
    )
  }
  const again = await importRecords(of("hugo", 6031), { desk: "sur" })
  assert.deepEqual([again.made.tickets, again.known], [0, 2])
  for (const [i, name] of Object.keys(names).entries()) {
    assert.deepEqual(
      (await messages(String(6030 + i))).map(({ content }) => content),
      [`De ${name}`],
    )
    assert.equal((await ownersOf([6030 + i]))[0]!.address, `${name}@example.com`)
  }
})

test("a message with an id that another one has is refused with its files, and on no other ticket", async () => {
  writeFileSync(join(folder, "secret.txt"), "De otra persona")
  const file = { id: "f1", name: "secret.txt", path: "secret.txt" }
  const first = {
    ...ticketOf(6040, {}),
    messages: [
      { id: 1, content: "Uno" },
      { id: 2, content: "Dos" },
    ],
  }
  const second = {
    ...ticketOf(6041, {}),
    messages: [
      { id: 1, content: "Tres", attachments: [file] },
      { id: 3, content: "Cuatro" },
    ],
  }
  const third = { ...ticketOf(6042, {}), messages: [{ id: 2, content: "Cinco", attachments: [{ ...file, id: "f2" }] }] }
  const loose = { type: "attachment", message: 1, ...file, id: "f3" }
  const one = await importRecords([first, second, loose, first])
  assert.deepEqual(said(one), [
    [2, "messages.0.id", true],
    [3, "message", true],
  ])
  const two = await importRecords([third])
  assert.deepEqual(said(two), [[1, "messages.0.id", true]])
  assert.deepEqual([one.made.messages, one.made.attachments, two.made.messages, two.made.attachments], [3, 0, 0, 0])
  const all = await Promise.all(["6040", "6041", "6042"].map((number) => messages(number)))
  assert.deepEqual(
    all.map((some) => some.map(({ content }) => content)),
    [["Uno", "Dos"], ["Cuatro"], []],
  )
})

test("a message by itself with the id of one of another ticket is refused, and its files with it, in every batch and run", async () => {
  const tickets = [6050, 6051].map((id) => ({ type: "ticket", id, number: id }))
  await importRecords([...tickets, { type: "message", ticket: 6050, id: "m1", content: "Uno" }])
  const file = { type: "attachment", message: "m1", name: "privado.txt", base64: "SG9sYQ==" }
  const others = Array.from({ length: 400 }, (_, i) => ({ type: "contact", id: `filler${i}` }))
  const records = [{ type: "message", ticket: 6051, id: "m1", content: "Dos" }, ...others, file]
  for (const isDryRun of [true, false, false]) {
    const report = await importRecords(records, { isDryRun })
    assert.deepEqual(said(report), [
      [1, "id", true],
      [402, "message", true],
    ])
    assert.deepEqual([report.made.messages, report.made.attachments], [0, 0])
  }
  const again = await importRecords([{ type: "message", ticket: 6050, id: "m1", content: "Uno" }])
  assert.deepEqual([again.known, again.problems], [1, []])
})

test("each message numbers its files by itself", async () => {
  const file = (id: number | undefined, name: string) => ({ ...(id && { id }), name, base64: "SG9sYQ==" })
  const message = (id: string, ...attachments: object[]) => ({ id, content: "x", attachments })
  const records = [
    {
      ...ticketOf(6060, {}),
      messages: [message("f-1", file(1, "a.txt"), file(2, "b.txt")), message("f-2", file(1, "c.txt"))],
    },
    { ...ticketOf(6061, {}), messages: [message("f-3", file(undefined, "d.txt"), file(undefined, "e.txt"))] },
    { type: "attachment", message: "f-3", ...file(1, "f.txt") },
    { type: "attachment", message: "f-1", ...file(1, "a.txt") },
  ]
  const names = async () =>
    (await Promise.all(["6060", "6061"].map((number) => messages(number))))
      .flat()
      .map(({ attachments }) => attachments.map(({ name }) => name).toSorted())
  for (const made of [6, 0]) {
    assert.equal((await importRecords(records)).made.attachments, made)
    assert.deepEqual(await names(), [["a.txt", "b.txt"], ["c.txt"], ["d.txt", "e.txt", "f.txt"]])
  }
})

test("whose contact was removed here is one again, however many batches name them", async () => {
  const nameless = { type: "contact", id: 70, name: "Sin nada" }
  await importRecords([nameless])
  await rows("delete from contacts where name = 'Sin nada'")
  const many = Array.from({ length: 401 }, (_, i) => ticketOf(6100 + i, { id: 70, name: "Sin nada" }))
  assert.equal((await importRecords(many)).made.contacts, 1)
})

test("a message that the other system moved to another ticket is known, with its files", async () => {
  const message = (ticket: number, html: string) => {
    const attachments = [{ name: "a.txt", base64: "SG9sYQ==" }]
    return { type: "message", ticket, id: "moved", html, attachments }
  }
  await importRecords([6070, 6071].map((id) => ({ type: "ticket", id, number: id })))
  assert.equal((await importRecords([message(6070, "<p>Se&ntilde;al")])).made.attachments, 1)
  const again = await importRecords([message(6071, "<p>Se&ntilde;al")])
  assert.deepEqual([again.made.messages, again.made.attachments, again.known, again.problems], [0, 0, 1, []])
  assert.deepEqual(said(await importRecords([message(6071, "<p>Otra")])), [[1, "id", true]])
})
