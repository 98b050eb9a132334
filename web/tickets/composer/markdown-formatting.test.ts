import assert from "node:assert/strict"
import { test } from "node:test"
import { applyFormat, type Format } from "./markdown-formatting.ts"

// ⟦ and ⟧ mark the selection.
const read = (written: string) => ({
  text: written.replace(/[⟦⟧]/g, ""),
  from: written.indexOf("⟦"),
  to: written.indexOf("⟧") - 1,
})
const write = ({ text, from, to }: ReturnType<typeof read>) =>
  `${text.slice(0, from)}⟦${text.slice(from, to)}⟧${text.slice(to)}`

const cases: [Format, string, string][] = [
  ["bold", "hola ⟦mundo⟧", "hola **⟦mundo⟧**"],
  ["bold", "hola **⟦mundo⟧**", "hola ⟦mundo⟧"],
  ["bold", "⟦⟧", "**⟦⟧**"],
  ["italic", "a ⟦b⟧ c", "a _⟦b⟧_ c"],
  ["code", "⟦x⟧", "`⟦x⟧`"],
  ["link", "ver ⟦guía⟧", "ver [guía](https://⟦⟧)"],
  ["link", "⟦⟧", "[⟦⟧](https://)"],
  ["list", "⟦uno\ndos⟧", "- uno\n- dos⟦⟧"],
  ["list", "⟦- uno\n- dos⟧", "uno\ndos⟦⟧"],
  ["quote", "antes\nuna ⟦línea⟧", "antes\n> una línea⟦⟧"],
]

for (const [format, before, after] of cases)
  test(`${format}: ${JSON.stringify(before)} becomes ${JSON.stringify(after)}`, () =>
    assert.equal(write(applyFormat(read(before), format)), after))
