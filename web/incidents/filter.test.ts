import assert from "node:assert/strict"
import { test } from "node:test"
import { readBoard, toggled } from "./filter.ts"

test("the address gives the board its filter, and nothing it does not know", () => {
  const search = { status: "closed", trigger: "AT_OFFICE_STILL", carrier: "TCC", city: 11001, page: "2" }
  assert.deepEqual(readBoard(search), { status: "closed", trigger: "AT_OFFICE_STILL", carrier: "TCC", city: "11001" })
  assert.deepEqual(readBoard({ status: "open", carrier: "", city: ["CALI"] }), {})
})

test("a value chosen twice is taken out again, and leaves the others", () => {
  const chosen = toggled({ city: "CALI" }, "carrier", "TCC")
  assert.deepEqual(chosen, { city: "CALI", carrier: "TCC" })
  assert.deepEqual(toggled(chosen, "carrier", "ENVIA"), { city: "CALI", carrier: "ENVIA" })
  assert.deepEqual(toggled(chosen, "carrier", "TCC"), { city: "CALI" })
  assert.deepEqual(toggled(chosen, "city", undefined), { carrier: "TCC" })
})
