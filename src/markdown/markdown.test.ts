import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { renderMarkdown } from "#messages/index.ts"
import { fc } from "#test/fast-check-seed.ts"
import { plainTextOf, textWithMarks } from "./to-plain-text.ts"

const link = (href: string, text = href) =>
  `<a href="${href}" rel="noopener noreferrer nofollow" target="_blank">${text}</a>`

describe("what is no mark arrives as it was typed", () => {
  const asTyped = [
    "1. a\n3. b\n5. c",
    "2. a\n2. b",
    "[Referencia]: 4521",
    "Escriba <su nombre> aquí",
    "2*3*4",
    "*a* y ***b***",
    "__init__",
    "snake_case_name",
    "+ 2\n+ 1",
    "* a\n* b",
    "Saludos\n---\nAna",
    "Total\n===",
    "***",
    "~~~\nx\n~~~",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "    con sangría",
    "&amp; &#42; &lt;b&gt;",
    "<b>x</b> <!-- nada -->",
    "2 \\* 3 C:\\_temp\\_ ¯\\_(ツ)_/¯",
    "[x](/my/TKT-00001) [y](javascript:alert(1))",
    "Hola **",
    "# ",
    ">5 kg",
    "#hola",
    "#### cuatro",
    "``",
    "```\n\n```",
    "[](https://)",
    "1) a\n2) b",
    "a ** b ** c",
    "hola:**no**es",
    "a\n \t\nb",
  ]
  for (const text of asTyped) {
    test(JSON.stringify(text), () => {
      assert.equal(textWithMarks(text, "single"), text.trim())
      assert.equal(plainTextOf(text), text.trim())
      assert.equal(bare(shown(renderMarkdown(text))), bare(text))
    })
  }
})

describe("the marks of staff, in the desk, on WhatsApp and in a mail", () => {
  const cases: [markdown: string, html: string, whatsapp: string, plain: string][] = [
    ["**Listo**, ya _casi_", "<p><strong>Listo</strong>, ya <em>casi</em></p>", "*Listo*, ya _casi_", "Listo, ya casi"],
    ["~~no~~", "<p><del>no</del></p>", "~no~", "no"],
    ["**_ambos_**", "<p><strong><em>ambos</em></strong></p>", "*_ambos_*", "ambos"],
    ["**a\nb**", "<p><strong>a<br />b</strong></p>", "*a*\n*b*", "a\nb"],
    ["`x = 1` ```y```", "<p><code>x = 1</code> <code>y</code></p>", "`x = 1` `y`", "x = 1 y"],
    ["una\n\n\ndos", "<p>una</p>\n<p>dos</p>", "una\n\n\ndos", "una\n\n\ndos"],
    ["## Ya **en** negrita", "<h2>Ya <strong>en</strong> negrita</h2>", "*Ya en negrita*", "Ya en negrita"],
    ["- uno\n- **dos**", "<ul>\n<li>uno</li>\n<li><strong>dos</strong></li>\n</ul>", "- uno\n- *dos*", "- uno\n- dos"],
    ["- a\n  - b", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul></li>\n</ul>", "- a\n  - b", "- a\n  - b"],
    ["- a\n \n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "- a\n \n- b", "- a\n \n- b"],
    ["1. a\n\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>", "1. a\n\n2. b", "1. a\n\n2. b"],
    [
      "> cita\n>\n> larga",
      "<blockquote>\n<p>cita</p>\n<p>larga</p>\n</blockquote>",
      "> cita\n>\n> larga",
      "> cita\n>\n> larga",
    ],
    ["```js\na\n\nb\n```", "<pre><code>a\n\nb\n</code></pre>", "```a\n\nb```", "a\n\nb"],
    [
      "[la guía](https://a.example/x_(y))",
      `<p>${link("https://a.example/x_(y)", "la guía")}</p>`,
      "la guía (https://a.example/x_(y))",
      "la guía (https://a.example/x_(y))",
    ],
    [
      "[ana@a.example](mailto:ana@a.example)",
      `<p>${link("mailto:ana@a.example", "ana@a.example")}</p>`,
      "ana@a.example",
      "ana@a.example",
    ],
    [
      "Aquí:\n\n[1]: https://a.example/n",
      `<p>Aquí:</p>\n<p>[1]: ${link("https://a.example/n")}</p>`,
      "Aquí:\n\n[1]: https://a.example/n",
      "Aquí:\n\n[1]: https://a.example/n",
    ],
    [
      "<https://a.example>",
      `<p>&lt;${link("https://a.example")}&gt;</p>`,
      "<https://a.example>",
      "<https://a.example>",
    ],
    ["![x](/api/v1/attachments/att_1)", "<p>x</p>", "x", "x"],
    [
      "![](/api/v1/attachments/att_1)",
      "<p>![](/api/v1/attachments/att_1)</p>",
      "![](/api/v1/attachments/att_1)",
      "![](/api/v1/attachments/att_1)",
    ],
    [
      "![foto](https://a.example/f.png)",
      `<p>!${link("https://a.example/f.png", "foto")}</p>`,
      "!foto (https://a.example/f.png)",
      "!foto (https://a.example/f.png)",
    ],
  ]
  for (const [markdown, html, whatsapp, plain] of cases) {
    test(JSON.stringify(markdown), () => {
      assert.equal(renderMarkdown(markdown).trim(), html)
      assert.equal(textWithMarks(markdown, "single"), whatsapp)
      assert.equal(plainTextOf(markdown), plain)
    })
  }
})

test("a picture is shown where it is the ticket's own", () =>
  assert.equal(
    renderMarkdown("![x](/api/v1/attachments/att_1)", new Set(["att_1"])),
    '<p><img src="/api/v1/attachments/att_1" alt="x" /></p>\n',
  ))

const pieces = [
  ..."aé1 .,;:!?()[]{}<>&\"'*_~`#-+=|\\/\n\t@%$",
  "://",
  "https://a.example/",
  "1. ",
  "- ",
  "> ",
  "[a](",
  "٤",
  "📦",
  "物",
  "\r\n",
]
// Whatever begins like this may be one of the marks.
const marks = /\*\*|(?<![\p{L}\p{N}\\])_|~~|`|\]\(|^#{1,3} |^> | *- |^ *1\. /mu

test("without a mark, words, digits and signs are the same sequence in the desk and on every channel", () => {
  const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(""))
  fc.assert(
    fc.property(texts, (text) => {
      if (marks.test(text)) return
      assert.equal(textWithMarks(text, "single"), text.replaceAll(/\r\n?/g, "\n").trim())
      assert.equal(plainTextOf(text), textWithMarks(text, "single"))
      assert.equal(bare(shown(renderMarkdown(text))), bare(text))
    }),
    { numRuns: 3_000 },
  )
})

test("a text that says something is never empty anywhere, and its letters and digits are all there", () => {
  const texts = fc.array(fc.constantFrom(...pieces, "**", "~~", "```\n", "![", "att_1", "/api/v1/attachments/att_1)"), {
    maxLength: 25,
  })
  const words = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, "")
  fc.assert(
    fc.property(texts, (parts) => {
      const text = parts.join("")
      for (const said of [shown(renderMarkdown(text)), textWithMarks(text, "single"), plainTextOf(text)])
        assert.ok(text.trim() === "" || said.trim() !== "", JSON.stringify([text, said]))
      // Where a picture's address, a link's or the language of code may stand, they are not shown.
      if (/\]\(|```/.test(text) || /1\. /.test(text)) return
      assert.equal(words(shown(renderMarkdown(text))), words(text))
      assert.equal(words(textWithMarks(text, "single")), words(text))
      assert.equal(words(plainTextOf(text)), words(text))
    }),
    { numRuns: 3_000 },
  )
})

/** What a reader of the HTML sees. */
function shown(html: string): string {
  return html
    .replaceAll(/<br \/>|<\/(p|li|h\d)>/g, "\n")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
}

const bare = (text: string) => text.replaceAll(/\s+/g, "")
