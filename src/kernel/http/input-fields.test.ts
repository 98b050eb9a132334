import assert from "node:assert/strict"
import { test } from "node:test"
import { oneLine } from "./input-fields.ts"

const ends = ["\n", "\r", "\r\n", "\u2028", "\u2029", "\u0085", "\v", "\f", "\t", "\u0000", "\u001B"]

for (const end of ends)
  test(`a name with ${JSON.stringify(end)} inside is one line`, () =>
    assert.equal(oneLine(100, 1).parse(`${end}Bob${end}${end}=cmd${end}`), end === "\u0000" ? "Bob=cmd" : "Bob =cmd"))

test("nothing but line ends is no name, and a long one is refused by its length", () => {
  assert.equal(oneLine(100, 1).safeParse("\n\u2028 ").success, false)
  assert.equal(oneLine(3).safeParse("cuatro").success, false)
  assert.equal(oneLine(3).parse(""), "")
})
