// Two servers on one database: each warning and each breach once, whichever server dies meanwhile.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { inTransaction, system } from "#kernel/act.ts"
import { openDatabase } from "#kernel/db.ts"
import { openSupportTicket } from "#tickets/creation/open-support-ticket.ts"
import { testDatabase } from "../database.ts"
import { ask, keyFor, startHilo, waitUntil } from "../server-process.ts"

const { url: databaseUrl } = await testDatabase()
const db = openDatabase(databaseUrl, { max: 4 })
after(() => db.close())
const [one, other] = await Promise.all([startHilo({ databaseUrl }), startHilo({ databaseUrl })])
const admin = await keyFor({ databaseUrl }, "admin")

/** Opened so long ago that its first response is due within the next seconds. */
const opened = (secondsAgo: number) =>
  inTransaction(db, { actor: system, now: new Date(Date.now() - secondsAgo * 1_000) }, (act) =>
    openSupportTicket(act, { subject: "Ayuda", description: "", channel: "web" }),
  )
const recorded = async (kind: string) =>
  (await db.pool.query<{ n: number }>("select count(*)::int as n from events where kind = $1", [kind])).rows[0]!.n

const tickets = 120

test("a server is killed while deadlines fall due: each is warned of and breached once, in that order", async () => {
  const targets = { firstResponse: { medium: 1 } }
  const made = await ask(one.url, admin, "POST", "/sla-policies", { name: "Un minuto", isDefault: true, targets })
  assert.equal(made.status, 201)
  for (let n = 0; n < tickets; n += 20)
    await Promise.all(Array.from({ length: 20 }, (_, k) => opened(42 + ((n + k) % 15))))
  await waitUntil(
    "some are breached, and others are not",
    async () => (await recorded("ticket.sla_breached")) > tickets / 10,
  )
  await one.kill()
  await waitUntil("all are breached", async () => (await recorded("ticket.sla_breached")) >= tickets)
  const { rows } = await db.pool.query(
    `select count(*) filter (where kinds = '{ticket.sla_warned,ticket.sla_breached}')::int as once, count(*)::int as n
      from (select array_agg(kind order by position) as kinds from events
        where kind in ('ticket.sla_warned', 'ticket.sla_breached') group by ticket_id) alarms`,
  )
  assert.deepEqual(rows, [{ once: tickets, n: tickets }])
  await other.stop()
})
