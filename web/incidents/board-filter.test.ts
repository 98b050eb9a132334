import assert from "node:assert/strict"
import { test } from "node:test"
import { boardQuery, readBoardFilter, toggleFilter } from "./board-filter.ts"

test("the address gives the board its filter, and nothing it does not know", () => {
  const search = { status: "closed", trigger: "AT_OFFICE_STILL", carrier: "TCC", city: 11001, page: "2" }
  assert.deepEqual(readBoardFilter(search), {
    status: "closed",
    trigger: "AT_OFFICE_STILL",
    carrier: "TCC",
    city: "11001",
  })
  assert.deepEqual(readBoardFilter({ status: "open", carrier: "", city: ["CALI"], failureCode: "x" }), {})
  const narrow = { q: "7007", status: "active", assignedTo: "me", failureCode: 131030 }
  assert.deepEqual(readBoardFilter(narrow), { ...narrow, failureCode: "131030" })
})

test("a value chosen twice is taken out again, and leaves the others", () => {
  const chosen = toggleFilter({ city: "CALI" }, "carrier", "TCC")
  assert.deepEqual(chosen, { city: "CALI", carrier: "TCC" })
  assert.deepEqual(toggleFilter(chosen, "carrier", "ENVIA"), { city: "CALI", carrier: "ENVIA" })
  assert.deepEqual(toggleFilter(chosen, "carrier", "TCC"), { city: "CALI" })
  assert.deepEqual(toggleFilter(chosen, "city", undefined), { carrier: "TCC" })
})

test("the server is asked for the active ones by name alone where a search finds all", () => {
  assert.deepEqual(boardQuery({ city: "CALI" }), { city: "CALI" })
  assert.deepEqual(boardQuery({ q: "7007", status: "active" }), { q: "7007", status: ["open", "in_progress"] })
  assert.deepEqual(boardQuery({ status: "closed" }), { status: "closed" })
})
