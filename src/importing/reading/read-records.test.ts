// Values of exports that are written in many ways, or by nobody in their senses. Without a database.
import assert from "node:assert/strict"
import { test } from "node:test"
import { cutIntoBatches } from "../cut-into-batches.ts"
import type { Problem } from "../import-report.ts"
import type { ImportRecord } from "../record-schemas.ts"
import { type SourceName, sources } from "../source-registry.ts"
import { type ReadRecord, readRecords } from "./read-records.ts"

async function readValues(name: SourceName, values: Record<string, unknown>[]) {
  const problems: Problem[] = []
  async function* lines() {
    for (const [i, value] of values.entries()) yield { line: i + 1, value }
  }
  const read = await Array.fromAsync(readRecords(lines(), sources[name], (problem) => problems.push(problem)))
  return {
    records: read.map(({ record }) => record),
    problems: problems.map(({ line, field, isRefused }) => [line, field, isRefused]),
  }
}

const marksIn = (records: ImportRecord[]) =>
  records.flatMap((one) =>
    one.type === "ticket" ? one.messages!.at(-1)!.isInternal : one.type === "message" ? one.isInternal : [],
  )

test("whatever a tool writes for a note or for an account that is off, it is one; where nobody can read it too, and it is said", async () => {
  const withMark: [SourceName, (mark: unknown) => Record<string, unknown>, string][] = [
    ["hilo", (mark) => ({ type: "ticket", messages: [{ content: "x", isInternal: mark }] }), "messages.0.isInternal"],
    ["hilo", (mark) => ({ type: "message", ticket: 1, content: "x", isInternal: mark }), "isInternal"],
    ["chatwoot", (mark) => ({ inbox_id: 1, messages: [{ content: "x", private: mark }] }), "messages.0.isInternal"],
    [
      "zammad",
      (mark) => ({ number: 1, title: "", articles: [{ body: "x", internal: mark }] }),
      "messages.0.isInternal",
    ],
    [
      "freshdesk",
      (mark) => ({ subject: "x", id: 1, conversations: [{ body_text: "x", private: mark }] }),
      "messages.1.isInternal",
    ],
  ]
  for (const [name, of, field] of withMark) {
    for (const mark of [true, "true", "TRUE", " Yes ", "1", 1]) {
      const { records, problems } = await readValues(name, [of(mark)])
      assert.deepEqual([marksIn(records), problems], [[true], []], `${name} ${mark}`)
    }
    const { records, problems } = await readValues(name, [of("perhaps")])
    assert.deepEqual([marksIn(records), problems], [[true], [[1, field, false]]], name)
  }
  const zendesk = (mark: unknown) => ({ id: 1, subject: "x", comments: [{ body: "x", public: mark }] })
  const { records } = await readValues("zendesk", ["FALSE", 0, "perhaps", "True"].map(zendesk))
  assert.deepEqual(marksIn(records), [true, true, true, false])
  const email = "a@example.com"
  const off: [SourceName, Record<string, unknown>][] = [
    ["hilo", { type: "user", email, isActive: "FALSE" }],
    ["chatwoot", { role: "agent", email, confirmed: "False" }],
    ["zammad", { login: "a", email, roles: ["Agent"], active: "no" }],
    ["freshdesk", { available: true, contact: { email }, deleted: "TRUE" }],
    ["zendesk", { role: "agent", email, suspended: "TRUE", active: true }],
    ["osticket", { staff_id: 1, staff_email: email, isactive: "FALSE" }],
  ]
  for (const [name, value] of off) {
    const read = await readValues(name, [value])
    assert.deepEqual(
      [read.records.map((one) => one.type === "user" && one.isActive), read.problems],
      [[false], []],
      name,
    )
  }
})

test("a value that nobody can make sense of is its line's problem, and what follows is read", async () => {
  const next = { type: "ticket", id: "next" }
  const types = await readValues("hilo", [{ type: { toString: 1 } }, { type: ["ticket"] }, next])
  assert.deepEqual(
    [types.records.map(({ id }) => id), types.problems],
    [
      ["next"],
      [
        [1, "type", true],
        [2, "type", true],
      ],
    ],
  )
  const times = await readValues(
    "chatwoot",
    [1e13, Infinity, -1e300, 1_700_000_000].map((at) => ({ inbox_id: 1, id: 1, created_at: at })),
  )
  assert.deepEqual(
    [times.records.map((one) => one.type === "ticket" && one.createdAt?.getTime()), times.problems],
    [
      [undefined, undefined, undefined, 1_700_000_000_000],
      [
        [1, "createdAt", false],
        [2, "createdAt", false],
        [3, "createdAt", false],
      ],
    ],
  )
})

test("a batch is bounded by all that its records bring: files in them, descriptions and fields too", async () => {
  const million = "x".repeat(1_000_000)
  const heavy: ImportRecord[] = [
    { type: "attachment", message: "1", base64: million },
    { type: "ticket", description: million },
    { type: "ticket", customFields: { note: million } },
    { type: "message", ticket: "1", attachments: [{ base64: million }] },
  ]
  for (const record of heavy) {
    async function* records(): AsyncGenerator<ReadRecord> {
      for (let line = 1; line <= 10; line++) yield { line, record }
    }
    const batches = await Array.fromAsync(cutIntoBatches(records()))
    assert.deepEqual(
      batches.map(({ length }) => length),
      [4, 4, 2],
      record.type,
    )
  }
})
