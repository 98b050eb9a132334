import assert from "node:assert/strict"
import { test } from "node:test"
import { sql } from "kysely"
import { openSlaDesk } from "#test/desks/sla-desk.ts"
import { acting } from "#test/desks/test-desk.ts"
import { queueTicketsInCalendar } from "./recomputation-queue.ts"

const it = await openSlaDesk()
await it.policy()
const { desk, opened, followed, answer } = it

const moved = async () => {
  const events = await it.rows<{ data: { ticketIds?: string[] } }>(
    "select data from events where kind = 'tickets.deadlines_moved' order by id",
  )
  return events.map(({ data }) => data.ticketIds)
}

test("which tickets show other deadlines is recorded after each step, and of those that were queued in bulk once they are done", async () => {
  await followed()
  const before = (await moved()).length
  const [{ id: one }, { id: other }] = [await opened(), await opened()]
  await followed()
  await answer(one)
  await followed()
  await it.policy({ name: "Otra", isDefault: true, targets: { resolution: { medium: 300 } } })
  await followed()
  const [created, answered, changed, ...others] = (await moved()).slice(before)
  assert.deepEqual([created!.toSorted(), answered, others], [[one, other].toSorted(), [one], []])
  assert.ok([one, other].every((id) => changed!.includes(id)))
  const queuedInBulk = () =>
    it.rows(
      `insert into sla_recomputations (ticket_id, is_quiet, queued_at, in_bulk)
      select id, true, now(), true from tickets where id = any($1)`,
      [[one, other]],
    )
  await queuedInBulk()
  await followed()
  assert.deepEqual((await moved()).slice(before + 3), [], "nothing has moved")
  await it.rows("update sla_targets set due_at = due_at + interval '1 hour' where ticket_id = $1", [one])
  await queuedInBulk()
  const holder = await desk.db.pool.connect()
  await holder.query("begin")
  await holder.query("select from tickets where id = $1 for update", [other])
  await followed()
  assert.deepEqual((await moved()).slice(before + 3), [], "one of them is left")
  await holder.query("rollback")
  holder.release()
  await followed()
  assert.deepEqual((await moved()).slice(before + 3), [undefined])
  const inVain = { conditions: [{ field: "subject", operator: "equals", value: "nadie" }], isDefault: false }
  await it.policy(inVain)
  await followed()
  assert.deepEqual((await moved()).slice(before + 4), [])
})

test("more than 200 tickets at once are queued in bulk", async () => {
  const queued = (tickets: number) =>
    acting(desk, async (act) => {
      // Foreign keys are not asked: the tickets themselves do not matter.
      await sql`set local session_replication_role = replica`.execute(act.tx)
      await sql`insert into sla_targets (ticket_id, counted_on, cycle, metric, calendar_id, started_at, started_by)
        select 'tkt_' || n, 'tkt_' || n, 1, m, 'cal', now(), 'created'
        from generate_series(1, ${tickets}::int) n, unnest(array['first_response', 'resolution']) m`.execute(act.tx)
      await queueTicketsInCalendar(act, "cal")
      const { rows } = await sql<{ inBulk: boolean; count: number }>`
        select in_bulk, count(*)::int from sla_recomputations group by 1`.execute(act.tx)
      await sql`delete from sla_recomputations`.execute(act.tx)
      await sql`delete from sla_targets where calendar_id = 'cal'`.execute(act.tx)
      return rows
    })
  await followed()
  assert.deepEqual(await queued(200), [{ inBulk: false, count: 200 }])
  assert.deepEqual(await queued(201), [{ inBulk: true, count: 201 }])
})
