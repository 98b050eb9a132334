// Admins are notified once of a mailbox that is in trouble, once when it is well again, and once of a flood; however many servers look.
import assert from "node:assert/strict"
import { test } from "node:test"
import { record, sequenceAll } from "#event-log/index.ts"
import { alertJobs, createNotifications } from "#notifications/index.ts"
import { notificationsOf } from "#notifications/notification-store.ts"
import { openCircuitBreaker } from "#connections/circuit-breaker.ts"
import { registry } from "#kernel/metrics.ts"
import type { Principal } from "#people/index.ts"
import { openMailDesk } from "#test/desks/mail-desk.ts"
import { acting, member } from "#test/desks/test-desk.ts"
import { mailboxInvariants } from "../mailbox-invariants.ts"
import { alertOfMailboxes } from "./alert-of-mailboxes.ts"
import { updateMailboxMetrics } from "./mailbox-metrics.ts"

const { desk, ana, rows, openMailbox } = await openMailDesk()
await member(desk, { name: "Eva", email: "eva@example.com", role: "admin" })
const sol = await member(desk, { name: "Sol", email: "sol@example.com", role: "lead" })

/** What admins were notified of since, each once for each of them; two servers look at the same time. */
let seenBefore = 0
async function alerts(id: string) {
  await Promise.all([alertOfMailboxes(desk), alertOfMailboxes(desk)])
  await sequenceAll(desk.db)
  while (await createNotifications(desk));
  const all = await rows(
    "select u.name, n.kind from notifications n join users u on u.id = n.user_id where n.connection_id = $1 order by n.created_at, n.event_id, u.name",
    id,
  )
  const fresh = all.slice(seenBefore)
  seenBefore = all.length
  return fresh.map(({ name, kind }) => `${name}: ${kind}`)
}
const minutesAgo = (minutes: number) => new Date(desk.now().getTime() - minutes * 60_000)

test("of ten minutes of trouble each admin is notified once, and once when it is over; of a mailbox that is switched off nobody is", async () => {
  const { id, look } = await openMailbox()
  await look()
  const fails = (since: Date | null, failure: string | null) =>
    rows("update mailboxes set failing_since = $2, failure = $3 where connection_id = $1", id, since, failure)
  await fails(minutesAgo(9), "login")
  assert.deepEqual(await alerts(id), [])
  desk.clock.pass(60_000)
  assert.deepEqual(await alerts(id), ["Ana: connection_failing", "Eva: connection_failing"])
  desk.clock.pass(3_600_000)
  assert.deepEqual(await alerts(id), [])
  await fails(null, null)
  assert.deepEqual(await alerts(id), ["Ana: connection_well", "Eva: connection_well"])
  assert.deepEqual(await alerts(id), [])
  await acting(desk, (act) => openCircuitBreaker(act, id, { code: 535, reason: "mail_login" }))
  desk.clock.pass(600_000)
  assert.equal((await alerts(id)).length, 2)
  await rows("update connections set enabled = false, health = health - 'breaker' where id = $1", id)
  assert.deepEqual(await alerts(id), [])
})

test("admins are notified of a flood once a day", async () => {
  seenBefore = 0
  const mailbox = await openMailbox("flood@example.com")
  await mailbox.fetch()
  const flood = async (name: string) => {
    for (let n = 0; n < 22; n++) mailbox.receive({ id: `${name}${n}@pong`, from: `${name}@example.net` })
    await mailbox.fetch()
    for (let tries = 0; tries < 5; tries++) {
      desk.clock.pass(60_000)
      await mailbox.process()
    }
  }
  await flood("pong")
  assert.deepEqual(await alerts(mailbox.id), ["Ana: connection_flooded", "Eva: connection_flooded"])
  await flood("ping")
  assert.deepEqual(await alerts(mailbox.id), [])
})

test("what is wrong is said with what helps: on the health line, by the doctor and in the figures, in the reader's language", async () => {
  const { id, look } = await openMailbox("words@example.com")
  await look()
  await rows(
    "update mailboxes set failing_since = $2, failure = 'certificate', next_try_at = $2 where connection_id = $1",
    id,
    minutesAgo(30),
  )
  const { status, body } = await ana.call("GET", `/connections/${id}/health`)
  const failure = body["failure"] as Record<string, string>
  assert.deepEqual([status, body["state"], failure["code"]], [200, "failing", "certificate"])
  assert.match(failure["text"]!, /certificado/)
  assert.match(failure["remedy"]!, /nombre/)
  const [found] = await (mailboxInvariants[0]!.find as (look: object) => Promise<string[]>)({ db: desk.db })
  assert.match(found!, /^con_.* the certificate of the mail server .*Use the name/)
  await updateMailboxMetrics(desk.db.pool)
  const figures = await registry.getSingleMetricAsString("hilo_mailbox_failing_seconds")
  const [, seconds] = new RegExp(`\\{mailbox="${id}",name="words@example.com"\\} ([\\d.]+)`).exec(figures)!
  assert.ok(Number(seconds) > 0)
})

test("notifications of mailboxes are in sight of admins alone, whatever the role was when they were made", async () => {
  const { id } = await openMailbox("lead@example.com")
  const [event] = await rows("select id from events order by id desc limit 1")
  await rows(
    "insert into notifications (id, user_id, kind, connection_id, by_kind, event_id, created_at) values ('ntf_x', $1, 'connection_failing', $2, 'system', $3, now())",
    sol.userId,
    id,
    event.id,
  )
  const lead: Principal = { kind: "user", id: sol.userId, role: "lead", teamIds: [], language: "es", timezone: "UTC" }
  const seen = await notificationsOf(desk.db, lead, { limit: 50 })
  assert.deepEqual([seen.items, seen.unread, seen.total], [[], 0, 0])
  const asAdmin = await notificationsOf(desk.db, { ...lead, role: "admin" }, { limit: 50 })
  assert.deepEqual(
    asAdmin.items.map(({ connection }) => connection?.id),
    [id],
  )
})

test("an alert is mailed once to each admin, where mail leaves by a server", async () => {
  const { id } = await openMailbox("mailed@example.com")
  await acting(desk, (act) =>
    record(act, "connection.alerted", { subjectId: id, data: { alert: "failing", code: null } }),
  )
  const [{ id: eventId }] = await rows("select max(id) as id from events")
  const run = async (mailIsSet: boolean) => {
    const [job] = alertJobs(desk, { publicUrl: desk.publicUrl, mailIsSet })
    await job!.run({ eventId, depth: 0, ticketId: null, subjectId: id })
    return (await rows("select recipient from outgoing_emails order by recipient")).map(({ recipient }) => recipient)
  }
  assert.deepEqual(await run(false), [])
  assert.deepEqual(await run(true), ["ana@example.com", "eva@example.com"])
  assert.deepEqual(await run(true), ["ana@example.com", "eva@example.com"])
})
