import assert from "node:assert/strict"
import { test } from "node:test"
import { renderMarkdown } from "#messages/index.ts"
import { asMarkdown, fillPlaceholders, unknownVariables, type Values } from "./fill-placeholders.ts"

const values: Values = {
  "contact.name": "Carla Gómez",
  "contact.firstName": "Carla",
  "ticket.number": "TKT-00042",
  "ticket.subject": "No llegó mi pedido (2)",
  "team.name": null,
  "agent.name": "Ana",
  "agent.firstName": "Ana",
}

test("placeholders become values, and ordinary values stay readable", () => {
  const text = "Hola, {{contact.firstName}}: {{ ticket.number }}, {{ticket.subject}}."
  assert.deepEqual(fillPlaceholders(text, values), {
    content: "Hola, Carla: TKT-00042, No llegó mi pedido (2).",
    unresolved: [],
  })
})

test("what has no value stays as it is written and is named once", () => {
  const { content, unresolved } = fillPlaceholders("{{team.name}} y {{ team.name }}, {{contact.name}}", values)
  assert.equal(content, "{{team.name}} y {{ team.name }}, Carla Gómez")
  assert.deepEqual(unresolved, ["team.name"])
})

test("nothing but the listed names is a variable", () => {
  const text = "{{contact.name}} {{1+1}} {{constructor}} {{contact.password}} {{}}"
  assert.deepEqual(unknownVariables(text), ["1+1", "constructor", "contact.password", ""])
  assert.deepEqual(fillPlaceholders("{{constructor}} {{__proto__}}", values).unresolved, ["constructor", "__proto__"])
})

test("a value brings no placeholder along", () => {
  const { content, unresolved } = fillPlaceholders("{{contact.name}}", { ...values, "contact.name": "{{agent.name}}" })
  assert.deepEqual([content, unresolved], ["{\u2060{\u2060agent.name}\u2060}\u2060", []])
})

const nasty = [
  "**bold** _it_ ~~x~~ `code` a*b*c",
  "[click](javascript:alert(1))",
  "![x](https://example.com/a.png)",
  "<img src=x onerror=alert(1)>",
  "<https://example.com>",
  "https://example.com www.example.com mail@example.com",
  "# heading",
  "- item",
  "+ item",
  "1. item",
  "7) item",
  "> quote",
  "===",
  "---",
  "a | b",
  "&lt;b&gt; &#42;",
  "\\*x\\* C:\\temp\\",
  "{{agent.name}} {x}",
  "```js",
  "[ ] task",
  "Ana & Bruno, 2 < 3",
]

test("whatever a value says, Markdown shows it as that text and nothing else", () => {
  for (const text of nasty) {
    const html = renderMarkdown(asMarkdown(text))
    const shown = html
      .replace(/^<p>|<\/p>\n?$/g, "")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&")
    assert.equal(shown, text, html)
  }
  assert.equal(asMarkdown("Carla\n\n# Gómez\u0007"), "Carla # Gómez ".trimEnd() + " ")
})
