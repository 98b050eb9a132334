import assert from "node:assert/strict"
import { test } from "node:test"
import { readBoardFilter, toggleFilter } from "./board-filter.ts"

test("the address gives the board its filter, and nothing it does not know", () => {
  const search = { status: "closed", trigger: "AT_OFFICE_STILL", carrier: "TCC", city: 11001, page: "2" }
  assert.deepEqual(readBoardFilter(search), {
    status: "closed",
    trigger: "AT_OFFICE_STILL",
    carrier: "TCC",
    city: "11001",
  })
  assert.deepEqual(readBoardFilter({ status: "open", carrier: "", city: ["CALI"] }), {})
})

test("a value chosen twice is taken out again, and leaves the others", () => {
  const chosen = toggleFilter({ city: "CALI" }, "carrier", "TCC")
  assert.deepEqual(chosen, { city: "CALI", carrier: "TCC" })
  assert.deepEqual(toggleFilter(chosen, "carrier", "ENVIA"), { city: "CALI", carrier: "ENVIA" })
  assert.deepEqual(toggleFilter(chosen, "carrier", "TCC"), { city: "CALI" })
  assert.deepEqual(toggleFilter(chosen, "city", undefined), { carrier: "TCC" })
})
