// A list in several walks must be the same list as one that looks at everything.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { type Database, openDatabase } from "#kernel/db.ts"
import type { Principal } from "#people/index.ts"
import { testDatabase } from "#test/database.ts"
import { listQuery } from "../api-contract.ts"
import { countTickets, listTickets } from "./list-tickets.ts"

const person = { kind: "user", language: "es", timezone: "UTC", contactId: null } as const
const bruno: Principal = { ...person, id: "usr_bruno", role: "agent", teamIds: ["tea_a", "tea_b"] }
const ana: Principal = { ...person, id: "usr_ana", role: "admin", teamIds: [] }

let db: Database

before(async () => {
  db = openDatabase((await testDatabase()).url)
  await db.pool.query(`
    insert into users (id, email, name, role, created_at, updated_at) values ('usr_ana', 'a@example.com', 'Ana', 'admin', now(), now()),
      ('usr_bruno', 'b@example.com', 'Bruno', 'agent', now(), now());
    insert into teams (id, name, created_at) values ('tea_a', 'A', now()), ('tea_b', 'B', now()), ('tea_c', 'C', now());
    insert into tickets (id, kind, status, channel, assignee_id, team_id, created_by_kind, created_by_id, last_message_at, created_at, updated_at)
    select 'tkt_' || n, 'support', (array['open', 'pending', 'resolved', 'closed'])[1 + n % 4], 'web',
      (array['usr_ana', 'usr_bruno', null])[1 + n % 3], (array['tea_a', 'tea_b', 'tea_c', null])[1 + n / 4 % 4], 'user',
      (array['usr_ana', 'usr_bruno'])[1 + n % 2], now() - n * interval '1 hour', now() - (n * 7 % 100) * interval '1 day', now()
    from generate_series(1, 200) n`)
})
after(() => db.close())

// Worked out by the words of the domain, not by the walks.
const seenByBruno = "(team_id in ('tea_a', 'tea_b') or assignee_id = 'usr_bruno' or created_by_id = 'usr_bruno')"

const cases: [string, Principal, Record<string, unknown>, string][] = [
  ["an agent's own and their teams'", bruno, { sort: "-createdAt" }, seenByBruno],
  ["the same by activity", bruno, { sort: "-lastMessageAt" }, seenByBruno],
  ["open ones", bruno, { phase: ["new", "active", "waiting"] }, `${seenByBruno} and status in ('open', 'pending')`],
  ["closed ones", bruno, { phase: "closed" }, `${seenByBruno} and status = 'closed'`],
  [
    "resolved and closed ones",
    bruno,
    { phase: ["closed", "resolved"] },
    `${seenByBruno} and status in ('resolved', 'closed')`,
  ],
  [
    "phases of both halves",
    bruno,
    { phase: ["waiting", "closed"] },
    `${seenByBruno} and status in ('pending', 'closed')`,
  ],
  ["an admin's, by activity", ana, { sort: "-lastMessageAt" }, "true"],
  ["an admin's, of one agent", ana, { assignedTo: "usr_bruno" }, "assignee_id = 'usr_bruno'"],
  ["an admin's, all", ana, {}, "true"],
]

for (const [name, who, query, truth] of cases) {
  test(`a list finds each ticket once: ${name}`, async () => {
    const { rows } = await db.pool.query<{ id: string }>(`select id from tickets where ${truth}`)
    const found = await listed(who, query, rows.length)
    assert.deepEqual(found.toSorted(), rows.map(({ id }) => id).toSorted())
  })
}

async function listed(who: Principal, query: Record<string, unknown>, total: number): Promise<string[]> {
  const found: string[] = []
  let cursor: string | undefined
  do {
    const page = await listTickets(
      { db, now: () => new Date() },
      who,
      listQuery.parse({ limit: "7", ...query, ...(cursor && { cursor }) }),
    )
    assert.equal(page.total, total)
    found.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return found
}

test("a list by deadline is whole and in order, also for who sees none of the desk's next two thousand", async () => {
  await db.pool.query(`
    insert into tickets (id, kind, status, channel, team_id, created_by_kind, last_message_at, created_at, updated_at)
      select 'tkt_next_' || n, 'support', 'open', 'web', 'tea_c', 'system', now(), now(), now() from generate_series(1, 2100) n;
    insert into ticket_sla (ticket_id, cycle, state, due_at, is_running)
      select id, 1, 'breached', case when id like 'tkt_next%' then now() - interval '1 day'
        when id not like '%5' then now() + hashtext(id) % 10 * interval '1 hour' end, true from tickets where active`)
  const open = { phase: ["new", "active", "waiting"] }
  const { rows } = await db.pool.query<{ id: string }>(`
    select t.id from tickets t left join ticket_sla s on s.ticket_id = t.id
    where ${seenByBruno} and active order by s.due_at nulls last, t.id`)
  const ids = rows.map(({ id }) => id)
  assert.ok(ids.length > 50 && ids.length < 100)
  for (const slaState of [undefined, ["breached"]])
    assert.deepEqual(await listed(bruno, { ...open, slaState, sort: "slaDueAt" }, ids.length), ids)
  const breached = listQuery.parse({ ...open, slaState: ["breached"] })
  assert.deepEqual(await countTickets(db, bruno, breached, 100), { n: ids.length, isCut: false })
  assert.deepEqual(await countTickets(db, ana, breached, 100), { n: 100, isCut: true })
})
