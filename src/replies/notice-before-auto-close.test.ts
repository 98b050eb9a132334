// That a resolved ticket is about to close is said to its customer a day before, by mail or where they write to us.
import assert from "node:assert/strict"
import { test } from "node:test"
import { contactRoutes } from "#contacts/index.ts"
import { createLog } from "#kernel/log.ts"
import { sendDueMails } from "#kernel/mail/mail-queue.ts"
import type { OutgoingEmail } from "#kernel/mail/mail-transport.ts"
import { changeSetting } from "#settings/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { closeSilentTickets } from "#tickets/lifecycle/auto-close-silent-tickets.ts"
import { openSending } from "#test/desks/sending-desk.ts"
import { acting } from "#test/desks/test-desk.ts"
import { replyJobs } from "./all-reply-jobs.ts"

const { desk, ana, graph, work, connect, customer } = await openSending(ticketRoutes, contactRoutes)
const job = replyJobs(desk, desk.publicUrl).find(({ name }) => name === "send-closing-notice")!
const look = async (sql: string, values: unknown[] = []) => (await desk.db.pool.query(sql, values)).rows
const hour = 3_600_000
const day = 24 * hour

async function resolved(body: object) {
  const opened = await ana.call("POST", "/tickets", { subject: "Caja rota", ...body })
  assert.equal(opened.status, 201, JSON.stringify(opened.body))
  const id = String(opened.body["id"])
  await ana.call("PUT", `/tickets/${id}/status`, { status: "resolved" })
  return { id, number: String(opened.body["number"]) }
}
/** Announces what is due; each job is done twice, as it may be. */
async function announce() {
  while (await closeSilentTickets(desk));
  await react()
}
async function react() {
  const events = await look(
    `select id as "eventId", ticket_id as "ticketId" from events where kind = 'ticket.closing_announced' order by id`,
  )
  for (const event of [...events, ...events]) await job.run({ ...event, depth: 0, subjectId: null })
  await work()
}
async function mails() {
  const left: OutgoingEmail[] = []
  const post = { send: async (mail: OutgoingEmail) => void left.push(mail) }
  while (await sendDueMails(desk, createLog("silent"), { post, writers: {} }));
  return left
}

test("by mail, once, with the hour at which it closes by the desk's clock and the way back", async () => {
  const { number } = await resolved({ contact: { email: "eva@example.com" }, language: "en" })
  desk.clock.pass(3 * day)
  await announce()
  await announce()
  const [mail, ...others] = await mails()
  assert.deepEqual([mail!.to, mail!.subject, others], ["eva@example.com", `${number}: Caja rota`, []])
  assert.match(mail!.text, /closes on Thursday, November 26, 2026 at 4:00/)
  assert.ok(mail!.text.includes(`http://hilo.test/my/${number}`))
})

test("where they last wrote when they have no e-mail, once, as nobody's words; not once that window is closed", async () => {
  const [open, shut] = [await customer(await connect()), await customer(await connect())]
  desk.clock.pass(1_000)
  const tickets: { number: string }[] = []
  for (const { ticketId } of [open, shut]) tickets.push(await resolved({ conversationId: ticketId }))
  desk.clock.pass(3 * day - hour)
  const { rows } = await desk.db.pool.query("select connection_id from tickets where id = $1", [open.ticketId])
  await look("update messages set sent_at = $2, created_at = $2 where ticket_id = $1", [open.ticketId, desk.now()])
  desk.clock.pass(hour)
  await announce()
  assert.equal(rows.length, 1)
  assert.deepEqual(
    graph.accepted.map(({ to, body }) => [to, (body["text"] as { body: string }).body.includes(tickets[0]!.number)]),
    [[open.phone.slice(1), true]],
  )
  const [said] = await look("select sender_kind from messages where ticket_id = $1 order by position desc limit 1", [
    open.ticketId,
  ])
  assert.equal(said.sender_kind, "bot")
})

test("not to what came back before it was said, nor when customers are not to be mailed", async () => {
  const back = await resolved({ contact: { email: "eva@example.com" } })
  desk.clock.pass(3 * day)
  while (await closeSilentTickets(desk));
  await ana.call("PUT", `/tickets/${back.id}/status`, { status: "open" })
  await react()
  assert.deepEqual(await mails(), [])
  await acting(desk, (act) => changeSetting(act, "support.mailCustomers", false))
  await resolved({ contact: { email: "eva@example.com" } })
  desk.clock.pass(3 * day)
  await announce()
  assert.deepEqual(await mails(), [])
})

test("nor to somebody blocked", async () => {
  await acting(desk, (act) => changeSetting(act, "support.mailCustomers", true))
  const { id } = await resolved({ contact: { email: "iris@example.com" } })
  await look("update contacts set blocked = true where id = (select contact_id from tickets where id = $1)", [id])
  desk.clock.pass(3 * day)
  await announce()
  assert.deepEqual(await mails(), [])
})
