// Whatever a mail server does wrong, no mail is passed over, and one that cannot be had keeps the others back for a while only.
import assert from "node:assert/strict"
import { tmpdir } from "node:os"
import { Readable } from "node:stream"
import { test } from "node:test"
import { receivingAccounts } from "#connections/index.ts"
import { openFileStorage } from "#kernel/storage/file-storage.ts"
import { openMailDesk } from "#test/desks/mail-desk.ts"
import { rawMail } from "#test/fakes/raw-mail.ts"
import { type ScriptedMail, startScriptedImapServer } from "#test/fakes/scripted-imap-server.ts"
import { loadMail } from "../mail-to-received-element.ts"

const { desk, ana, rows, openMailbox } = await openMailDesk()
let mailboxes = 0

const mail = (uid: number): ScriptedMail => ({ uid, raw: rawMail({ id: `${uid}@carla`, subject: `Mail ${uid}` }) })

/** As servers write it: 22-Nov-2026 09:00:00 +0000. */
function internalDate(inMinutes = 0): string {
  const [, day, month, year, time] = new Date(desk.now().getTime() + inMinutes * 60_000).toUTCString().split(" ")
  return `${day}-${month}-${year} ${time} +0000`
}

/** A mailbox on a scripted server, connected before its mails came. */
async function scripted(uidValidity = 1) {
  const server = Object.assign(await startScriptedImapServer(), { uidValidity })
  const imap = { host: "127.0.0.1", port: server.port, security: "none", user: "u" }
  const mailbox = await openMailbox(`box${++mailboxes}@example.com`, { imap })
  await mailbox.fetch()
  const look: typeof mailbox.look = (...given) => mailbox.look(...given).finally(mailbox.process)
  const subjects = async () => (await mailbox.tickets()).map(({ subject }) => subject)
  return { ...mailbox, server, look, subjects }
}

test("the last mail, which a range past the end is answered with, is not fetched again", async () => {
  const { server, look, subjects } = await scripted()
  server.mails.push(mail(1))
  await look()
  await look()
  assert.deepEqual(await subjects(), ["Mail 1"])
  assert.equal(server.commands.filter((line) => line.includes("BODY.PEEK")).length, 1)
  assert.equal(
    server.commands.some((line) => /^(SELECT|UID STORE|EXPUNGE|CLOSE)/.test(line)),
    false,
    "nothing is written",
  )
})

test("a connection that is cut in a mail, or ends between two commands, brings the mail with the next one", async () => {
  const { server, look, subjects } = await scripted()
  server.mails.push(mail(1), mail(2))
  let cuts = 0
  server.answer = ({ line, socket, reply }) => {
    if (!line.includes("BODY.PEEK") || cuts++ > 0) return false
    reply("* 1 FETCH (UID 1 BODY[]<0> {5000}\r\nFrom: x")
    socket.destroy()
    return true
  }
  await assert.rejects(look())
  server.answer = ({ line, socket, reply }) => {
    if (!line.includes("RFC822.SIZE") || cuts++ > 1) return false
    reply("* BYE going down")
    socket.end()
    return true
  }
  await assert.rejects(look())
  assert.deepEqual(await subjects(), [])
  await look()
  assert.deepEqual(await subjects(), ["Mail 1", "Mail 2"])
})

/** It does not give the mail with this id, whatever is asked of it. */
const withholding =
  (uid: number): Awaited<ReturnType<typeof scripted>>["server"]["answer"] =>
  ({ tag, line, reply }) => {
    if (!new RegExp(`^UID FETCH ${uid} .*BODY\\.PEEK`).test(line)) return false
    reply(`* 1 FETCH (UID ${uid} RFC822.SIZE 10 BODY[]<0> NIL)`)
    reply(`${tag} OK done`)
    return true
  }

test("a mail that the server never gives is quarantined after five tries, those behind it come, and a replay asks for it again", async () => {
  const { server, look, subjects, id } = await scripted()
  server.mails.push(mail(1), mail(2), mail(3))
  server.answer = withholding(2)
  for (let tries = 0; tries < 4; tries++) await assert.rejects(look())
  assert.deepEqual(await subjects(), ["Mail 1"])
  await look()
  assert.deepEqual(await subjects(), ["Mail 1", "Mail 3"])
  type Failed = { id: string; reason: string; replayedAt: string | null; element: { uid: number } }
  const { body } = await ana.call("GET", `/failed-deliveries?connectionId=${id}`)
  const [failed] = body["items"] as [Failed]
  assert.deepEqual([failed.element.uid, failed.reason], [2, "mail_not_given"])
  const replay = async () => (await ana.call("POST", `/failed-deliveries/${failed.id}/replay`, {})).body as Failed
  assert.equal((await replay()).reason, "Error: mail_not_given")
  server.banner = "* BYE [UNAVAILABLE] Try again later"
  assert.equal((await ana.call("POST", `/failed-deliveries/${failed.id}/replay`, {})).status, 503)
  server.banner = "* OK ready"
  server.answer = () => false
  assert.notEqual((await replay()).replayedAt, null)
  assert.deepEqual(await subjects(), ["Mail 1", "Mail 3", "Mail 2"])
})

const failedOf = async (connectionId: string) => {
  const { body } = await ana.call("GET", `/failed-deliveries?connectionId=${connectionId}`)
  return body["items"] as { id: string; reason: string; element: object }[]
}

test("a replay never brings another mail in the place of one that was not given, where ids do not last", async () => {
  const { server, look, subjects, id } = await scripted(0)
  const at = internalDate()
  server.mails.push({ ...mail(1), at })
  server.answer = withholding(1)
  for (let tries = 0; tries < 4; tries++) await assert.rejects(look())
  await look()
  const [failed] = await failedOf(id)
  const replay = async () => (await ana.call("POST", `/failed-deliveries/${failed!.id}/replay`, {})).body
  server.answer = () => false
  for (const another of [
    { ...mail(1), at: internalDate(1) },
    { uid: 1, raw: rawMail({ id: "2@carla", text: "x" }), at },
  ]) {
    server.mails.splice(0, 1, another)
    assert.equal((await replay())["reason"], "Error: mail_gone")
  }
  server.mails.splice(0, 1, { ...mail(1), at })
  assert.notEqual((await replay())["replayedAt"], null)
  assert.deepEqual(await subjects(), ["Mail 1"])
})

test("a ticket made of a mail that was not given has the mail once the server gives it", async () => {
  const { server, look, id } = await scripted()
  server.mails.push({ uid: 1, raw: rawMail({ id: "1@nobody", from: "???" }) })
  server.answer = withholding(1)
  for (let tries = 0; tries < 4; tries++) await assert.rejects(look())
  await look()
  const [failed] = await failedOf(id)
  server.answer = () => false
  const from = { name: "Carla", address: "carla@example.org" }
  assert.equal((await ana.call("POST", `/failed-deliveries/${failed!.id}/ticket`, { from })).status, 201)
  const [row] = await rows(
    `select m.content, w.raw_sha256 as raw, f.sha256 as file from messages m join message_mails w on w.message_id = m.id
      left join attachments f on f.message_id = m.id where m.connection_id = $1`,
    id,
  )
  assert.equal(row.content, "No hay luz en mi calle")
  assert.ok(row.raw !== null && row.raw === row.file, "it is its file, and named")
})

test("a large mail that a mailbox is asked for again keeps no other large mail waiting", async () => {
  const { server, id } = await scripted()
  server.mails.push(mail(1))
  const account = (await receivingAccounts(desk)).find((one) => one.id === id)!
  const { sha256 } = await desk.storage.put(Readable.from([Buffer.from(mail(2).raw)]), 1_000_000)
  const large = {
    folder: "INBOX",
    uidValidity: 1,
    receivedAt: desk.now(),
    size: 2_000_000,
    kept: "whole",
    isSilent: false,
  }
  const other = () => loadMail({ ...large, uid: 2, sha256 }, account, desk.storage)
  server.answer = ({ tag, line, reply }) => {
    if (!line.startsWith("EXAMINE")) return false
    // It opens its folder once the other mail was read.
    void other()
      .then(() => reply("* OK [UIDVALIDITY 1] valid"))
      .then(() => reply(`${tag} OK [READ-ONLY] open`))
    return true
  }
  const { delivered } = await loadMail({ ...large, uid: 1, sha256: null }, account, desk.storage)
  assert.notEqual(delivered.sha256, null)
})

test("a mail below the cursor that the server never gives is quarantined too, and keeps no new ones back", async () => {
  const { server, look, subjects, id } = await scripted()
  const at = internalDate()
  server.mails.push({ ...mail(2), at })
  await look()
  server.mails.unshift({ ...mail(1), at })
  server.answer = withholding(1)
  desk.clock.pass(86_400_000)
  for (let tries = 0; tries < 4; tries++) await assert.rejects(look())
  server.mails.push({ ...mail(3), at })
  await look()
  desk.clock.pass(86_400_000)
  await look()
  assert.deepEqual(await subjects(), ["Mail 2", "Mail 3"])
  const { body } = await ana.call("GET", `/failed-deliveries?connectionId=${id}`)
  assert.equal((body["items"] as unknown[]).length, 1)
})

test("a server that wants to be left alone, and one of ours that ends, say nothing of the mail that was just fetched", async () => {
  const { server, look, subjects, id } = await scripted()
  server.mails.push(mail(1))
  let stop = () => {}
  const throttled: typeof server.answer = ({ tag, reply }) => reply(`${tag} NO [UNAVAILABLE] Try again later`)
  const stopped: typeof server.answer = () => stop()
  for (const answer of [throttled, stopped]) {
    server.answer = (command) => {
      if (!command.line.includes("BODY.PEEK")) return false
      answer(command)
      return true
    }
    for (let tries = 0; tries < 6; tries++)
      if (answer === throttled) await assert.rejects(look())
      else await look(undefined, (abort) => (stop = abort))
  }
  server.answer = () => false
  await look()
  assert.deepEqual(await subjects(), ["Mail 1"])
  assert.deepEqual(await rows("select from failed_deliveries where connection_id = $1", id), [])
})

test("files that cannot be kept for a while say nothing of a mail, which comes once they can be", async () => {
  const { server, look, subjects } = await scripted()
  server.mails.push(mail(1))
  const { storage } = desk
  Object.assign(desk, { storage: openFileStorage(tmpdir(), "http://key:secret@127.0.0.1:9/bucket") })
  for (let tries = 0; tries < 6; tries++) await assert.rejects(look(), { code: "storage_away" })
  Object.assign(desk, { storage })
  await look()
  assert.deepEqual(await subjects(), ["Mail 1"])
})

test("a mail that was removed meanwhile is passed over, one that is only not described is not", async () => {
  const { server, look, subjects } = await scripted()
  server.mails.push(mail(1), mail(2), mail(3))
  let isFirst = true
  server.answer = ({ tag, line, reply }) => {
    if (!line.includes("RFC822.SIZE") || line.includes("BODY.PEEK") || !isFirst) return false
    isFirst = false
    server.mails.splice(1, 1)
    reply(`* 1 FETCH (UID 1 RFC822.SIZE 10 INTERNALDATE "22-Nov-2026 09:00:00 +0000")`)
    reply(`${tag} OK done`)
    return true
  }
  await look()
  assert.deepEqual(await subjects(), ["Mail 1", "Mail 3"])
})

test("a mail that is too large leaves a ticket that says so, with what its headers say, also where they come late", async () => {
  const { server, look, id } = await scripted()
  server.mails.push(mail(1), mail(2))
  let isGiven = false
  server.answer = ({ tag, line, reply }) => {
    if (!line.startsWith("UID FETCH")) return false
    for (const uid of line.split(" ")[2]!.split(",")) {
      const headers = server.mails[Number(uid) - 1]!.raw.split("\n\n")[0]!.replaceAll("\n", "\r\n") + "\r\n\r\n"
      const size = 'RFC822.SIZE 41943040 INTERNALDATE "22-Nov-2026 09:00:00 +0000"'
      const facts = line.includes("HEADER") ? `BODY[HEADER] {${headers.length}}\r\n${headers}` : size
      const isWithheld = line.includes("HEADER") && uid === "2" && !isGiven
      reply(`* ${uid} FETCH (UID ${uid}${isWithheld ? "" : ` ${facts}`})`)
    }
    reply(`${tag} OK done`)
    return true
  }
  for (let tries = 0; tries < 4; tries++) await assert.rejects(look())
  await look()
  isGiven = true
  const [failed] = await failedOf(id)
  await ana.call("POST", `/failed-deliveries/${failed!.id}/replay`, {})
  const messages = await rows(
    "select t.subject, m.content from tickets t join messages m on m.ticket_id = t.id where t.connection_id = $1 order by 1",
    id,
  )
  assert.deepEqual(
    messages.map(({ subject, content }) => [subject, / 40 MB/.test(content)]),
    [
      ["Mail 1", true],
      ["Mail 2", true],
    ],
  )
})

test("a server whose ids last for one connection brings each mail once, also one that has another's id", async () => {
  const { server, look, subjects } = await scripted(0)
  server.mails.push({ ...mail(1), at: internalDate() })
  await look()
  server.mails.splice(
    0,
    1,
    { uid: 1, raw: mail(2).raw, at: internalDate(1) },
    { uid: 2, raw: mail(1).raw, at: internalDate() },
  )
  await look()
  await look()
  assert.deepEqual((await subjects()).toSorted(), ["Mail 1", "Mail 2"])
})
