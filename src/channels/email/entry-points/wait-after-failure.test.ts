import assert from "node:assert/strict"
import { test } from "node:test"
import { waitAfterFailure } from "./wait-after-failure.ts"

test("waits grow from five seconds to ten minutes, a refused password has half an hour, and servers get what they ask for", () => {
  const seconds = (kind: "unreachable" | "login" | "throttled", failures: number, chance = 0, waitMs?: number) =>
    waitAfterFailure({ kind, ...(waitMs !== undefined && { waitMs }) }, failures, chance) / 1_000
  assert.deepEqual(
    [1, 2, 3, 8, 1_000].map((failures) => seconds("unreachable", failures)),
    [5, 10, 20, 600, 600],
  )
  assert.deepEqual([seconds("login", 1), seconds("login", 2)], [5, 1_800])
  assert.deepEqual([seconds("unreachable", 1, 1), seconds("throttled", 1, 0, 300_000)], [6.25, 300])
  assert.deepEqual([seconds("throttled", 1, 0, 1), seconds("throttled", 1, 0, 1e12)], [5, 86_400])
})
