// Made exports of each tool, after its public documentation, read into Hilo's own records. Without a database.
import assert from "node:assert/strict"
import { createReadStream, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import type { Problem } from "../import-report.ts"
import { readCsvRows } from "../reading/read-csv-rows.ts"
import { readJsonValues } from "../reading/read-json-values.ts"
import { readRecords } from "../reading/read-records.ts"
import { type ImportRecord, type MessageRecord, schemas, type TicketRecord } from "../record-schemas.ts"
import { type SourceName, sourceNames, sources } from "../source-registry.ts"

const samples = join(import.meta.dirname, "samples")

async function recordsIn(file: string) {
  const problems: Problem[] = []
  const records: ImportRecord[] = []
  const bytes = createReadStream(join(samples, file)) as AsyncIterable<Buffer>
  const values = file.endsWith(".csv") ? readCsvRows(bytes) : readJsonValues(bytes)
  const source = sources[file.split("-")[0] as SourceName]
  for await (const { record } of readRecords(values, source, (problem) => problems.push(problem))) records.push(record)
  assert.deepEqual(problems, [], file)
  return records
}

const ticketsIn = async (file: string) =>
  (await recordsIn(file)).filter((one): one is TicketRecord => one.type === "ticket")
const shape = ({ id, number, subject, status, priority, channel }: TicketRecord) => [
  id,
  number,
  subject,
  status,
  priority,
  channel,
]
type Said = Pick<MessageRecord, "author" | "content" | "html" | "isInternal">
const words = (messages: readonly Said[] = []) =>
  messages.map(({ author, content, html, isInternal }) => [
    author?.kind,
    author?.id,
    content ?? html,
    isInternal ?? false,
  ])

test("every tool has samples", () =>
  assert.deepEqual(
    new Set(readdirSync(samples).map((name) => name.split("-")[0])),
    new Set(sourceNames.filter((name) => name !== "hilo")),
  ))

test("Zendesk: tickets with comments, notes, files and numbered fields; users by their role", async () => {
  const [one, two] = await ticketsIn("zendesk-tickets.jsonl")
  assert.deepEqual(shape(one!), ["101", "101", "Where is my parcel?", "closed", "medium", "email"])
  assert.deepEqual(shape(two!), ["102", "102", "Refund", "pending", undefined, "whatsapp"])
  assert.deepEqual([one!.team, one!.tags, one!.customFields], ["Support", ["parcel", "vip"], { "9001": "gold" }])
  assert.deepEqual(
    [one!.resolvedAt, one!.closedAt],
    [new Date("2024-02-02T10:00:00Z"), new Date("2024-02-03T10:00:00Z")],
  )
  assert.deepEqual(words(one!.messages), [
    ["contact", "6001", "It has not come.", false],
    [undefined, "5001", "It comes tomorrow.", false],
    ["user", "5001", "Carrier called.", true],
  ])
  assert.equal(one!.messages![0]!.attachments![0]!.url, "https://files.example.com/label.png")
  const people = await recordsIn("zendesk-users.jsonl")
  assert.deepEqual(
    people.map((one) => [one.type, one.id, "isActive" in one ? one.isActive : undefined]),
    [
      ["user", "5001", true],
      ["user", "5002", false],
      ["contact", "6001", undefined],
    ],
  )
})

test("Freshdesk: the API's tickets with their conversations, and the account export", async () => {
  const [one, two] = await ticketsIn("freshdesk-tickets.json")
  assert.deepEqual(shape(one!), ["201", "201", "Invoice is wrong", "resolved", "high", "email"])
  assert.deepEqual(shape(two!), ["202", "202", "Old export", "closed", "low", "phone"])
  assert.deepEqual(words(one!.messages), [
    ["contact", undefined, "The total is wrong.", false],
    ["user", "7001", "We look.", false],
    ["user", "7001", "Ask accounting", true],
    ["contact", "8001", "Thanks", false],
  ])
  assert.deepEqual(two!.closedAt, new Date("2023-03-05T08:00:00Z"))
  assert.deepEqual(
    (await recordsIn("freshdesk-people.json")).map((one) => [one.type, one.id]),
    [
      ["user", "7001"],
      ["contact", "8001"],
    ],
  )
})

test("Chatwoot: conversations without the lines about them; agents and contacts have numbers of their own", async () => {
  const [one] = await ticketsIn("chatwoot-conversations.json")
  assert.deepEqual(shape(one!), ["401", "401", "Devolución", "resolved", "urgent", "email"])
  assert.deepEqual(
    [one!.contact?.id, one!.assignee?.id, one!.createdAt],
    ["contact-11", "agent-2", new Date(1706781600_000)],
  )
  assert.deepEqual(words(one!.messages), [
    ["contact", "contact-11", "Quiero devolverlo", false],
    ["user", "agent-2", "Claro que sí", false],
    ["user", "agent-2", "Ojo: segunda vez", true],
  ])
  assert.deepEqual(
    (await recordsIn("chatwoot-people.json")).map((one) => [one.type, one.id]),
    [
      ["user", "agent-2"],
      ["contact", "contact-11"],
    ],
  )
})

test("Zammad: tickets with their articles, HTML and files; nobody is the owner number 1", async () => {
  const [one, two] = await ticketsIn("zammad-tickets.jsonl")
  assert.deepEqual(shape(one!), ["2", "22002", "Order 777555", "closed", "medium", "email"])
  assert.deepEqual([two!.number, two!.status, two!.assignee], ["2023060310000012", "open", undefined])
  assert.deepEqual(words(one!.messages), [
    ["contact", "6", "<p>Where is <i>it</i>?</p>", false],
    ["user", "3", "On its way", false],
    ["user", "3", "VIP", true],
  ])
  assert.equal(one!.messages![1]!.attachments![0]!.base64, "SGVsbG8=")
  assert.deepEqual(
    (await recordsIn("zammad-users.json")).map((one) => [one.type, "name" in one ? one.name : ""]),
    [
      ["user", "Ana Z"],
      ["contact", "Fela Cliente"],
    ],
  )
})

test("osTicket: tickets, entries and staff as CSV", async () => {
  const [one, two] = await ticketsIn("osticket-tickets.csv")
  assert.deepEqual(shape(one!), ["10", "402117", "No enciende", "closed", "high", "email"])
  assert.deepEqual(
    [two!.status, two!.priority, two!.assignee, one!.assignee?.id],
    ["open", undefined, undefined, "staff-1"],
  )
  const entries = (await recordsIn("osticket-entries.csv")) as MessageRecord[]
  assert.deepEqual(words(entries), [
    ["contact", "user-4", '<p>No enciende, dice "error"</p>', false],
    ["user", "staff-1", "<p>Pruebe<br>otra vez</p>", false],
    ["user", "staff-1", "Garantía vencida", true],
    ["contact", "user-4", "<p>Otra</p>", false],
  ])
  assert.deepEqual(
    (await recordsIn("osticket-staff.csv")).map((one) => one.type),
    ["user"],
  )
  const file = { type: "attachment", message: "90", id: "7", name: "foto é.txt", mimeType: "text/plain" }
  assert.deepEqual(await recordsIn("osticket-attachments.csv"), [{ ...file, base64: "SG9sYQ==" }])
  const row = { attachment_id: "8", entry_id: "91", file_name: "b.png", mime_type: "image/png", path: "k/kEy" }
  assert.deepEqual(
    [...sources.osticket.records(row)],
    [{ type: "attachment", message: "91", id: "8", name: "b.png", mimeType: "image/png", path: "k/kEy" }],
  )
})

const inPieces = async (text: string, size: number) => {
  const bytes = Buffer.from(text)
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  )
  async function* chunks() {
    yield* pieces
  }
  const read = []
  for await (const one of readJsonValues(chunks()))
    read.push(one.problem === undefined ? [one.line, one.value] : [one.line, "?"])
  return read
}

test("JSON by lines, as an array and over many lines, however it is cut; a broken line is one problem", async () => {
  const tricky = { a: 'quotes " and {braces} and \\ ñ', b: [{ c: 1 }] }
  const cases: [text: string, read: unknown[]][] = [
    [
      `${JSON.stringify(tricky)}\n\n${JSON.stringify({ n: 2 })}\n`,
      [
        [1, tricky],
        [3, { n: 2 }],
      ],
    ],
    [
      `\uFEFF[\n${JSON.stringify(tricky, null, 2)},\n{"n":2}]`,
      [
        [2, tricky],
        [10, { n: 2 }],
      ],
    ],
    [
      '{"n":1}\n{"n":2\n{"n":3}\n',
      [
        [1, { n: 1 }],
        [2, "?"],
        [3, { n: 3 }],
      ],
    ],
    [
      '{"n":1}\n{"n":"open\n{"n":3}\nnothing\n',
      [
        [1, { n: 1 }],
        [2, "?"],
        [3, { n: 3 }],
        [4, "?"],
      ],
    ],
    [
      '{"n":1}\n{"n":',
      [
        [1, { n: 1 }],
        [2, "?"],
      ],
    ],
  ]
  for (const [text, expected] of cases)
    for (const size of [1, 3, 1_000]) assert.deepEqual(await inPieces(text, size), expected, `${text} by ${size}`)
})

test("docs/import.md names every field of every record, every source, and how the command is called", () => {
  const doc = readFileSync(join(import.meta.dirname, "../../../docs/import.md"), "utf8")
  for (const [type, schema] of Object.entries(schemas)) {
    const section = doc.split(`<!-- fields ${type} -->`)[1]?.split("<!--")[0] ?? ""
    const named = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)
    const fields = Object.keys(schema.shape).filter((name) => name !== "type")
    assert.deepEqual(named.toSorted(), fields.toSorted(), type)
  }
  for (const name of sourceNames.filter((one) => one !== "hilo"))
    assert.match(doc, new RegExp(`^## \`--from ${name}\``, "m"))
})

test("a time that is no text and no number is a problem of the field, and not the hour of the import without a word", async () => {
  const problems: Problem[] = []
  const value = { id: 1, subject: "Since when?", created_at: { $date: "2024-02-01" }, comments: [{ created_at: true }] }
  const values = (async function* () {
    yield { line: 1, value }
  })()
  for await (const { record } of readRecords(values, sources.zendesk, (problem) => problems.push(problem)))
    assert.equal((record as TicketRecord).createdAt, undefined)
  assert.deepEqual(
    problems.map(({ field, isRefused }) => [field, isRefused]),
    [
      ["messages.0.createdAt", false],
      ["createdAt", false],
    ],
  )
})
