import assert from "node:assert/strict"
import { describe, it } from "node:test"
import fc from "fast-check"
import { whatsappMarks } from "./marks.ts"

const cases: [markdown: string, whatsapp: string][] = [
  ["hola", "hola"],
  ["", ""],
  ["**Listo**, ya _casi_", "*Listo*, ya _casi_"],
  ["***ambos***", "_*ambos*_"],
  ["~~no~~", "~no~"],
  ["`x = 1`", "`x = 1`"],
  ["una\ndos", "una\ndos"],
  ["una\n\ndos", "una\n\ndos"],
  ["# Título", "*Título*"],
  ["## Ya **en** negrita", "*Ya en negrita*"],
  ["- uno\n- **dos**", "- uno\n- *dos*"],
  ["3. tres\n4. cuatro", "3. tres\n4. cuatro"],
  ["- a\n  - b", "- a\n  - b"],
  ["- [x] hecho\n- [ ] falta", "- ☑ hecho\n- ☐ falta"],
  ["> cita\n> larga", "> cita\n> larga"],
  ["```js\nlet a\nlet b\n```", "```let a\nlet b```"],
  ["[la guía](https://a.example/x)", "la guía (https://a.example/x)"],
  ["https://a.example/x?y=1&z=2", "https://a.example/x?y=1&z=2"],
  ["<https://a.example>", "https://a.example"],
  ["[ana@a.example](mailto:ana@a.example)", "ana@a.example"],
  ["![foto](https://a.example/f.png)", "foto (https://a.example/f.png)"],
  ["| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n1 | 2"],
  ["antes\n\n---\n\ndespués", "antes\n\n———\n\ndespués"],
  ["2 \\* 3", "2 * 3"],
  ["a < b && c > d", "a < b && c > d"],
  ["AT&amp;T", "AT&T"],
  ["<b>x</b>", "<b>x</b>"],
  ["snake_case_name", "snake_case_name"],
  ["📦 **₡1.500**", "📦 *₡1.500*"],
]

describe("Markdown as WhatsApp's marks", () => {
  for (const [from, to] of cases) it(JSON.stringify(from), () => assert.equal(whatsappMarks(from), to))
  it("any text ends with a text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => typeof whatsappMarks(text) === "string"))
  })
})
