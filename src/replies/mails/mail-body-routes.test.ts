import assert from "node:assert/strict"
import { test } from "node:test"
import { fileJobs } from "#intake/index.ts"
import { openMailDesk } from "#test/desks/mail-desk.ts"
import { member } from "#test/desks/test-desk.ts"

const { desk, ana, rows, openMailbox } = await openMailDesk()

const related = `--b
Content-Type: text/html; charset=utf-8

<p onclick="alert(1)">Hola</p><script>alert(1)</script><img src="cid:logo@x"><img src="https://remote.example/p.png"><blockquote>antes</blockquote>
--b
Content-Type: image/png; name=logo.png
Content-ID: <logo@x>
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--b--`

async function receiveMail() {
  const mailbox = await openMailbox(`${Math.random().toString(36).slice(2)}@example.com`)
  await mailbox.fetch()
  mailbox.receive({
    inReplyTo: "before@x.example",
    headers: { "Content-Type": "multipart/related; boundary=b" },
    text: related,
  })
  await mailbox.fetch()
  const [ticket] = await mailbox.tickets()
  const { body } = await ana.call("GET", `/tickets/${ticket.number}/messages`)
  const [message] = body["items"] as { id: string; mail: { hasHtml: boolean }; attachments: { id: string }[] }[]
  const path = `/api/v1/tickets/${ticket.number}/messages/${message!.id}`
  const get = (part: string, key = ana.key) =>
    desk.app.inject({ url: `${path}/${part}`, headers: { authorization: `Bearer ${key}` } })
  return { message: message!, get, mailbox }
}

test("a mail's HTML is sent to staff as a page that runs nothing, shows the mail's own files, and others on request", async () => {
  const { message, get } = await receiveMail()
  assert.equal((await desk.app.inject({ url: "/api/v1/tickets/1/messages/msg_1/html" })).statusCode, 401)
  const carla = await member(desk, { name: "Carla", email: "carla@example.org", role: "user" })
  assert.equal((await get("html", carla.key)).statusCode, 403)
  assert.equal(message.mail.hasHtml, true)
  await fileJobs(desk)[0]!.run({ subjectId: message.id })
  const page = await get("html")
  const policy = String(page.headers["content-security-policy"])
  assert.match(policy, /^sandbox allow-same-origin allow-popups [^;]+; default-src 'none'; img-src 'self' data:;/)
  assert.match(String(page.headers["content-type"]), /^text\/html/)
  assert.doesNotMatch(page.body, /script|onclick|src="http/)
  assert.match(page.body, new RegExp(`<img src="/api/v1/attachments/${message.attachments[0]!.id}"`))
  assert.match(page.body, /<blockquote[^>]* data-folded[^>]*>antes/)
  const withImages = await get("html?images=remote")
  assert.match(withImages.body, /src="https:\/\/remote\.example\/p\.png"/)
  assert.match(String(withImages.headers["content-security-policy"]), /img-src 'self' data: https: http:;/)
  assert.equal((await get("html?images=all")).statusCode, 400)
})

test("a mail is downloaded as it came, and what is no mail has nothing to download", async () => {
  const { get, message } = await receiveMail()
  const raw = await get("raw")
  assert.equal(raw.headers["content-disposition"], `attachment; filename="${message.id}.eml"`)
  assert.match(raw.body, /^From: Carla <carla@example\.org>\r\n/)
  assert.match(raw.body, /<script>alert\(1\)<\/script>/)
  await rows("update message_mails set raw_sha256 = null, html = null where message_id = $1", message.id)
  for (const part of ["raw", "html"]) assert.equal((await get(part)).statusCode, 404, part)
})
