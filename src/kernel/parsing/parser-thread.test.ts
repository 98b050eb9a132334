import assert from "node:assert/strict"
import { test } from "node:test"
import { openParserThread } from "./parser-thread.ts"

const body = `
  if (input === "loop") for (;;);
  if (input === "wait") await new Promise(() => {});
  if (input === "grow") { const kept = []; for (;;) kept.push(Array(1e5).fill(kept.length)) }
  if (input === "throw") throw new Error("broken");
  if (input === "exit") process.exit(0);
  const bytes = new Uint8Array([input.length]);
  return { output: { input, bytes }, transfer: [bytes.buffer] };`
const module = new URL(`data:text/javascript,export async function parse(input) { ${encodeURIComponent(body)} }`)

test("an input that ends the thread fails alone, and the next one is parsed", async () => {
  const limits = { longestCpuMs: 300, longestMs: 60_000, heapMb: 64, idleMs: 60_000 }
  const thread = openParserThread<string, { input: string; bytes: Uint8Array }>({ module, ...limits })
  const because = async (input: string) => {
    const outcome = await thread.parse(input)
    return outcome.state === "failed" ? outcome.because : outcome.state
  }
  try {
    const inputs = ["a", "loop", "bb", "grow", "throw", "ccc", "exit", "d"]
    assert.deepEqual(await Promise.all(inputs.map(because)), [
      "parsed",
      "too_slow",
      "parsed",
      "too_large",
      "broken",
      "parsed",
      "broken",
      "parsed",
    ])
    const last = await thread.parse("four")
    assert.deepEqual(last, { state: "parsed", output: { input: "four", bytes: new Uint8Array([4]) } })
  } finally {
    await thread.close()
  }
})

test("what waits without an end is ended by the clock", async () => {
  const limits = { longestCpuMs: 60_000, longestMs: 300, heapMb: 64, idleMs: 60_000 }
  const thread = openParserThread<string, unknown>({ module, ...limits })
  try {
    assert.deepEqual(await thread.parse("wait"), { state: "failed", because: "too_slow" })
  } finally {
    await thread.close()
  }
})
