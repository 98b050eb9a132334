// What is removed by its age, and what is not: each purge names what it takes, and whatever was acknowledged and is not yet
// where it belongs stays, however old.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { purgeDeliveries, purgeReplayedElements } from "#incoming-webhooks/index.ts"
import { purgeMails } from "#kernel/mail/mail-queue.ts"
import { purgeRateLimits, type Purge, purgeBatch } from "#kernel/jobs/cleanup.ts"
import { endExpiredSessions, purgeSignInLinks, purgePasswordLinks } from "#people/index.ts"
import { purgeVisitors } from "#channels/webchat/entry-points/visitor-token-store.ts"
import { purgeAccessLog } from "#tickets/index.ts"
import { purgeReports } from "#messages/index.ts"
import { purgeSends } from "#outbox/index.ts"
import { purgeRoutingQueue } from "#routing/index.ts"
import { openSupportTicket } from "#tickets/creation/open-support-ticket.ts"
import { acting, openDesk } from "./desks/test-desk.ts"

const desk = await openDesk(() => {})
const rows = async (sql: string, values: unknown[] = []) => (await desk.db.pool.query(sql, values)).rows
const purge = (verb: Purge) => acting(desk, verb)
const left = async (sql: string) => (await rows(sql)).map(({ what }) => what)

const connection = (id: string, more = "null") =>
  rows(`insert into connections (id, kind, name, enabled, deleted_at, created_at, updated_at)
    values ('${id}', 'whatsapp', '${id}', false, ${more}, now(), now())`)

test("deliveries that wait for their connection stay, however long it is off", async () => {
  await connection("con_off")
  await connection("con_gone", "$1::timestamptz - interval '31 days'".replace("$1", `'${desk.now().toISOString()}'`))
  const add = (connectionId: string, digest: string, state: string, days: number) =>
    rows(
      `insert into webhook_deliveries (connection_id, digest, body, received_at, state, next_at)
      values ($1, $2, 'x', $3::timestamptz - make_interval(days => $4), $5, now())`,
      [connectionId, digest, desk.now(), days, state],
    )
  await add("con_off", "held for a year", "held", 365)
  await add("con_off", "stored for a year", "stored", 365)
  await add("con_off", "done a month ago", "done", 31)
  await add("con_off", "done lately", "done", 29)
  await add("con_gone", "of a removed connection", "held", 365)
  await purge(purgeDeliveries)
  assert.deepEqual(await left("select digest as what from webhook_deliveries order by id"), [
    "held for a year",
    "stored for a year",
    "done lately",
  ])
})

test("what could not be processed stays until somebody has it replayed", async () => {
  const add = (id: string, replayedDaysAgo: number | null) =>
    rows(
      `insert into failed_deliveries (id, delivery_id, connection_id, ordinal, element, reason, tries, created_at, replayed_at)
      select $1, min(id), 'con_off', (select count(*) from failed_deliveries), '{}', 'x', 5, $2::timestamptz - interval '1 year',
        $2::timestamptz - make_interval(days => $3) from webhook_deliveries`,
      [id, desk.now(), replayedDaysAgo],
    )
  await add("waits", null)
  await add("tried lately", 1)
  await add("tried long ago", 31)
  await purge(purgeReplayedElements)
  assert.deepEqual(await left("select id as what from failed_deliveries order by ordinal"), ["waits", "tried lately"])
})

test("sends that ended well are gone after a month, and what is unsent, unknown or failed is not", async () => {
  const ticket = await acting(desk, (act) =>
    openSupportTicket(act, { subject: "Caja rota", description: "", channel: "phone" }),
  )
  for (const state of ["queued", "sending", "sent", "unknown", "failed", "cancelled"])
    for (const days of [29, 31]) {
      const id = `msg_${state}_${days}`
      await rows(
        `insert into messages (id, ticket_id, connection_id, direction, sender_kind, content, sent_at, created_at)
        values ($1, $2, 'con_off', 'out', 'system', 'x', now(), now())`,
        [id, ticket.id],
      )
      await rows(
        `insert into sends (message_id, connection_id, recipient, state, next_at, created_at)
        values ($1, 'con_off', 'x', $2, now(), $3::timestamptz - make_interval(days => $4))`,
        [id, state, desk.now(), days],
      )
    }
  await purge(purgeSends)
  assert.deepEqual(await left("select state || ' ' || split_part(message_id, '_', 3) as what from sends order by 1"), [
    "cancelled 29",
    "failed 29",
    "failed 31",
    "queued 29",
    "queued 31",
    "sending 29",
    "sending 31",
    "sent 29",
    "unknown 29",
    "unknown 31",
  ])
})

test("reports of deliveries are gone when no later one can be weighed against them", async () => {
  for (const days of [29, 31])
    await rows(
      `insert into delivery_reports (connection_id, external_id, status, at)
      values ('con_off', $1, 'read', $2::timestamptz - make_interval(days => $3))`,
      [`${days} days`, desk.now(), days],
    )
  await purge(purgeReports)
  assert.deepEqual(await left("select external_id as what from delivery_reports"), ["29 days"])
})

test("tickets that ended while they waited for somebody wait no longer", async () => {
  for (const subject of ["open", "closed"]) {
    const { id } = await acting(desk, (act) => openSupportTicket(act, { subject, description: "", channel: "phone" }))
    await rows(
      "insert into routing_queue (ticket_id, event_id, created_at) values ($1, 1, now()) on conflict do nothing",
      [id],
    )
    if (subject === "closed") await rows("update tickets set status = 'closed', closed_at = now() where id = $1", [id])
  }
  await purge(purgeRoutingQueue)
  const waiting =
    "select subject as what from routing_queue join tickets on id = ticket_id where subject in ('open', 'closed')"
  assert.deepEqual(await left(waiting), ["open"])
})

test("operators read of each table what it grows with, and what bounds it", async () => {
  const page = readFileSync("docs/operating.md", "utf8")
  const [, told = ""] = /<!-- tables -->(.*?)<!-- \/tables -->/s.exec(page) ?? []
  const named = [...told.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name!)
  const there = await left(
    "select table_name as what from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  )
  assert.deepEqual(named.toSorted(), there.toSorted())
})

// Of each table, old rows: one more than a statement takes.
const old: [purge: Purge, rows: string][] = [
  [
    purgeAccessLog,
    "ticket_access_log (day, user_id, ticket_id) select date '2020-01-01' - n, 'usr_old', t.id from n, t",
  ],
  [
    purgeMails,
    `outgoing_emails (id, recipient, state, due_at, created_at, settled_at, give_up_at)
      select 'old ' || n, 'x', 'sent', now(), now(), now() - interval '8 days', now() from n`,
  ],
  [
    purgeVisitors,
    `chat_visitors (token_hash, connection_id, visitor_id, created_at, last_seen_at)
      select 'old ' || n, 'con_off', 'old ' || n, now(), now() - interval '181 days' from n`,
  ],
  [purgeRateLimits, "rate_limits (key, points, expire) select 'old ' || n, 1, 1 from n"],
  [
    purgeSignInLinks,
    "sign_in_links (token_hash, email, created_at) select 'old ' || n, 'x', now() - interval '2 days' from n",
  ],
  [
    purgePasswordLinks,
    `password_links (token_hash, user_id, created_at, expires_at)
      select 'old ' || n, 'usr_old', now(), now() - interval '1 minute' from n`,
  ],
  [
    endExpiredSessions,
    `sessions (token_hash, user_id, created_at, expires_at) select 'old ' || n, 'usr_old', now(), now() - interval '1 minute' from n`,
  ],
]

test("more of a table than a statement removes in time goes in several", async () => {
  await acting(desk, (act) => openSupportTicket(act, { subject: "Old", description: "", channel: "phone" }))
  await rows(`insert into users (id, email, name, role, created_at, updated_at)
    values ('usr_old', 'old@example.com', 'Old', 'agent', now(), now())`)
  for (const [verb, filling] of old) {
    const ticket = "t as (select id from tickets order by id limit 1)"
    await rows(`with n as (select generate_series(1, ${purgeBatch + 1}) as n), ${ticket} insert into ${filling}`)
    const removed: number[] = []
    for (let last = purgeBatch; last === purgeBatch; removed.push(last)) last = await purge(verb)
    assert.deepEqual(removed, [purgeBatch, 1], filling)
  }
})
