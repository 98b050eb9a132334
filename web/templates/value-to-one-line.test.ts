import assert from "node:assert/strict"
import { test } from "node:test"
import { oneLine } from "./value-to-one-line.ts"

test("a value becomes one line as Meta takes it", () => {
  assert.equal(oneLine("uno\r\n\tdos"), "uno dos")
  assert.equal(oneLine("uno       dos"), "uno    dos")
  assert.equal(oneLine("uno dos "), "uno dos ")
})
