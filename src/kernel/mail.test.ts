import assert from "node:assert/strict"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import { acting, openDesk } from "#test/desk.ts"
import { openMailbox } from "#test/mailbox.ts"
import { createLog } from "./log.ts"
import { type Mail, queueMail, sendDue } from "./mail.ts"
import { isMailable, oneLine, senderIn } from "./mail-address.ts"
import { openPostOffice } from "./post-office.ts"

const desk = await openDesk(() => {})
const log = createLog("silent")
const place = { publicUrl: "https://desk.example.com", dataFolder: "/nowhere" }
const box = await openMailbox(place.publicUrl, "Soporte <s@desk.example.com>")

const carla = "carla@example.com"
const queue = (mail: Partial<Mail> = {}) =>
  acting(desk, (act) => queueMail(act, desk.secrets, { to: carla, subject: "Hola", text: "Sí, ñandú.\n", ...mail }))
const send = () => sendDue(desk, log, box.post)
const rows = () => desk.db.kysely.selectFrom("mails").selectAll().orderBy("id").execute()
const headersOf = (raw: string) =>
  raw
    .slice(0, raw.indexOf("\r\n\r\n"))
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n")

test("a mail is sent once, by however many workers look at once, and then forgotten", async () => {
  await queue()
  assert.doesNotMatch(JSON.stringify(await rows()), /Hola|ñandú/, "what it says is sealed at rest")
  await Promise.all([send(), send(), send()])
  const [mail, ...others] = box.take()
  assert.deepEqual([mail!.from, mail!.to, others], ["s@desk.example.com", [carla], []])
  assert.deepEqual([mail!.header("Subject"), mail!.header("To"), mail!.text], ["Hola", carla, "Sí, ñandú.\r\n"])
  assert.equal(mail!.header("Auto-Submitted"), "auto-generated")
  const [row] = await rows()
  assert.deepEqual([row!.state, row!.sealed, row!.tries], ["sent", null, 1])
})

test("a transaction that fails mails nothing", async () => {
  const before = (await rows()).length
  await assert.rejects(
    acting(desk, async (act) => {
      await queueMail(act, desk.secrets, { to: carla, subject: "no", text: "no" })
      throw new Error("on second thoughts")
    }),
  )
  assert.equal((await rows()).length, before)
})

test("what a server does not take now is tried again, less and less often, under the same id, and in the end given up", async () => {
  await queue({ subject: "Later" })
  box.does = 451
  await send()
  await send()
  const [waiting] = (await rows()).filter(({ state }) => state === "queued")
  assert.deepEqual([waiting!.tries, waiting!.reason], [1, "451"], "not again before its time")
  desk.clock.pass(10_000)
  box.does = "take"
  await send()
  assert.equal(box.take()[0]!.header("Message-ID"), `<${waiting!.id}@desk.example.com>`)
  await queue({ subject: "Never" })
  box.does = 451
  for (let n = 0; n < 20; n++) {
    await send()
    desk.clock.pass(3_600_000)
  }
  box.does = "take"
  const last = (await rows()).at(-1)!
  assert.deepEqual([last.state, last.tries, last.sealed], ["failed", 8, null])
})

test("what a server refuses for good is not tried again", async () => {
  await queue()
  box.does = 550
  await send()
  box.does = "take"
  const last = (await rows()).at(-1)!
  assert.deepEqual([last.state, last.tries, last.reason], ["failed", 1, "550"])
})

test("a server that hangs up after it took a mail may get it twice, under one id", async () => {
  await queue({ subject: "Twice" })
  box.does = "cut"
  await send()
  box.does = "take"
  const waiting = (await rows()).at(-1)!
  assert.deepEqual([waiting.state, waiting.tries], ["queued", 1])
  desk.clock.pass(10_000)
  await send()
  const ids = box.take().map((mail) => mail.header("Message-ID"))
  assert.deepEqual(ids, Array(2).fill(`<${waiting.id}@desk.example.com>`))
  assert.equal((await rows()).at(-1)!.state, "sent")
})

test("a claim whose worker died is taken by another after its lease", async () => {
  await queue({ subject: "Lease" })
  const id = (await rows()).at(-1)!.id
  await desk.db.kysely
    .updateTable("mails")
    .set({ tries: 1, dueAt: new Date(desk.now().getTime() + 120_000) })
    .where("id", "=", id)
    .execute()
  await send()
  assert.deepEqual(box.take(), [])
  desk.clock.pass(120_000)
  await send()
  assert.equal(box.take().length, 1)
})

test("A08: nothing in a subject or an address begins another header or reaches another mailbox", async () => {
  const breaks = ["\r\n", "\n", "\r", "\0", "\u0085", "\u2028", "\u000b", "\r\n "]
  for (const sign of breaks) await queue({ subject: `Hi${sign}Bcc: eve@evil.test${sign}${sign}body` })
  while (await send());
  const mails = box.take()
  assert.equal(mails.length, breaks.length)
  for (const { raw, to } of mails) {
    assert.deepEqual(to, [carla])
    const headers = headersOf(raw)
    assert.ok(
      headers.every((line) => !/^(bcc|cc):/i.test(line)),
      raw,
    )
    assert.equal(headers.filter((line) => /^subject:/i.test(line)).length, 1)
  }
  const confusing = [
    "a@b.co, eve@evil.test",
    "a@b.co;eve@evil.test",
    '"a@b.co" <eve@evil.test>',
    "eve@evil.test(a@b.co)",
    "a@b.co\r\nRCPT TO:<eve@evil.test>",
    "a@[127.0.0.1]",
    "a:eve@evil.test",
    "=?utf-8?q?eve?=@evil.test@b.co",
    "a\0@b.co",
    "@b.co",
    `${"a".repeat(300)}@b.co`,
  ]
  for (const to of confusing) assert.equal(await queue({ to }), false, to)
  assert.equal((await rows()).filter(({ state }) => state === "queued").length, 0)
})

test("addresses are either plain or get no mail; senders may have a name", () => {
  for (const plain of [carla, "o'hara+x@sub.example.co", "ñandú@correo.example.ar"]) assert.ok(isMailable(plain), plain)
  assert.equal(oneLine(" a\r\n\tb\u2028c "), "a b c")
  assert.deepEqual(senderIn('"Mesa, de ayuda" <m@x.co>'), { name: "Mesa, de ayuda", address: "m@x.co" })
  assert.deepEqual(senderIn("m@x.co"), { name: "", address: "m@x.co" })
  assert.equal(senderIn("nobody"), null)
})

test("without a mail server mails are files, whole ones, readable by nobody else", async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "hilo-mail-"))
  after(() => rmSync(dataFolder, { recursive: true }))
  await queue({ subject: "Archivo" })
  await sendDue(desk, log, openPostOffice({ ...place, dataFolder, smtpUrl: undefined, mailFrom: undefined }))
  const [name, ...others] = readdirSync(join(dataFolder, "mail"))
  assert.match(name!, /^mai_\w+\.eml$/)
  assert.deepEqual(others, [])
  const headers = headersOf(readFileSync(join(dataFolder, "mail", name!), "utf8"))
  assert.ok(headers.includes("From: Hilo <hilo@desk.example.com>") && headers.includes("Subject: Archivo"))
})
