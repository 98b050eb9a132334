import assert from "node:assert/strict"
import { test } from "node:test"
import { isMapLink, parseFormattedText, type Span } from "./parse-formatted-text.ts"

const said = (spans: Span[]): string =>
  spans
    .map((span) => {
      if (span.type === "text") return span.text
      if (span.type === "picture") return span.alt
      return `<${span.type}>${"inner" in span ? said(span.inner) : span.text}</>`
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
  ["mira https://x.co/a_b_c, ¿sí?", "mira <url>https://x.co/a_b_c</>, ¿sí?"],
  ["(https://x.co)", "(<url>https://x.co</>)"],
  ["https://x.example/a_(b)", "<url>https://x.example/a_(b)</>"],
  ["(https://x.example/a_(b))", "(<url>https://x.example/a_(b)</>)"],
  ["*https://x.example/n*", "<bold><url>https://x.example/n</></>"],
  ["_mira https://x.example/n_", "<italic>mira <url>https://x.example/n</></>"],
  ["«https://x.example/n».", "«<url>https://x.example/n</>»."],
  ["entra a www.x.example, ya", "entra a <url>www.x.example</>, ya"],
  ["看https://x.example/n。谢谢", "看<url>https://x.example/n</>。谢谢"],
  ["awww.x y ana@www.x https://", "awww.x y ana@www.x https://"],
  ["javascript:alert(1)", "javascript:alert(1)"],
]

for (const [text, spans] of cases)
  test(`"${text}" is read as ${spans}`, () => assert.equal(said(parseFormattedText(text, "single")), spans))

test("marks of a channel are only signs elsewhere", () =>
  assert.equal(said(parseFormattedText("*no* https://x.co", "none")), "*no* <url>https://x.co</>"))

test("an address without a scheme leads to the safe one", () =>
  assert.deepEqual(parseFormattedText("www.x.example", "none"), [
    { type: "url", href: "https://www.x.example", text: "www.x.example" },
  ]))

test("a place on the map is known by its address", () => {
  assert.equal(isMapLink("https://maps.google.com/?q=4.6097,-74.0817"), true)
  assert.equal(isMapLink("https://maps.google.com/?q=<script>"), false)
  assert.equal(isMapLink("https://evil.example/?q=4.6,-74.0"), false)
})
