// A message with the id of another one would be taken for that one, and its files would stand there.
import type { ImportedRecord } from "../imported-record-store.ts"
import type { Problem } from "../import-report.ts"
import type { ImportBatch, MessageRow } from "./batch-of-records.ts"

/**
 * What is known on its own ticket came with an earlier run. `known`: by key what was imported before. `repeated`: keys that several
 * messages of this run had; those of the batch are added.
 */
export function withoutRepeatedMessageIds(
  batch: ImportBatch,
  known: ReadonlyMap<string, ImportedRecord>,
  repeated: Set<string>,
  say: (problem: Problem) => void,
): ImportBatch {
  const firsts = new Map(batch.messages.toReversed().map((row) => [row.key, row]))
  const refused = new Set(
    batch.messages.filter((row) => {
      const parentKey = known.get(row.key)?.parentKey ?? row.ticketKey
      return parentKey !== row.ticketKey || !isSame(row, firsts.get(row.key)!)
    }),
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
