// Mail on the screen. Its HTML looks as it was written, runs nothing and fetches nothing until somebody asks, and what is quoted is one
// click away; and a mailbox is connected, answered from, and its threads taken apart.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { parseMail } from "#channels/email/message/parse-mail.ts"
import { createConnection } from "#connections/index.ts"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"
import { startApp } from "../start-app.ts"
import { beginByMail, fillInMailbox } from "./mail-steps.ts"
import { axe, browser } from "../browsers/chromium-and-axe.ts"
import { inviteAndSignIn, signIn } from "../browsers/sign-in-as-staff.ts"
import { acting, member } from "../desks/test-desk.ts"
import { imapPassword, imapUser, startImapServer } from "../fakes/imap-server.ts"
import { rawMail, type TestMail } from "../fakes/raw-mail.ts"
import { startSubmissionServer, type SubmittedMail } from "../fakes/submission-server.ts"
import { waitUntil } from "../server-process.ts"

const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })

const setUndoSeconds = (value: number) => key.call("PUT", "/settings/mail.undoSeconds", { value })

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

async function receive(html: string) {
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
        '{}', '{}', 'requester', 'no', 'unknown', false, $3, null, 0, null)`,
    [message.id, threadId, mail.html],
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

const picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg=="
const withPicture = (id: string, to: string) => `Message-ID: <${id}>
From: Carla <carla@example.org>
To: Soporte <${to}>
Cc: Bea <bea@example.org>
Subject: Sin luz en la calle 9
Date: Sun, 22 Nov 2026 09:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/related; boundary="r"

--r
Content-Type: text/html; charset=utf-8

<p style="width:900px">Así se ve <img src="cid:foto" width="700" alt="la caja"></p>
<table width="700" border="1"><tr><td>Cliente</td><td>Nogales &amp; Cía.</td></tr></table>
<p><a href="https://example.com/">https://example.com/${"largo".repeat(40)}</a></p>
<blockquote>Lo que ya estaba dicho</blockquote>
--r
Content-Type: image/png
Content-ID: <foto>
Content-Transfer-Encoding: base64

${picture}
--r--`

const bounceOf = (messageId: string) =>
  rawMail({
    from: "MAILER-DAEMON@mx.example.com",
    subject: "Undelivered",
    headers: {
      "Content-Type": 'multipart/report; report-type=delivery-status; boundary="b"',
      "Auto-Submitted": "auto-replied",
      "Return-Path": "<>",
    },
    text: [
      "--b\nContent-Type: text/plain\n\nNo such user",
      "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; bea@example.org\nAction: failed\nStatus: 5.1.1",
      `--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: ${messageId}\nSubject: x`,
      "--b--",
    ].join("\n\n"),
  })

for (const [language, width, texts] of [
  ["es", 1440, es],
  ["en", 390, en],
] as const)
  test(`a mailbox from its set-up to a mail that is split off: ${language}, ${width}`, async () => {
    const address = `${language}@example.com`
    await setUndoSeconds(10)
    const { imap, smtp } = await startMailServers()
    const other = await anotherMailbox(`other.${address}`, imap.port)
    const { open, context } = await inviteAndSignIn(hilo, { language, width })
    const page = await open("/settings/connections/new-email")
    const looksWell = async (where: string) => {
      assert.deepEqual(await axe(page, { isStrict: width > 400 }), [], where)
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, where)
    }
    await fillInMailbox(page, texts, { address, imapPort: imap.port, smtpPort: smtp.port })
    await page.getByText(texts["verification.imap_login"], { exact: false }).waitFor()
    await page.getByText(texts["mailbox.help.other"]).nth(1).waitFor()
    await looksWell("mailbox-refused")
    await page.getByRole("button", { name: `${texts["secret.replace"]}: ${texts["mailbox.password"]}` }).press("Enter")
    await page.getByLabel(texts["mailbox.password"], { exact: true }).fill(imapPassword)
    await page.keyboard.press("Enter")
    await page.getByText(texts["mailbox.isOn"]).waitFor()
    await looksWell("mailbox")
    const here = new URL(page.url()).pathname
    // From within the app, as the bell does: another mailbox's page has that mailbox's servers.
    for (const [path, shown] of [
      [`/settings/connections/${other.id}`, other.address],
      [here, address],
    ] as const) {
      await page.evaluate((to) => history.pushState(null, "", to), path)
      await page.waitForFunction(
        (value) => [...document.querySelectorAll("input")].some((one) => one.type === "email" && one.value === value),
        shown,
      )
    }
    const [{ id: connectionId }] = (
      await hilo.db.pool.query<{ id: string }>("select id from connections where settings ->> 'address' = $1", [
        address,
      ])
    ).rows as [{ id: string }]
    const newTicket = async (raw: string) => {
      const tickets = async () =>
        (
          await hilo.db.pool.query<{ number: string }>(
            "select number from tickets where connection_id = $1 order by created_at desc",
            [connectionId],
          )
        ).rows
      const before = (await tickets()).length
      imap.deliver(raw, hilo.now())
      await waitUntil("the mail is received", async () => (await tickets()).length > before)
      return (await tickets())[0]!.number
    }

    const number = await newTicket(withPicture(`${language}@first`, address))
    await page.goto(`${hilo.url}/tickets/${number}`)
    const image = frameOf(page).first().getByAltText("la caja")
    await image.waitFor()
    assert.match((await image.getAttribute("src")) ?? "", /^\/api\/v1\/attachments\//)
    await page.getByRole("button", { name: texts["mail.original"] }).press("Enter")
    await page.getByRole("dialog").getByText("<foto>").waitFor()
    await page.keyboard.press("Escape")

    // To all who took part, and to one more who is not seen.
    const line = (id: "mail.to" | "mail.cc" | "mail.bcc") => page.getByRole("list", { name: texts[id], exact: true })
    await line("mail.cc").getByText("Bea <bea@example.org>").waitFor()
    await page.getByRole("button", { name: texts["mail.addLine"].replace("{line}", texts["mail.bcc"]) }).press("Enter")
    await page.keyboard.type("eva@")
    await page.keyboard.press("Enter")
    await page.getByText(texts["wrong.email"]).waitFor()
    await page.keyboard.press("Control+A")
    await page.keyboard.type('"Paz, Eva" <eva@example.org>,')
    await line("mail.bcc").getByText("Paz, Eva <eva@example.org>").waitFor()
    // What is no address goes with its field, and holds nothing back that is not seen.
    await page.keyboard.type("luis@")
    for (const mode of ["composer.note", "composer.reply"] as const)
      await page.getByRole("tab", { name: texts[mode] }).click()
    await page.locator("#composer").fill("Vamos en camino")
    await looksWell("mail-composer")
    await page.locator("#composer").press("Control+Enter")
    await page.getByRole("button", { name: texts["action.undo"] }).press("Enter")
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("#composer")?.value !== "")
    assert.equal(await page.locator("#composer").inputValue(), "Vamos en camino")
    await line("mail.bcc").getByText("eva@example.org").waitFor()
    assert.deepEqual(smtp.mails, [])
    await setUndoSeconds(0)
    await page.locator("#composer").press("Control+Enter")
    await waitUntil("it has left", async () => smtp.mails.length === 1)
    const sent: SubmittedMail = smtp.mails[0]!
    assert.deepEqual(sent.to, ["carla@example.org", "bea@example.org", "eva@example.org"])
    assert.doesNotMatch(sent.raw, /eva@/)

    const messageId = smtp.header(sent, "Message-ID")!
    imap.deliver(bounceOf(messageId), hilo.now())
    await page.getByText(texts["failure.mail_address"]).first().waitFor()
    const answer = (mail: TestMail) =>
      rawMail({ to: smtp.header(sent, "Reply-To") ?? address, headers: { "In-Reply-To": messageId }, ...mail })
    const away = { "In-Reply-To": messageId, "Auto-Submitted": "auto-replied" }
    imap.deliver(answer({ id: `${language}@away`, headers: away, text: "Estoy de vacaciones" }), hilo.now())
    await page.getByText(texts["mail.autoReply"]).waitFor()
    for (const name of ["Dani", "Paz"])
      imap.deliver(
        answer({ id: `${language}@${name}`, from: `${name} <${name}@example.net>`, text: `Soy ${name}` }),
        hilo.now(),
      )
    const banner = (name: string) =>
      page.getByText(texts["mail.stranger"].replace("{address}", `${name.toLowerCase()}@example.net`))
    await banner("Paz").waitFor()
    await looksWell("mail-thread")
    const mailOf = (name: string) => page.getByRole("article").filter({ hasText: `Soy ${name}` })
    await mailOf("Dani").getByRole("button", { name: texts["mail.addFollower"] }).press("Enter")
    await banner("Dani").waitFor({ state: "detached" })

    const merged = await newTicket(rawMail({ id: `${language}@other`, to: address, text: "Lo mismo en la calle 10" }))
    await key.call("POST", `/tickets/${merged}/merge`, { into: number })
    await page.getByText("Lo mismo en la calle 10").waitFor()
    await mailOf("Paz").getByRole("button", { name: texts["mail.splitOff"] }).press("Enter")
    await page.getByLabel(texts["split.subject"]).fill("Otra cosa")
    await page.keyboard.press("Enter")
    await page.waitForURL((url) => !url.pathname.endsWith(number))
    await mailOf("Paz").getByRole("button", { name: texts["mail.makeRequester"] }).press("Enter")
    await line("mail.to").getByText("paz@example.net", { exact: false }).waitFor()

    await beginByMail(page, texts, { from: address, number, smtp, setUndoSeconds, looksWell })
    await context.close()
  })

async function startMailServers() {
  const [imap, smtp] = [await startImapServer(), await startSubmissionServer(imapPassword)]
  // To the mailbox itself; customers have their own.
  smtp.deliver = ({ to, raw }) => {
    if (to.some((one) => one.endsWith("@example.com"))) imap.deliver(raw, hilo.now())
    smtp.mails.splice(0, smtp.mails.length, ...smtp.mails.filter((mail) => !mail.to[0]!.endsWith("@example.com")))
  }
  return { imap, smtp }
}

async function anotherMailbox(address: string, port: number) {
  const server = { host: "127.0.0.1", security: "none", user: imapUser, port }
  const settings = { address, imap: server, smtp: server, auth: "password", password: imapPassword }
  const { status, body } = await key.call("POST", "/connections", { kind: "email", name: address, settings })
  assert.equal(status, 201)
  return { id: String(body["id"]), address }
}
