// A mail in the thread: its HTML looks as it was written, runs nothing and fetches nothing until somebody asks, and what is quoted is
// one click away.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { parseMail } from "#channels/email/message/parse-mail.ts"
import { createConnection } from "#connections/index.ts"
import { mailOfMessage as en } from "#texts/en/ticket/mail-of-message.ts"
import { mailOfMessage as es } from "#texts/es/ticket/mail-of-message.ts"
import { startApp } from "../start-app.ts"
import { axe, browser } from "../browsers/chromium-and-axe.ts"
import { inviteAndSignIn, signIn } from "../browsers/sign-in-as-staff.ts"
import { acting, member } from "../desks/test-desk.ts"

const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })

let mails = 0

const hostile = `<base href="https://remote.example/"><meta http-equiv="refresh" content="0;url=https://remote.example/">
<style>@import "https://remote.example/s.css"; p{background:url(https://remote.example/b)}</style>
<p onclick="document.title='ran'" style="color:#336699;width:900px;background:url(https://remote.example/c)">Señal caída en la calle 9</p>
<table width="700" border="1"><tr><td>Cliente</td><td>Nogales &amp; Cía.</td></tr></table>
<script>document.title='ran'</script><img src=x onerror="document.title='ran'"><svg onload="document.title='ran'"></svg>
<img src="https://remote.example/pixel.png" width="1" height="1"><iframe src="javascript:parent.document.title='ran'"></iframe>
<form action="https://remote.example/"><input name="a"></form><a href="javascript:document.title='ran'">no</a>
<a href="https://example.com/factura">Ver factura</a>
<blockquote>Lo que ya estaba dicho</blockquote>`

async function receive(html: string, more: { stranger?: boolean } = {}) {
  const connectionId = await acting(hilo, (act) =>
    createConnection(act, hilo.secrets, { kind: "api", name: `Correo ${mails}` }),
  )
  const raw = `From: Carla <carla@example.org>\nIn-Reply-To: <a@x.example>\nContent-Type: text/html; charset=utf-8\n\n${html}`
  const mail = await parseMail(new Uint8Array(Buffer.from(raw)), { authservId: null })
  const { body } = await key.call("POST", `/connections/${connectionId}/messages`, {
    externalId: `mail-${++mails}`,
    contact: { id: "carla@example.org", name: "Carla" },
    text: mail.text,
  })
  const { ticket, message } = body as { ticket: { number: string }; message: { id: string } }
  const threadId = `mth_${mails}`
  await hilo.db.pool.query("insert into mail_threads (id, connection_id, created_at) values ($1, $2, now())", [
    threadId,
    connectionId,
  ])
  await hilo.db.pool.query(
    `insert into message_mails (message_id, thread_id, mail_id, subject, sender, reply_to, recipients, in_reply_to, reference_ids,
        writer_role, automatic, auth, claims_to_be_us, html, folded_from, quoted_from, raw_sha256)
      values ($1, $2, 'x@y', 'Sin luz', '{"name":"Carla","address":"carla@example.org"}', '[]',
        '[{"role":"to","name":"Mesa de ayuda","address":"soporte@example.com"},
          {"role":"cc","name":"","address":"una.direccion.muy.larga.de.una.colega@arrayanes.example.org"}]',
        '{}', '{}', $3, 'no', 'unknown', false, $4, null, 0, null)`,
    [message.id, threadId, more.stranger ? "stranger" : "requester", mail.html],
  )
  return ticket.number
}

const frameOf = (page: Page) => page.frameLocator("article iframe")

test("a hostile mail runs nothing and asks nobody for anything, and its words are there", async () => {
  const number = await receive(hostile)
  const { email } = await inviteAndSignIn(hilo)
  // With the policies that its server sends.
  const context = await (await browser()).newContext({ viewport: { width: 1440, height: 900 } })
  await signIn(hilo, context, email)
  const page = await context.newPage()
  const asked: string[] = []
  await context.route("https://remote.example/**", (route) => {
    asked.push(route.request().url())
    return route.abort()
  })
  await page.goto(`${hilo.url}/tickets/${number}`)
  const frame = frameOf(page)
  await frame.getByText("Señal caída en la calle 9").click()
  await frame.getByText("Ver factura").waitFor()
  assert.deepEqual(asked, [])
  assert.doesNotMatch(await page.title(), /ran/)
  assert.equal(await frame.getByText("Lo que ya estaba dicho").isVisible(), false)
  await page.getByRole("button", { name: en["mail.showFolded"] }).press("Enter")
  await frame.getByText("Lo que ya estaba dicho").waitFor()
  const asking = page.waitForRequest("https://remote.example/pixel.png")
  await page.getByRole("button", { name: en["mail.showImages"] }).click()
  await asking
  await page.getByRole("button", { name: en["mail.showImages"] }).waitFor({ state: "detached" })
  assert.deepEqual(asked, ["https://remote.example/pixel.png"])
  await context.close()
})

for (const [language, width, texts] of [
  ["es", 390, es],
  ["en", 1440, en],
] as const)
  test(`a mail fits its screen and is read by everybody: ${language}, ${width}`, async () => {
    const number = await receive(hostile, { stranger: true })
    const { open, context } = await inviteAndSignIn(hilo, { language, width })
    const page = await open(`/tickets/${number}`)
    await frameOf(page).getByText("Nogales & Cía.").waitFor()
    await page.getByText(texts["mail.stranger"].replace("{address}", "carla@example.org")).waitFor()
    await page.getByRole("button", { name: texts["mail.showFolded"] }).waitFor()
    assert.deepEqual(await axe(page), [])
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)
    if (process.env["HILO_SCREENSHOTS"])
      await page.screenshot({ path: `${process.env["HILO_SCREENSHOTS"]}/mail-${width}.png` })
    await context.close()
  })
