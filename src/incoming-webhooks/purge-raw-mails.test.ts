import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { test } from "node:test"
import { Readable } from "node:stream"
import { openMailDesk } from "#test/desks/mail-desk.ts"
import { rawMail } from "#test/fakes/raw-mail.ts"
import { acting } from "#test/desks/test-desk.ts"
import { insertUpload } from "../files/attachment-store.ts"
import { purgeUploads } from "../files/purge-unsent-uploads.ts"
import { purgeFloodMails } from "./webhook-delivery-store.ts"
import { purgeRawMails } from "./purge-raw-mails.ts"

const { desk, ana, rows, openMailbox } = await openMailDesk()
const dayMs = 86_400_000

test("a mail as it came stays as long as a message names it, also where somebody uploads the same bytes, and goes with its delivery else", async () => {
  const mailbox = await openMailbox()
  await mailbox.fetch()
  mailbox.receive({ id: "kept@carla" })
  mailbox.receive({ id: "kept@carla", headers: { "X-Trace": "the same mail by another way" } })
  await mailbox.fetch()
  const raw = rawMail({ id: "kept@carla" }).replace(/\r?\n/g, "\r\n")
  const stored = await desk.storage.put(Readable.from([Buffer.from(raw)]), 1_000_000)
  const upload = { fileName: "a.eml", mimeType: "message/rfc822", userId: ana.userId }
  await acting(desk, (act) => insertUpload(act, upload, stored))
  const contents = (await rows("select file_sha256 as sha256 from webhook_deliveries order by id")) as {
    sha256: string
  }[]
  const [kept, repeated] = contents.map(({ sha256 }) => sha256)
  assert.equal(kept, stored.sha256, "the same bytes")
  const there = async () => [await desk.storage.has(kept), await desk.storage.has(repeated!)]
  // The storage goes by the time of files.
  desk.clock.now = new Date(Date.now() + 29 * dayMs)
  await rows("update webhook_deliveries set received_at = $1", new Date())
  await purgeUploads(desk)
  await purgeRawMails(desk)
  assert.deepEqual(await there(), [true, true])
  desk.clock.pass(2 * dayMs)
  await purgeRawMails(desk)
  assert.deepEqual(await there(), [true, false])
  assert.deepEqual(await rows("select from webhook_deliveries"), [])
})

test("mails that are too many of one address go after 30 days, with the mails as they came and their files; what could not be read stays", async () => {
  const mailbox = await openMailbox("flood@example.com")
  await mailbox.fetch()
  const file =
    "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=a\nContent-Transfer-Encoding: base64"
  for (let n = 0; n < 6; n++) {
    const text = `--b\n\nAlarma\n--b\n${file}\n\n${Buffer.from(`file ${n}`).toString("base64")}\n--b--`
    const headers = { "Content-Type": "multipart/mixed; boundary=b" }
    mailbox.receive({ id: `${n}@robot`, from: "robot@example.net", headers, text })
  }
  mailbox.receive({ id: "x@nobody", from: "???" })
  await mailbox.fetch()
  for (let tries = 0; tries < 5; tries++) {
    desk.clock.pass(60_000)
    await mailbox.process()
  }
  const quarantined = () =>
    rows(`select f.cause, d.file_sha256 as sha256 from failed_deliveries f join webhook_deliveries d on d.id = f.delivery_id
      where f.connection_id = '${mailbox.id}' order by f.cause`)
  const causes = async () => (await quarantined()).map(({ cause }) => cause)
  const purge = async () => {
    await acting(desk, purgeFloodMails)
    await purgeRawMails(desk)
  }
  const keptFiles = () =>
    Promise.all([0, 1, 2, 3, 4, 5].map((n) => desk.storage.has(createHash("sha256").update(`file ${n}`).digest("hex"))))
  assert.ok((await keptFiles()).every(Boolean))
  const [, flood] = await quarantined()
  desk.clock.pass(29 * dayMs)
  await purge()
  assert.deepEqual(await causes(), ["from_unreadable", "mail_flood"])
  desk.clock.pass(2 * dayMs)
  await purge()
  assert.deepEqual(await causes(), ["from_unreadable"])
  assert.equal(await desk.storage.has(flood!["sha256"] as string), false)
  assert.deepEqual((await keptFiles()).toSorted(), [false, true, true, true, true, true])
})
