// Mails that were in a mailbox before it was connected disturb nobody; those that come from then on do, by whichever way they are found.
import assert from "node:assert/strict"
import { test } from "node:test"
import { sequenceAll } from "#event-log/index.ts"
import { createNotifications } from "#notifications/index.ts"
import { followDeadlines } from "#sla/index.ts"
import { acting } from "#test/desks/test-desk.ts"
import { openMailDesk } from "#test/desks/mail-desk.ts"
import { automaticMailRefusal } from "../../../replies/may-get-automatic-mail.ts"
import { comparedMails, isSilent } from "./mails-before-connection.ts"

const { desk, ana, rows, openMailbox } = await openMailDesk()
const day = 86_400_000
const daysAgo = (days: number) => new Date(desk.now().getTime() - days * day)

async function followLog() {
  await sequenceAll(desk.db)
  while (await createNotifications(desk));
  while (await followDeadlines(desk)) await sequenceAll(desk.db)
}

test("what was there is received without a notification or a deadline, and its customer's next mail is like a first one", async () => {
  await rows(
    `insert into sla_policies (id, name, priority, is_default, targets, created_at, updated_at)
      values ('sla_1', 'Todo', 1, true, '{"firstResponse":{"low":60,"medium":60,"high":60,"urgent":60}}', now(), now())`,
  )
  const mailbox = await openMailbox("past@example.com", { start: { from: "days", days: 30 } })
  mailbox.receive({ id: "1@carla", subject: "Vieja" }, daysAgo(3))
  mailbox.receive({ id: "1@dani", from: "dani@example.net", subject: "De nadie" }, daysAgo(3))
  mailbox.receive({ id: "0@carla", subject: "De antes" }, daysAgo(40))
  await mailbox.fetch()
  const idOf = Object.fromEntries((await mailbox.tickets()).map(({ id, subject }) => [subject, id]))
  assert.deepEqual(Object.keys(idOf).toSorted(), ["De nadie", "Vieja"])
  const ticketId = idOf["Vieja"]
  await rows("update tickets set assignee_id = $1 where id = $2", ana.userId, ticketId)
  // A mail of those days that was brought here since, as from another provider.
  mailbox.receive({ id: "2@carla", inReplyTo: "1@carla" }, daysAgo(2))
  await mailbox.fetch()
  await followLog()
  const led = async () => ({
    notified: await rows("select kind from notifications where ticket_id = $1", ticketId),
    deadlines: await rows("select metric from sla_targets where ticket_id = $1 order by metric", ticketId),
    freed: (await rows("select ticket_id as id from events where kind = 'ticket.freed'")).map(({ id }) => id),
  })
  assert.deepEqual(await led(), { notified: [], deadlines: [], freed: [] })
  mailbox.receive({ id: "3@carla", inReplyTo: "2@carla", text: "¿Hay noticias?" })
  mailbox.receive({ id: "2@dani", from: "dani@example.net", inReplyTo: "1@dani", text: "¿Y?" })
  await mailbox.fetch()
  await followLog()
  assert.deepEqual(await led(), {
    notified: [{ kind: "answered" }],
    deadlines: [{ metric: "first_response" }, { metric: "resolution" }],
    freed: [idOf["De nadie"]],
  })
})

test("a note on such a ticket answers nobody: no automatic mail leaves until staff have written to its customer", async () => {
  const mailbox = await openMailbox("noted@example.com", { start: { from: "days", days: 30 } })
  mailbox.receive({ id: "1@noted", subject: "Vieja" }, daysAgo(3))
  await mailbox.fetch()
  const [{ id }] = await mailbox.tickets()
  const [to] = await rows("select contact_id, identity_id, address from messages where ticket_id = $1", id)
  const about = { ticketId: id, connection: { kind: "email" as const }, isAnswer: false }
  const counterpart = { contactId: to.contact_id, identityId: to.identity_id, address: to.address }
  const refusal = () => acting(desk, (act) => automaticMailRefusal(act, { ...about, to: counterpart }))
  const write = (isInternal: boolean) => ana.call("POST", `/tickets/${id}/messages`, { content: "Vieja", isInternal })
  await write(true)
  assert.equal(await refusal(), "before_mailbox")
  await write(false)
  assert.equal(await refusal(), null)
})

test("a folder that was built anew brings what came meanwhile, as it would have come, and nothing from before the connection", async () => {
  const mailbox = await openMailbox("rebuilt@example.com")
  mailbox.receive({ id: "before@carla", subject: "De antes" }, daysAgo(1))
  await mailbox.fetch()
  mailbox.receive({ id: "gap@carla", subject: "Mientras" })
  mailbox.rebuild(8)
  desk.clock.pass(2 * day)
  await mailbox.fetch()
  const found = await rows(
    `select t.subject, w.is_silent as silent from tickets t join messages m on m.ticket_id = t.id
      join message_mails w on w.message_id = m.id where t.connection_id = $1`,
    mailbox.id,
  )
  assert.deepEqual(found, [{ subject: "Mientras", silent: false }])
})

test("the beginning of a mailbox says what is of the past, and how far back it is compared", () => {
  const begunAt = new Date("2026-11-20T10:00:00Z")
  const at = (text: string | null) => (text === null ? null : new Date(`2026-11-${text}:00Z`))
  const silent = (silentUid: number, uid: number, text: string | null) =>
    isSilent({ begunAt, silentUid }, { uid, receivedAt: at(text) })
  assert.deepEqual(
    [silent(9, 9, "21T00:00"), silent(9, 10, "20T09:57"), silent(0, 1, "20T09:50"), silent(0, 1, null)],
    [true, false, true, false],
  )
  const wanted = (silentUid: number, days: number, isFirst: boolean, uid: number, text: string | null) =>
    comparedMails({ begunAt, silentUid }, { days, isFirst, now: at("29T10:00")! }).isWanted({
      uid,
      size: 1,
      receivedAt: at(text),
    })
  // oxfmt-ignore
  const cases: [...Parameters<typeof wanted>, is: boolean][] = [
    [9, 0, true, 9, "20T10:00", false],
    [9, 0, false, 10, "28T10:00", true],
    [9, 0, false, 10, "21T10:00", false],
    [9, 30, true, 3, "01T10:00", true],
    [9, 5, true, 3, "01T10:00", false],
    [0, 30, false, 3, "01T10:00", false],
    [0, 0, false, 3, "28T10:00", true],
    [9, 0, false, 10, null, true],
    [9, 0, false, 9, null, false],
  ]
  for (const [silentUid, days, isFirst, uid, text, is] of cases)
    assert.equal(wanted(silentUid, days, isFirst, uid, text), is, `${silentUid} ${days} ${isFirst} ${uid} ${text}`)
})

test("what comes after a mailbox was verified is new, however late it is looked at for the first time", async () => {
  const mailbox = await openMailbox("gap@example.com")
  const verifiedAt = desk.now().getTime() + 1_000
  mailbox.receive({ id: "before@carla", subject: "Antes" }, new Date(verifiedAt - 1_000))
  mailbox.receive({ id: "after@carla", subject: "Después" }, new Date(verifiedAt))
  desk.clock.pass(3_600_000)
  await mailbox.fetch()
  assert.deepEqual(
    (await mailbox.tickets()).map(({ subject }) => subject),
    ["Después"],
  )
})
