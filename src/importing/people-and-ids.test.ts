// Who has what an export brings: people who share an address or do not, and ids that several desks or tickets have.
import assert from "node:assert/strict"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { openImportDesk } from "#test/desks/import-desk.ts"
import type { ImportReport } from "./import-report.ts"

const { folder, rows, importRecords, messages } = await openImportDesk()

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
