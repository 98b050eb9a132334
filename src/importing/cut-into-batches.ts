import type { ReadRecord } from "./reading/read-records.ts"

/**
 * So much is one transaction: some tenths of a second, for which nobody who writes to the same people waits in vain. So much is
 * held, besides the record that goes beyond it, and so many files are fetched again after a run was killed.
 */
const most = { records: 400, messages: 600, files: 300, characters: 4_000_000 }

/** Records in their order, as many at a time as one transaction writes. */
export async function* cutIntoBatches(records: AsyncIterable<ReadRecord>): AsyncGenerator<ReadRecord[]> {
  let batch: ReadRecord[] = []
  let [messages, files, characters] = [0, 0, 0]
  for await (const one of records) {
    batch.push(one)
    messages += messagesIn(one)
    files += filesIn(one)
    characters += charactersIn(one.record)
    const isSmall = batch.length < most.records && messages < most.messages
    if (isSmall && files < most.files && characters < most.characters) continue
    yield batch
    batch = []
    messages = files = characters = 0
  }
  if (batch.length > 0) yield batch
}

const messagesIn = ({ record }: ReadRecord) =>
  record.type === "ticket" ? (record.messages?.length ?? 0) : record.type === "message" ? 1 : 0

function filesIn({ record }: ReadRecord): number {
  if (record.type === "attachment") return 1
  const messages = record.type === "ticket" ? (record.messages ?? []) : record.type === "message" ? [record] : []
  return messages.reduce((sum, { attachments }) => sum + (attachments?.length ?? 0), 0)
}

/** Of all its texts, files in them too. */
function charactersIn(value: unknown): number {
  if (typeof value === "string") return value.length
  if (value === null || typeof value !== "object") return 0
  return Object.values(value).reduce<number>((sum, one) => sum + charactersIn(one), 0)
}

/** The next is read while one is worked on. */
export async function* readAhead<T>(all: AsyncIterable<T>): AsyncGenerator<T> {
  const items = all[Symbol.asyncIterator]()
  try {
    for (let next = items.next(); ;) {
      const { done, value } = await next
      if (done) return
      next = items.next()
      // Its error is for the reader, and there is none any more when the work itself failed.
      next.catch(() => {})
      yield value
    }
  } finally {
    await items.return?.()
  }
}
