import assert from "node:assert/strict"
import { test } from "node:test"
import { waitUntil } from "#test/server-process.ts"
import { type PendingRequest, createBatcher } from "./batcher.ts"

/** A batcher whose work waits until the test lets it go on. */
function slowWork(options: Partial<Parameters<typeof createBatcher<number, string>>[0]> = {}) {
  const begun: { batch: PendingRequest<number, string>[]; end: () => void }[] = []
  const ask = createBatcher<number, string>({ lanes: 1, atMost: 3, slowMs: 60_000, ...options }, async (batch) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    begun.push({ batch, end: resolve })
    await promise
    for (const { question, resolve: tell } of batch) tell(`${question}!`)
  })
  return { ask, begun, batches: () => begun.map(({ batch }) => batch.map(({ question }) => question)) }
}
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

test("who comes at once is in one batch, and who comes meanwhile in the next, the first first", async () => {
  const { ask, begun, batches } = slowWork()
  const answers = [1, 2].map(ask)
  await settled()
  answers.push(...[3, 4, 5, 6].map(ask))
  await settled()
  assert.deepEqual(batches(), [[1, 2]])
  begun[0]!.end()
  assert.deepEqual(await Promise.all(answers.slice(0, 2)), ["1!", "2!"])
  await settled()
  assert.deepEqual(batches(), [
    [1, 2],
    [3, 4, 5],
  ])
  begun[1]!.end()
  await Promise.all(answers.slice(2, 5))
  await settled()
  begun[2]!.end()
  assert.equal(await answers[5], "6!")
})

test("no more batches at once than allowed", async () => {
  const { ask, begun, batches } = slowWork({ lanes: 2, atMost: 1 })
  const answers = [1, 2, 3].map(ask)
  await settled()
  assert.deepEqual(batches(), [[1], [2]])
  for (const one of begun) one.end()
  await answers[0]
  await settled()
  assert.deepEqual(batches(), [[1], [2], [3]])
  begun[2]!.end()
  assert.deepEqual(await Promise.all(answers), ["1!", "2!", "3!"])
})

test("a batch begins beside another only when enough wait to fill it", async () => {
  const { ask, begun, batches } = slowWork({ lanes: 2, besideAt: 2, atMost: 9 })
  const answers = [ask(1)]
  await settled()
  answers.push(ask(2))
  await settled()
  assert.deepEqual(batches(), [[1]])
  answers.push(ask(3))
  await settled()
  assert.deepEqual(batches(), [[1], [2, 3]])
  answers.push(ask(4), ask(5))
  await settled()
  assert.equal(begun.length, 2)
  begun[1]!.end()
  await answers[2]
  await settled()
  assert.deepEqual(batches(), [[1], [2, 3], [4, 5]])
  for (const one of begun) one.end()
  assert.deepEqual(await Promise.all(answers), ["1!", "2!", "3!", "4!", "5!"])
})

test("what must follow what is still at work waits for it, and keeps nobody else", async () => {
  const { ask, begun, batches } = slowWork({ lanes: 2, slowMs: 1, orderBy: (question) => `${question % 10}` })
  const first = ask(1)
  await settled()
  const others = [ask(11), ask(2), ask(21)]
  await waitUntil("the next batch begins", async () => begun.length === 2)
  assert.deepEqual(batches(), [[1], [2]])
  begun[1]!.end()
  assert.equal(await others[1], "2!")
  begun[0]!.end()
  await first
  await waitUntil("what followed begins", async () => begun.length === 3)
  assert.deepEqual(batches(), [[1], [2], [11, 21]])
  begun[2]!.end()
  assert.deepEqual(await Promise.all(others), ["11!", "2!", "21!"])
})

test("a batch that takes too long lets the next one start, and is answered all the same", async () => {
  const { ask, begun } = slowWork({ atMost: 1, slowMs: 1 })
  const answers = [1, 2].map(ask)
  await waitUntil("the second begins", async () => begun.length === 2)
  begun[1]!.end()
  assert.equal(await answers[1], "2!")
  begun[0]!.end()
  assert.equal(await answers[0], "1!")
})
