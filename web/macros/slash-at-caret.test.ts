import assert from "node:assert/strict"
import { test } from "node:test"
import { slashAt, withoutSlash } from "./slash-at-caret.ts"

const queries: [text: string, typed: string | undefined][] = [
  ["/", ""],
  ["/sal", "sal"],
  ["Hola\n/no llegó", "no llegó"],
  ["Hola /", ""],
  ["y/o", undefined],
  ["24 / 7", undefined],
  ["https://hilo.example/a", undefined],
  ["/a/b", undefined],
  ["/sal\n", undefined],
  [`/${"a".repeat(41)}`, undefined],
]

for (const [text, typed] of queries)
  test(`${JSON.stringify(text)} looks for ${typed === undefined ? "nothing" : JSON.stringify(typed)}`, () =>
    assert.equal(slashAt(text, text.length)?.text, typed))

test("only what stands before the caret counts", () => {
  assert.deepEqual(slashAt("/sal y más", 4), { from: 0, text: "sal" })
})

test("what was typed to find something is taken out", () => {
  assert.equal(withoutSlash("Hola /sal y más", { from: 5, text: "sal" }), "Hola  y más")
})
