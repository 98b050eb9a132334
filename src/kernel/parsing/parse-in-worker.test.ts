import assert from "node:assert/strict"
import { test } from "node:test"
import { Refusal } from "../errors.ts"
import { parseInWorker } from "./parse-in-worker.ts"

const parser = (body: string) =>
  new URL(`data:text/javascript,export function* parse(input) { ${encodeURIComponent(body)} }`)
const limits = { longestMs: 60_000, heapMb: 64 }
const refusal = (detail: RegExp) => (error: unknown) =>
  error instanceof Refusal && error.kind === "too_large" && detail.test(error.message)

test("what a parser finds piece by piece arrives in order", async () =>
  assert.deepEqual(await parseInWorker(parser("yield [input, 2]; yield []; yield [3]"), 1), [1, 2, 3]))

test("a parser that needs more memory than it has is refused, and nothing else ends", async () => {
  const greedy = parser("const kept = []; for (;;) kept.push(Array(1e5).fill(kept.length))")
  await assert.rejects(parseInWorker(greedy, null, limits), refusal(/fits into memory/))
})

test("a parser that never ends is ended", async () =>
  assert.rejects(parseInWorker(parser("for (;;);"), null, { ...limits, longestMs: 50 }), refusal(/takes too long/)))

test("a parser that breaks says so, and one that exits is not waited for", async () => {
  await assert.rejects(parseInWorker(parser('throw new Error("broken")'), null), /broken/)
  await assert.rejects(parseInWorker(parser("process.exit(0)"), null), /without an answer/)
})

test("many files are read a few at a time, and more than can wait are refused for now", async () => {
  const slow = parser("for (let i = 0; i < 1e7; i++); yield [input]")
  const all = await Promise.allSettled(Array.from({ length: 40 }, (_, i) => parseInWorker<number>(slow, i)))
  const read = all.flatMap((one, i) => (one.status === "fulfilled" ? [[i, one.value[0]]] : []))
  assert.ok(read.length >= 20 && read.every(([asked, got]) => asked === got))
  for (const one of all) if (one.status === "rejected") assert.equal((one.reason as Refusal).kind, "unavailable")
})
