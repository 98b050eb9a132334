import assert from "node:assert/strict"
import { test } from "node:test"
import { mapYielding } from "./map-without-blocking-event-loop.ts"

test("a long list is mapped in order, and others have their turn meanwhile", async () => {
  let turns = 0
  const other = setInterval(() => turns++, 0)
  const spin = (n: number) => {
    const until = performance.now() + 3
    while (performance.now() < until);
    return n * 2
  }
  assert.deepEqual(
    await mapYielding(
      Array.from({ length: 30 }, (_, i) => i),
      spin,
    ),
    Array.from({ length: 30 }, (_, i) => i * 2),
  )
  clearInterval(other)
  assert.ok(turns >= 3, `${turns} turns`)
})
