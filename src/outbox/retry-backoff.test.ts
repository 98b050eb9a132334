import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { nextRetryDelay } from "./retry-backoff.ts"

describe("the next try", () => {
  const after = (tries: number, kind = "transient", afterMs?: number, chance = 0.999) =>
    nextRetryDelay({ tries, class: kind, afterMs, chance })
  it("comes within a second at first, then twice as late each time, never later than half an hour", () => {
    assert.deepEqual(
      [1, 2, 3, 11, 12].map((tries) => Math.ceil(after(tries)! / 1000)),
      [1, 2, 4, 1024, 1800],
    )
    assert.equal(after(13), null)
  })
  it("waits as long as the answer said", () => {
    assert.equal(after(1, "transient", 90_000), 90_000)
    assert.ok(after(1, "rate", 30_000)! >= 30_000)
  })
  it("never ends for messages that came too fast, and is one for a file", () => {
    assert.ok(after(1_000, "rate")! >= 6_000)
    assert.deepEqual([after(1, "media") !== null, after(2, "media")], [true, null])
  })
  it("is early for some and late for others, so that not all come at once", () => {
    assert.ok(after(5, "transient", undefined, 0)! < after(5)!)
  })
})
