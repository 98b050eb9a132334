import assert from "node:assert/strict"
import { test } from "node:test"
import { foldHtml } from "./fold-html.ts"
import { mailFrame, withFileKeys } from "./mail-frame.ts"
import { safeStyle } from "./safe-styles.ts"
import { sanitizeMailHtml } from "./sanitize-mail-html.ts"

const noFiles = () => null
const clean = (html: string) => sanitizeMailHtml(html, noFiles)

test("nothing of a mail runs, is posted, leads into the desk or is fetched by itself", () => {
  const hostile = [
    "<script>alert(1)</script>x",
    "<img src=x onerror=alert(1)>x",
    "<svg><script>alert(1)</script></svg>x",
    "x<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>x",
    "<form action='https://x.example'><input name=a><button>x</button></form>",
    "<meta http-equiv=refresh content='0;url=https://x.example'>x",
    "<base href='https://x.example/'><a href='/api/v1/me'>x</a>",
    "<a href='javascript:alert(1)'>x</a><a href='data:text/html,x'>x</a><a href='vbscript:x'>x</a>",
    "<div style='background:url(https://x.example/p)' onclick=alert(1)>x</div>",
    "<link rel=stylesheet href=https://x.example/s.css><style>@import 'https://x.example'</style>x",
    "<img srcset='https://x.example/a 2x'><video src=https://x.example/v poster=https://x.example/p></video>x",
    "<table background='https://x.example/b'><tr><td background=https://x.example/c>x</td></tr></table>",
    "<img src='data:image/svg+xml;base64,PHN2Zz4='><object data=https://x.example></object>x",
    "<input type=image src=https://x.example/i><embed src=https://x.example/e>x",
  ]
  for (const html of hostile) {
    const shown = clean(html)
    assert.doesNotMatch(
      shown,
      /script|onerror|onclick|form|<input|iframe|<meta|<base|<link|url\(|srcset|background=/i,
      html,
    )
    assert.doesNotMatch(shown, /(?:src|href|poster|data)="(?!https?:)/i, html)
    assert.match(shown, /x/, html)
  }
})

test("an image of another server waits for its reader, and one of the mail is found by its id or its name", async () => {
  const find = (reference: string) => (["cid:logo@x", "tapa.png"].includes(reference) ? 3 : null)
  const html = withFileKeys(
    sanitizeMailHtml(
      '<img src="cid:logo@x" width=10><img src="tapa.png"><img src="https://x.example/p?a=1&amp;b=2" alt="p"><img src="gone.png" alt="Foto">',
      find,
    ),
    ["", "", "", "key"],
  )
  const show = (showRemoteImages: boolean) =>
    mailFrame({
      html,
      text: "",
      fileUrl: (key) => (key === "key" ? "/api/v1/attachments/att_1" : null),
      showRemoteImages,
    })
  const held = await show(false)
  assert.equal(held.document.match(/<img src="\/api\/v1\/attachments\/att_1"/g)?.length, 2)
  assert.doesNotMatch(held.document, /src="http/)
  assert.match(held.document, /Foto/)
  assert.match(held.policy, /^sandbox [^;]*; default-src 'none'; img-src 'self' data:;/)
  assert.doesNotMatch(held.policy, /allow-scripts|allow-forms|allow-top/)
  assert.match((await show(true)).document, /<img src="https:\/\/x\.example\/p\?a=1&amp;b=2"/)
})

test("HTML that takes more than it may is shown as its text, and holds nobody up", async () => {
  const html = "<b>x</b>".repeat(2_000_000)
  const { document } = await mailFrame({ html, text: "a < b", fileUrl: noFiles, showRemoteImages: false })
  assert.match(document, /<body><pre>a &lt; b<\/pre><\/body>/)
})

test("a link says where it leads, whatever its words say", () => {
  const html = clean('<a href="https://evil.example/">https://bank.example</a>')
  assert.match(html, /title="https:\/\/evil\.example\/"/)
  assert.match(html, /rel="noopener noreferrer nofollow" target="_blank"/)
})

test("of styles stays what words and tables look like", () => {
  const cases: [given: string, kept: string][] = [
    ["color:#333; font-size: 12pt; position:fixed; top:0", "color:#333;font-size:12pt"],
    ["background:url(x)", ""],
    ["background:#fff", "background-color:#fff"],
    ["background-color:rgba(1, 2, 3, .5);width:expression(alert(1))", "background-color:rgba(1, 2, 3, .5)"],
    ["color:red;margin-top:-900px;display:none", "color:red"],
    ["font-family:\\75rl(x);border:1px solid #ccc", "border:1px solid #ccc"],
    [
      "padding:3.0pt 0cm 0cm 0cm;border-top:solid #E1E1E1 1.0pt",
      "padding:3.0pt 0cm 0cm 0cm;border-top:solid #E1E1E1 1.0pt",
    ],
  ]
  for (const [given, kept] of cases) assert.equal(safeStyle(given), kept, given)
})

test("HTML is folded where mail programs quote, with the border around it, and nothing of it is lost", () => {
  const quoted = "Reinicie la caja 2."
  const cases = [
    `<div dir="ltr">Listo.</div><br><div class="gmail_quote"><div class="gmail_attr">El mié, 3 dic 2025 a las 10:15, Mesa (&lt;s@example.org&gt;) escribió:<br></div><blockquote class="gmail_quote" style="border-left:1px solid">${quoted}</blockquote></div>`,
    `<p class="MsoNormal">Listo.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>De:</b> Mesa<br><b>Enviado el:</b> hoy<br><b>Para:</b> Ana<br><b>Asunto:</b> Caja</p></div><p>${quoted}</p>`,
    `Listo.<br><hr id="stopSpelling">Date: hoy<br>Subject: Caja<br>From: s@example.org<br>To: a@example.org<br><br><div>${quoted}</div>`,
    `Listo.<div class="yahoo_quoted"><div>El jueves, Mesa escribió:</div><div>${quoted}</div></div>`,
    `<div>Listo.</div><div class="protonmail_quote">On Wednesday, Mesa wrote:<blockquote>${quoted}</blockquote></div>`,
    `<table><tr><td>Listo.</td></tr></table><div class="x_hilo_message"><p>${quoted}</p></div>`,
    `<p>Listo.<br>26.06.2014, 14:41, "Mesa" &lt;<a href="mailto:s@example.org">s@example.org</a>&gt;:</p><blockquote>${quoted}</blockquote>`,
    `Listo.<div class="gmail_signature">Ana<br>Tel. 555</div><blockquote type="cite">${quoted}</blockquote>`,
  ]
  for (const html of cases) {
    const folded = foldHtml(clean(html), { isReply: true, isForward: false })
    const hidden = folded.html.slice(folded.html.indexOf("data-folded"))
    assert.ok(folded.isFolded && hidden.includes(quoted), html)
    assert.ok(
      !folded.html.slice(folded.html.indexOf("Listo."), folded.html.indexOf("data-folded")).includes("Mesa"),
      html,
    )
    assert.equal(folded.html.match(/Listo\./g)?.length, 1, html)
    const kept = foldHtml(clean(`${html}<p>Y algo nuevo.</p>`), { isReply: true, isForward: true })
    assert.ok(!kept.isFolded && kept.html.includes(quoted), html)
  }
})

test("an indented paragraph is no quote, and answers between quotes stay in sight", () => {
  const indented = 'Pasos:<blockquote style="margin:0 0 0 40px;border:none;padding:0px">Reinicie</blockquote>'
  const between = "<blockquote>¿Uno?</blockquote><p>Sí.</p><blockquote>¿Dos?</blockquote>"
  for (const html of [indented, between])
    assert.equal(foldHtml(clean(html), { isReply: true, isForward: false }).isFolded, false, html)
})
