import assert from "node:assert/strict"
import { test } from "node:test"
import { isMap, spansOf, type Span } from "./plain.ts"

const said = (spans: Span[]): string =>
  spans
    .map((span) => {
      if (span.type === "text") return span.text
      return `<${span.type}>${"spans" in span ? said(span.spans) : span.text}</>`
    })
    .join("")

const cases: [string, string][] = [
  ["hola", "hola"],
  ["# hola\n- uno", "# hola\n- uno"],
  ["*no* llegó", "<bold>no</> llegó"],
  ["¿es _ese_?", "¿es <italic>ese</>?"],
  ["~viejo~ `código *x*`", "<struck>viejo</> <code>código *x*</>"],
  ["*uno _dos_*", "<bold>uno <italic>dos</></>"],
  ["2*3*4 y snake_case_word", "2*3*4 y snake_case_word"],
  ["* a * b", "* a * b"],
  ["*una\nlínea*", "*una\nlínea*"],
  ["mira https://x.co/a_b_c, ¿sí?", "mira <link>https://x.co/a_b_c</>, ¿sí?"],
  ["(https://x.co)", "(<link>https://x.co</>)"],
  ["javascript:alert(1)", "javascript:alert(1)"],
]

for (const [text, spans] of cases)
  test(`"${text}" is read as ${spans}`, () => assert.equal(said(spansOf(text, { marks: true })), spans))

test("marks of WhatsApp are only signs elsewhere", () =>
  assert.equal(said(spansOf("*no* https://x.co", { marks: false })), "*no* <link>https://x.co</>"))

test("a place on the map is known by its address", () => {
  assert.equal(isMap("https://maps.google.com/?q=4.6097,-74.0817"), true)
  assert.equal(isMap("https://maps.google.com/?q=<script>"), false)
  assert.equal(isMap("https://evil.example/?q=4.6,-74.0"), false)
})
