import assert from "node:assert/strict"
import { test } from "node:test"
import { createCircuitBreaker } from "./circuit-breaker.ts"

const at = (seconds: number) => new Date(1_700_000_000_000 + seconds * 1_000)

test("a breaker opens after so many failures in a row, lets one try after the pause, and closes with a success", () => {
  const breaker = createCircuitBreaker({ failures: 3, pauseMs: 60_000 })
  const failed = (seconds: number) => breaker.note(true, at(seconds))
  failed(0)
  failed(1)
  breaker.note(false, at(2))
  failed(3)
  failed(4)
  assert.equal(breaker.isOpen(at(4)), false, "a success lay between them")
  failed(5)
  assert.deepEqual(
    [5, 64.999, 65].map((seconds) => breaker.isOpen(at(seconds))),
    [true, true, false],
  )
  failed(65)
  assert.equal(breaker.isOpen(at(66)), true, "the try failed")
  breaker.note(false, at(125))
  failed(126)
  assert.equal(breaker.isOpen(at(126)), false)
})

test("a clock that was set back does not keep a breaker open", () => {
  const breaker = createCircuitBreaker({ failures: 1, pauseMs: 60_000 })
  breaker.note(true, at(7_200))
  assert.equal(breaker.isOpen(at(0)), false)
})
