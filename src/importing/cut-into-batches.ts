import type { ReadRecord } from "./reading/read-records.ts"

/** So much is one transaction: some tenths of a second, for which nobody who writes to the same people waits in vain. */
const most = { records: 400, messages: 600, characters: 4_000_000 }

/** Records in their order, as many at a time as one transaction writes. */
export async function* cutIntoBatches(records: AsyncIterable<ReadRecord>): AsyncGenerator<ReadRecord[]> {
  let batch: ReadRecord[] = []
  let [messages, characters] = [0, 0]
  for await (const one of records) {
    batch.push(one)
    const said = messagesOf(one)
    messages += said.length
    for (const { content, html } of said) characters += (content?.length ?? 0) + (html?.length ?? 0)
    if (batch.length < most.records && messages < most.messages && characters < most.characters) continue
    yield batch
    batch = []
    messages = characters = 0
  }
  if (batch.length > 0) yield batch
}

const messagesOf = ({ record }: ReadRecord) =>
  record.type === "ticket" ? (record.messages ?? []) : record.type === "message" ? [record] : []

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
