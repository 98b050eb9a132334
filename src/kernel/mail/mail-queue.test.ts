import assert from "node:assert/strict"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import { acting, openDesk } from "#test/desks/test-desk.ts"
import { startSmtpServer } from "#test/fakes/smtp-server.ts"
import { createLog } from "../log.ts"
import { purgeMails, type DeferredMail, type QueuedMail, queueMail, sendDueMails } from "./mail-queue.ts"
import { isMailable, headerLine, parseSender } from "./mail-address.ts"
import { dropMails, retryMails, unsentMails } from "./unsent-mails.ts"
import { openMailTransport } from "./mail-transport.ts"

const desk = await openDesk(() => {})
const log = createLog("silent")
const place = { publicUrl: "https://desk.example.com", dataFolder: "/nowhere" }
const box = await startSmtpServer(place.publicUrl, "Soporte <s@desk.example.com>")

const carla = "carla@example.com"
const queue = (mail: Partial<QueuedMail> = {}) =>
  acting(desk, (act) => queueMail(act, desk.secrets, { to: carla, subject: "Hola", text: "Sí, ñandú.\n", ...mail }))
const said: string[] = []
const writers = {
  invitation: async (_act: unknown, { name }: Record<string, string>) => {
    said.push(`written for ${name} at ${desk.now().toISOString()}`)
    return name === "nobody" ? null : { subject: "Invitación", text: `Enlace ${said.length}` }
  },
}
const send = () => sendDueMails(desk, log, { post: box.post, writers })
const rows = () => desk.db.kysely.selectFrom("outgoingEmails").selectAll().orderBy("id").execute()
const headersOf = (raw: string) =>
  raw
    .slice(0, raw.indexOf("\r\n\r\n"))
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n")

test("a mail is sent once, by however many workers look at once, and then deleted", async () => {
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

test("what a server does not take now is tried again, less and less often, under the same id", async () => {
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
})

const threeDays = 3 * 86_400_000

// One for each way in which the account or the server is at fault: none of them is a verdict on the mail.
const outages = [
  { at: "MAIL", code: 553, text: "5.7.1 sender address rejected: not owned by user" },
  { at: "RCPT", code: 550, text: "5.7.1 relaying denied" },
  { at: "RCPT", code: 550, text: "requested action not taken: mailbox unavailable" },
  { at: "DATA", code: 554, text: "5.7.0 reputation of your server" },
  { at: "MAIL", code: 535, text: "5.7.8 bad credentials" },
] as const

for (const outage of outages)
  test(`a mail outlives an outage that answers ${outage.code} ${outage.text} to ${outage.at}`, async () => {
    await queue({ subject: "After the outage" })
    box.does = outage
    for (let n = 0; n < 11; n++) {
      await send()
      desk.clock.pass(6 * 3_600_000)
    }
    const waiting = (await rows()).at(-1)!
    assert.deepEqual([waiting.state, waiting.reason], ["queued", String(outage.code)])
    box.does = "take"
    await send()
    assert.deepEqual(
      box.take().map((mail) => mail.header("Subject")),
      ["After the outage"],
    )
  })

test("after three days a mail waits for a person, whole and sealed, and goes out when they say so", async () => {
  await queue({ subject: "By hand" })
  box.does = { at: "MAIL", code: 535, text: "5.7.8 bad credentials" }
  for (let n = 0; n < 14; n++) {
    await send()
    desk.clock.pass(6 * 3_600_000)
  }
  const failed = (await rows()).at(-1)!
  assert.equal(failed.state, "failed")
  await acting(desk, purgeMails)
  assert.ok((await unsentMails(desk.db)).some(({ id, state }) => id === failed.id && state === "failed"))
  box.does = "take"
  await send()
  assert.deepEqual(box.take(), [])
  assert.equal(await acting(desk, (act) => retryMails(act, [failed.id])), 1)
  await send()
  assert.equal(box.take()[0]!.header("Subject"), "By hand")
})

test("a person may drop a mail that failed, and only of such a one", async () => {
  await queue({ subject: "Let go" })
  const { id } = (await rows()).at(-1)!
  assert.equal(await acting(desk, (act) => dropMails(act, [id])), 0, "it is still on its way")
  await desk.db.kysely.updateTable("outgoingEmails").set({ state: "failed" }).where("id", "=", id).execute()
  assert.equal(await acting(desk, (act) => dropMails(act, [id])), 1)
  assert.equal(await acting(desk, (act) => retryMails(act, [id])), 0)
})

test("an address that does not exist is not retried, and differs from an outage", async () => {
  await queue()
  box.does = { at: "RCPT", code: 550, text: "5.1.1 user unknown" }
  await send()
  box.does = "take"
  const last = (await rows()).at(-1)!
  assert.deepEqual([last.state, last.tries, last.reason, last.sealed], ["refused", 1, "550", null])
})

test("a mail whose link has ended is dropped and shown", async () => {
  await queue({ subject: "Link", endsAt: new Date(desk.now().getTime() + 60_000).toISOString() })
  box.does = 451
  await send()
  box.does = "take"
  desk.clock.pass(60_000)
  await send()
  assert.deepEqual(box.take(), [])
  const last = (await rows()).at(-1)!
  assert.deepEqual([last.state, last.reason], ["dropped", "ended"])
  assert.ok((await unsentMails(desk.db)).some(({ id }) => id === last.id))
})

test("what a mail says may be written when it leaves, each time anew, so that a link in it is as young as the mail", async () => {
  const late = (name: string): DeferredMail => ({ to: carla, writer: "invitation", about: { name } })
  await acting(desk, (act) => queueMail(act, desk.secrets, late("Carla")))
  box.does = 451
  await send()
  desk.clock.pass(threeDays - 60_000)
  box.does = "take"
  await send()
  assert.equal(box.take()[0]!.text.trim(), "Enlace 2")
  assert.match(said[1]!, new RegExp(desk.now().toISOString()))
  await acting(desk, (act) => queueMail(act, desk.secrets, late("nobody")))
  await send()
  assert.deepEqual([box.take(), (await rows()).at(-1)!.state], [[], "dropped"])
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
    .updateTable("outgoingEmails")
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
  assert.equal(headerLine(" a\r\n\tb\u2028c "), "a b c")
  assert.deepEqual(parseSender('"Mesa, de ayuda" <m@x.co>'), { name: "Mesa, de ayuda", address: "m@x.co" })
  assert.deepEqual(parseSender("m@x.co"), { name: "", address: "m@x.co" })
  assert.equal(parseSender("nobody"), null)
})

test("without a mail server mails are files, whole ones, readable by nobody else", async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "hilo-mail-"))
  after(() => rmSync(dataFolder, { recursive: true }))
  await queue({ subject: "Archivo" })
  const post = openMailTransport({ ...place, dataFolder, smtpUrl: undefined, mailFrom: undefined })
  await sendDueMails(desk, log, { post, writers })
  const [name, ...others] = readdirSync(join(dataFolder, "mail"))
  assert.match(name!, /^mai_\w+\.eml$/)
  assert.deepEqual(others, [])
  const headers = headersOf(readFileSync(join(dataFolder, "mail", name!), "utf8"))
  assert.ok(headers.includes("From: Hilo <hilo@desk.example.com>") && headers.includes("Subject: Archivo"))
})
