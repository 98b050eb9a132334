import assert from "node:assert/strict"
import { test } from "node:test"
import { fc } from "#test/fast-check-seed.ts"
import { cleanHtml, renderMarkdown } from "./render-markdown.ts"

const meant: [string, string, string][] = [
  ["bold and italics", "**b** _i_ ~~d~~", "<p><strong>b</strong> <em>i</em> <del>d</del></p>\n"],
  ["a line break is one", "a\nb", "<p>a<br />b</p>\n"],
  ["a list", "- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"],
  ["code stays as written", "`<b>`", "<p><code>&lt;b&gt;</code></p>\n"],
  [
    "a link leaves with nothing of ours",
    "[x](https://example.com/?a=1&b=2)",
    '<p><a href="https://example.com/?a=1&amp;b=2" rel="noopener noreferrer nofollow" target="_blank">x</a></p>\n',
  ],
  [
    "a mail address may be written to",
    "[Ana](mailto:ana@example.com)",
    '<p><a href="mailto:ana@example.com" rel="noopener noreferrer nofollow" target="_blank">Ana</a></p>\n',
  ],
  ["tags are text", "<u>a</u>", "<p>&lt;u&gt;a&lt;/u&gt;</p>\n"],
]

for (const [what, source, html] of meant) test(what, () => assert.equal(renderMarkdown(source), html))

const evil = [
  "<script>alert(1)</script>",
  "<scr<script>ipt>alert(1)</scr</script>ipt>",
  "<img src=x onerror=alert(1)>",
  "<img src=x onerror\t=\nalert(1) ",
  "<svg/onload=alert(1)>",
  "<svg><animate onbegin=alert(1) attributeName=x></svg>",
  "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  "<form action=https://evil.example><button>Sign in</button></form>",
  "<meta http-equiv=refresh content='0;url=https://evil.example'>",
  "<base href=https://evil.example>",
  "<style>@import 'https://evil.example'</style>",
  "<p style='background:url(javascript:alert(1))'>x</p>",
  "<a href='javascript:alert(1)'>x</a>",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](java&#10;script:alert(1))",
  "[x](&#106;avascript:alert(1))",
  "[x](\u0001javascript:alert(1))",
  "[x](javascript&colon;alert(1))",
  "[x](data:text/html;base64,PHNjcmlwdD4=)",
  "[x](vbscript:msgbox(1))",
  "[x](//evil.example)",
  "![x](javascript:alert(1))",
  '![x](https://a" onerror="alert(1))',
  "[x](<javascript:alert(1)>)",
  "<javascript:alert(1)>",
  "[x]: javascript:alert(1)\n\n[x]",
  "<details open ontoggle=alert(1)>",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
  "<!--><img src=x onerror=alert(1)>-->",
  "<![CDATA[><img src=x onerror=alert(1)>]]>",
  "<textarea><img title='</textarea><img src=x onerror=alert(1)>'>",
  "<object data=javascript:alert(1)><embed src=javascript:alert(1)>",
  "<template><script>alert(1)</script></template>",
  '<a href="https://ok.example" onclick="alert(1)" style="position:fixed" id="x" name="y">x</a>',
  "<input autofocus onfocus=alert(1)>",
  "```html\n</code></pre><script>alert(1)</script>\n```",
  "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
  "<xmp><img src=x onerror=alert(1)></xmp>",
  "<\u0000script>alert(1)</script>",
  "＜script＞alert(1)＜/script＞",
]

const tags = new Set(
  "p br strong em del code pre blockquote ul ol li a hr h1 h2 h3 h4 h5 h6 table thead tbody tr th td".split(" "),
)

/** Reads the answer as strictly as it is promised: nothing but these tags, and on links these three attributes. */
function assertHarmless(html: string, source: string) {
  const rest = html.replaceAll(
    /<(\/?)([a-z0-9]+)((?:\s+[a-z]+="[^"<>]*")*)\s*\/?>/g,
    (whole, _slash, tag: string, attributes: string) => {
      assert.ok(tags.has(tag), `${whole} of ${JSON.stringify(source)}`)
      const given = [...attributes.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, name, value]) => [name, value] as const)
      for (const [name, value] of given) {
        assert.ok(tag === "a" && ["href", "rel", "target"].includes(name!), `${whole} of ${JSON.stringify(source)}`)
        if (name === "href") assert.ok(leadsSomewhereSafe(value!), `${value} of ${JSON.stringify(source)}`)
      }
      if (tag === "a" && given.length > 0)
        assert.match(attributes, /rel="noopener noreferrer nofollow" target="_blank"/)
      return ""
    },
  )
  assert.doesNotMatch(rest, /[<>]/, `${html} of ${JSON.stringify(source)}`)
}

/** As a browser reads it: without the characters that it leaves out, a scheme is what stands before a colon. */
function leadsSomewhereSafe(href: string): boolean {
  const read = href.replaceAll("&amp;", "&").replaceAll(/[\0-\x20]/g, "")
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(read)?.[1]?.toLowerCase()
  return !/&#|&colon/i.test(href) && !/^[\\/]{2}/.test(read) && ["http", "https", "mailto"].includes(scheme!)
}

test("of stored HTML the tables stay and links that lead into the desk go", () => {
  const table = "<table><tbody><tr><td>1</td></tr></tbody></table>"
  assert.equal(cleanHtml(`${table}<a href="/my">x</a> <a href="//evil.example">y</a> <a>z</a>`), `${table}x y z`)
})

test("of stored HTML that nests deeper than Markdown does the text stays, with tags that are only read", () => {
  assert.equal(cleanHtml("<b>".repeat(2_000)), "&lt;b&gt;".repeat(2_000))
  const lines = "<p>" + "a<br />".repeat(2_000) + "</p>"
  assert.equal(cleanHtml(lines), lines)
})

test("nothing that runs, fetches, submits or dresses itself up gets through", () => {
  for (const source of evil) {
    for (const around of [
      source,
      `**${source}**`,
      `> ${source}`,
      `- ${source}`,
      `\`\`\`\n${source}`,
      `${source}${source}`,
      `a ${source}`,
    ]) {
      assertHarmless(renderMarkdown(around), around)
    }
  }
})

test("what is clean stays as it is when it is cleaned again", () => {
  for (const source of evil) {
    const once = renderMarkdown(source)
    assertHarmless(renderMarkdown(once), once)
  }
})

test("pieces of markup in any order make nothing harmful", () => {
  const pieces = fc.constantFrom(
    "<",
    ">",
    "</",
    "script",
    "img src=x ",
    "onerror=alert(1)",
    '"',
    "'",
    "[x](",
    ")",
    "javascript:",
    "`",
    "```\n",
    "\n",
    "<!--",
    "-->",
    "&#106;",
    "<svg",
    "style=",
    "a",
    "<a href=",
    " ",
    "|",
    "\\",
    "<![CDATA[",
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 25 }), (parts) =>
      assertHarmless(renderMarkdown(parts.join("")), parts.join("")),
    ),
    { numRuns: 2_000 },
  )
})

test("text made to be slow or endless comes back all the same", () => {
  const pieces = ["[", "*a ", "> ", "<b>", "`", "|", "- ", "**a", "![", "a\n", "&", "`a", "=\n", "<!--", "[a]("]
  for (const length of [10_000, 65_536]) {
    for (const piece of pieces) assertHarmless(renderMarkdown(`${piece.repeat(length / piece.length)}x`), piece)
  }
})

test("of a text of nothing but addresses the first thousand lead somewhere, and all can be read", () => {
  const html = renderMarkdown("www.example.com\n\n".repeat(1_200))
  assert.equal(html.split("<a ").length - 1, 1_000)
  assert.equal(html.split("www.example.com</").length - 1, 1_200)
})
