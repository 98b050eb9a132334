// A message with the id of another one would be taken for that one, and its files would stand there.
import type { Problem } from "../import-report.ts"
import type { ImportBatch, MessageRow } from "./batch-of-records.ts"

/** What is known on a ticket that is known came with an earlier run. `known`: keys of what was imported before. */
export function withoutRepeatedMessageIds(
  batch: ImportBatch,
  known: ReadonlyMap<string, unknown>,
  say: (problem: Problem) => void,
): ImportBatch {
  const firsts = new Map(batch.messages.toReversed().map((row) => [row.key, row]))
  const made = new Set(batch.tickets.map(({ key }) => key).filter((key) => !known.has(key)))
  const refused = new Set(
    batch.messages.filter((row) => {
      const isKnownElsewhere = known.has(row.key) && made.has(row.ticketKey)
      return isKnownElsewhere || !isSame(row, firsts.get(row.key)!)
    }),
  )
  if (refused.size === 0) return batch
  for (const { line, field } of refused)
    say({
      line,
      field: [field, "id"].filter(Boolean).join("."),
      expected: "an id that no other message has",
      isRefused: true,
    })
  const messages = batch.messages.filter((row) => !refused.has(row))
  const repeated = new Set([...refused].map(({ key }) => key))
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
