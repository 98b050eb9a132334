import assert from "node:assert/strict"
import { test } from "node:test"
import { type Facts, scoreOf } from "./score-stuck-shipment.ts"

const now = new Date("2026-11-22T12:00:00Z")
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const nobody = { cities: new Set<string>(), carriers: new Set<string>() }
const facts: Facts = {
  movedAt: ago(0),
  canonical: "PROCESSING",
  isFinal: false,
  novedad: null,
  carrier: "TCC",
  city: "CALI",
}
const rows: [what: string, change: Partial<Facts>, total: number, level: string][] = [
  ["moved just now", {}, 5, "LOW"],
  ["23 hours", { movedAt: ago(23.99) }, 5, "LOW"],
  ["24 hours", { movedAt: ago(24) }, 15, "LOW"],
  ["48 hours", { movedAt: ago(48) }, 30, "LOW"],
  ["72 hours", { movedAt: ago(72) }, 40, "MEDIUM"],
  ["120 hours", { movedAt: ago(120) }, 55, "MEDIUM"],
  ["nobody knows when", { movedAt: null }, 30, "LOW"],
  ["an issue", { canonical: "ISSUE" }, 25, "LOW"],
  ["on its way back", { canonical: "RETURNED" }, 25, "LOW"],
  ["at the office", { canonical: "IN_OFFICE" }, 20, "LOW"],
  ["under way", { canonical: "IN_TRANSIT" }, 10, "LOW"],
  ["out for delivery", { canonical: "OUT_FOR_DELIVERY" }, 10, "LOW"],
  ["a novedad", { novedad: "DIRECCION ERRADA" }, 20, "LOW"],
  ["an empty novedad", { novedad: "  " }, 5, "LOW"],
  ["70 is high", { movedAt: ago(120), canonical: "IN_OFFICE" }, 70, "HIGH"],
  ["as bad as it gets", { movedAt: ago(200), canonical: "ISSUE", novedad: "X" }, 90, "HIGH"],
  ["over is over", { movedAt: ago(200), canonical: "DELIVERED", isFinal: true }, 0, "LOW"],
]
for (const [what, change, total, level] of rows) {
  test(`score: ${what}`, () => {
    const score = scoreOf({ ...facts, ...change }, nobody, now)
    assert.deepEqual([score.total, score.level], [total, level])
    assert.equal(
      score.parts.reduce((sum, { points }) => sum + points, 0),
      total,
    )
  })
}

test("a risky city and a risky carrier add five each, folded", () => {
  const risk = { cities: new Set(["CALI"]), carriers: new Set(["TCC"]) }
  assert.equal(scoreOf(facts, risk, now).total, 15)
})
