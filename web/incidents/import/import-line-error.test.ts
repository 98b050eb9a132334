import assert from "node:assert/strict"
import { test } from "node:test"
import { importLineError } from "./import-line-error.ts"

const cases = [
  ["NÚMERO GUIA: is empty", "incident.bad.empty", "NÚMERO GUIA"],
  ["FECHA DE ÚLTIMO MOVIMIENTO: must be a date such as 31-12-2026", "incident.bad.date", "FECHA DE ÚLTIMO MOVIMIENTO"],
  ["NÚMERO GUIA: must be a tracking number, not a telephone number", "incident.bad.phone", ""],
  ["NÚMERO GUIA: must be 4 to 40 letters, digits and hyphens", "incident.bad.guia", ""],
  ["must be a spreadsheet that can be read", "incident.bad.sheet", ""],
  ["must be a list with a line for each shipment", "incident.bad.list", ""],
  ["something new", null, ""],
] as const

for (const [message, id, column] of cases) {
  test(`a line of which the server says "${message}"`, () => assert.deepEqual(importLineError(message), { id, column }))
}
