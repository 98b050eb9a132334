// A message with the id of another one would be taken for that one, and its files would stand there.
import { type Database, statement } from "#kernel/db.ts"
import type { ImportedRecord } from "../imported-record-store.ts"
import type { Problem } from "../import-report.ts"
import type { ImportBatch, MessageRow } from "./batch-of-records.ts"
import { contentOf } from "./plan-messages.ts"

type ImportedRecords = ReadonlyMap<string, ImportedRecord>

const isElsewhere = (known: ImportedRecords, { key, ticketKey }: MessageRow) =>
  (known.get(key)?.parentKey ?? ticketKey) !== ticketKey

/** Of messages that were imported on another ticket the keys of those that say the same: the other system moved them since. */
export async function findMovedMessages(
  db: Database,
  batch: ImportBatch,
  known: ImportedRecords,
): Promise<Set<string>> {
  const elsewhere = batch.messages.filter((row) => isElsewhere(known, row))
  if (elsewhere.length === 0) return new Set()
  const ids = elsewhere.map(({ key }) => known.get(key)!.id)
  const stored = await db.run<{ id: string; content: string }>(
    statement("", (p) => `select id, content from messages where id = any(${p(ids)}::text[])`),
  )
  const contents = new Map(stored.map(({ id, content }) => [id, content]))
  const moved = elsewhere.filter((row) => contents.get(known.get(row.key)!.id) === contentOf(row))
  return new Set(moved.map(({ key }) => key))
}

type MessageKeys = {
  /** By key what was imported before. */
  known: ImportedRecords
  moved: ReadonlySet<string>
  /** Keys that several messages of this run had; those of the batch are added. */
  repeated: Set<string>
}

/** What is known on its own ticket, or was moved there, came with an earlier run. */
export function withoutRepeatedMessageIds(
  batch: ImportBatch,
  { known, moved, repeated }: MessageKeys,
  say: (problem: Problem) => void,
): ImportBatch {
  const firsts = new Map(batch.messages.toReversed().map((row) => [row.key, row]))
  const refused = new Set(
    batch.messages.filter(
      (row) => (isElsewhere(known, row) && !moved.has(row.key)) || !isSame(row, firsts.get(row.key)!),
    ),
  )
  for (const { line, field, key } of refused) {
    repeated.add(key)
    say({
      line,
      field: [field, "id"].filter(Boolean).join("."),
      expected: "an id that no other message has",
      isRefused: true,
    })
  }
  const messages = batch.messages.filter((row) => !refused.has(row))
  const files = batch.files.filter(({ line, message, messageKey }) => {
    if (message !== null) return !refused.has(message)
    if (repeated.has(messageKey))
      say({ line, field: "message", expected: "an id that one message alone has", isRefused: true })
    return !repeated.has(messageKey)
  })
  return { ...batch, messages, files }
}

/** A ticket may stand in an export twice. */
const isSame = (a: MessageRow, b: MessageRow) =>
  a.ticketKey === b.ticketKey && a.content === b.content && a.html === b.html
