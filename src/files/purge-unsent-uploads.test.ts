import assert from "node:assert/strict"
import { Readable } from "node:stream"
import { test } from "node:test"
import { acting, member, openDesk } from "#test/desks/test-desk.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { attachUploads, lockUpload, insertUpload } from "./attachment-store.ts"
import { purgeUploads } from "./purge-unsent-uploads.ts"

const desk = await openDesk(() => {})
const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
const days = (n: number) => n * 86_400_000
// Files on the disk live by the machine's own clock.
desk.clock.now = new Date()

async function upload(words: string) {
  const stored = await desk.storage.put(Readable.from([Buffer.from(words)]), 1_000)
  const file = { fileName: "a.txt", mimeType: "text/plain", userId: ana.userId }
  return { id: await acting(desk, (act) => insertUpload(act, file, stored)), sha256: stored.sha256 }
}
const rows = async () => (await desk.db.pool.query("select id from attachments order by id")).rows.map(({ id }) => id)

test("uploads that nobody sent go after a week, with their bytes; what was sent, held or put again stays", async () => {
  const { message } = await (await openMessageSource(desk)).says("+573001110000")
  const [forgotten, twin, sent, held] = [await upload("a"), await upload("b"), await upload("c"), await upload("d")]
  const sentTwin = await upload("b")
  await acting(desk, async (act) => {
    await attachUploads(act, message!.id, { userId: ana.userId }, [sent.id, sentTwin.id])
    assert.equal(await lockUpload(act, held.id), true)
  })
  desk.clock.pass(days(7))
  await purgeUploads(desk)
  assert.equal((await rows()).length, 5, "a week to the instant is not over")
  desk.clock.pass(60_000)
  const fresh = await upload("e")
  await purgeUploads(desk)
  assert.deepEqual(await rows(), [sent.id, held.id, sentTwin.id, fresh.id])
  const there = (one: { sha256: string }) => desk.storage.has(one.sha256)
  assert.deepEqual(await Promise.all([forgotten, twin, sent, held, fresh].map(there)), [false, true, true, true, true])
})
