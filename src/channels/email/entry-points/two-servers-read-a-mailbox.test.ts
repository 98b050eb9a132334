// The loops of two servers, as they run: one of them follows the mailbox, and the other one when that is gone.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { setTimeout as pause } from "node:timers/promises"
import { createLog } from "#kernel/log.ts"
import { startDeliveryProcessing } from "#incoming-webhooks/index.ts"
import { openMailDesk } from "#test/desks/mail-desk.ts"
import { startScriptedImapServer } from "#test/fakes/scripted-imap-server.ts"
import { LeaseLost } from "./mailbox-store.ts"
import { startReadingMailboxes } from "./read-mailboxes-loop.ts"

const { desk, ana, rows, openMailbox } = await openMailDesk()
const log = createLog("silent")
const start = () => {
  const loop = startReadingMailboxes(desk, log)
  after(() => loop.stop())
  return loop
}
const until = async (isSo: () => Promise<boolean>) => {
  while (!(await isSo())) await pause(20)
}

test("a mail is received at once, each by one server; another one goes on where it stopped, and after a cut", async () => {
  const mailbox = await openMailbox()
  const processing = startDeliveryProcessing(desk, log)
  after(() => processing.stop())
  const state = async () => (await rows("select * from mailboxes where connection_id = $1", mailbox.id))[0]
  const received = (count: number) => until(async () => (await mailbox.tickets()).length >= count)
  const first = start()
  const second = start()
  await until(async () => Boolean((await state())?.checked_at))
  mailbox.receive({ id: "one@carla" })
  await received(1)
  assert.equal(mailbox.connections(), 1, "one server reads")
  // It gives the mailbox back at its end, so that the other one need not wait for the lease to run out.
  await first.stop()
  const { lease } = await state()
  desk.db.wakes.wake("connections")
  mailbox.receive({ id: "two@carla" })
  await received(2)
  assert.ok((await state()).lease >= lease)
  mailbox.hangUp()
  await until(async () => (await state()).failure !== null)
  const { body } = await ana.call("GET", `/connections/${mailbox.id}/health`)
  assert.deepEqual([body["state"], (body["failure"] as { code: string }).code], ["failing", "unreachable"])
  desk.clock.pass(60_000)
  desk.db.wakes.wake("connections")
  mailbox.receive({ id: "three@carla" })
  await received(3)
  await until(async () => (await state()).failure === null)
  await second.stop()
  assert.deepEqual(
    (await mailbox.tickets()).map(({ count }) => count),
    [1, 1, 1],
  )
})

test("a server whose lease went to another one stores nothing any more", async () => {
  const mailbox = await openMailbox("fenced@example.com")
  await mailbox.fetch()
  mailbox.receive({ id: "late@carla" })
  const before = await rows("select last_uid from mailboxes where connection_id = $1", mailbox.id)
  const takeOver = () => rows("update mailboxes set lease = lease + 1 where connection_id = $1", mailbox.id)
  await assert.rejects(mailbox.look(takeOver), LeaseLost)
  assert.deepEqual(await rows("select last_uid from mailboxes where connection_id = $1", mailbox.id), before)
  assert.deepEqual(await rows("select from webhook_deliveries where connection_id = $1", mailbox.id), [])
})

/** A mailbox whose server takes connections and says nothing. */
async function silentMailbox(address: string) {
  const server = await startScriptedImapServer()
  server.banner = null
  const imap = { host: "127.0.0.1", port: server.port, security: "none", user: "u" }
  return { server, ...(await openMailbox(address, { imap })) }
}

test("a server that is stopped while it connects ends at once, and blames nobody", async () => {
  const mailbox = await silentMailbox("connecting@example.com")
  const loop = start()
  await mailbox.server.connected()
  await loop.stop()
  const [state] = await rows("select failure, leased_until from mailboxes where connection_id = $1", mailbox.id)
  assert.deepEqual(state, { failure: null, leased_until: -Infinity })
})

test("a server that still connects when its lease went to another one ends, and keeps its lease as long as it has it", async (t) => {
  const mailbox = await silentMailbox("overtaken@example.com")
  t.mock.timers.enable({ apis: ["setInterval"] })
  const leasedUntil = async () =>
    (await rows("select leased_until from mailboxes where connection_id = $1", mailbox.id))[0].leased_until as Date
  const ended = assert.rejects(mailbox.look(), LeaseLost)
  await mailbox.server.connected()
  const before = await leasedUntil()
  desk.clock.pass(10_000)
  t.mock.timers.tick(10_000)
  await until(async () => (await leasedUntil()) > before)
  await rows("update mailboxes set lease = lease + 1 where connection_id = $1", mailbox.id)
  t.mock.timers.tick(10_000)
  await ended
})
