import assert from "node:assert/strict"
import { test } from "node:test"
import type { Evidence } from "./agreement-queries.ts"
import { evidenceRows } from "./evidence-rows.ts"

const evidence = (at: string, system: string, cycle: number | null): Evidence => {
  return { at, saidAt: null, system, said: "closed", source: "hook", cycle, details: {} }
}
const rowsOf = (...all: Evidence[]) =>
  evidenceRows(all, { timezone: "America/Bogota" }).map((row) =>
    row.type === "evidence" ? row.side : row.type === "cycle" ? `cycle ${row.cycle}` : row.at.slice(0, 10),
  )

test("who said it has a side of the line, and what Hilo did stands between them", () => {
  const at = "2026-11-30T12:00:00.000Z"
  const rows = rowsOf(evidence(at, "gestionreal", null), evidence(at, "splynx", 1), evidence(at, "hilo", 1))
  assert.deepEqual(rows, ["2026-11-30", "record", "work", "hilo"])
})

test("a day begins where the reader is, and a cycle but the first where something counts for it", () => {
  const rows = rowsOf(
    evidence("2026-11-30T12:00:00.000Z", "splynx", 1),
    evidence("2026-12-01T04:59:00.000Z", "hilo", 2),
    evidence("2026-12-01T05:00:00.000Z", "gestionreal", null),
    evidence("2026-12-01T05:01:00.000Z", "hilo", 2),
  )
  assert.deepEqual(rows, ["2026-11-30", "work", "cycle 2", "hilo", "2026-12-01", "record", "hilo"])
})
