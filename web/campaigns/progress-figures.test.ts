import assert from "node:assert/strict"
import { test } from "node:test"
import { progressShares, progressFigures } from "./progress-figures.ts"

const progress = {
  total: 50,
  waiting: 4,
  queued: 6,
  sent: 10,
  delivered: 12,
  read: 8,
  unknown: 1,
  cancelled: 2,
  failed: { undeliverable: 5, opted_out: 2 },
  replied: 3,
}

test("what was read was delivered, and what was delivered was sent", () =>
  assert.deepEqual(progressFigures(progress), {
    sent: 30,
    delivered: 20,
    read: 8,
    replied: 3,
    failed: 7,
    unknown: 1,
    cancelled: 2,
    left: 10,
  }))

test("the bar shows each shipment once", () => {
  assert.deepEqual(progressShares(progress), [
    { part: "read", percent: 16 },
    { part: "delivered", percent: 24 },
    { part: "sent", percent: 20 },
    { part: "unknown", percent: 2 },
    { part: "failed", percent: 14 },
  ])
  assert.deepEqual(progressShares({ ...progress, total: 0 }), [])
})
