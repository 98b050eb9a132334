// Every event of a ticket says whose it was at that moment, whichever way it was written.
import assert from "node:assert/strict"
import { test } from "node:test"
import { sequenceAll } from "#event-log/index.ts"
import { castOf } from "#test/desk-users.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { openDesk } from "#test/desks/test-desk.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { messageRoutes } from "#channels/api/entry-points/message-routes.ts"

const desk = await openDesk((app, kit) => {
  messageRoutes(app, kit)
  ticketRoutes(app, kit)
})
const { root, ana, ours } = await castOf(desk)

test("messages that come alone or together carry the team and the agent of their moment", async () => {
  const connection = await openMessageSource(desk, { teamIds: [ours] })
  const phone = "+573002003344"
  const { ticket } = await connection.says(phone)
  await Promise.all(Array.from({ length: 8 }, () => connection.says(phone)))
  const given = await root.call("PUT", `/tickets/${ticket!.id}/assignment`, { agentId: ana.userId })
  assert.equal(given.status, 200, JSON.stringify(given.body))
  await Promise.all(Array.from({ length: 8 }, () => connection.says(phone)))
  await sequenceAll(desk.db)
  const { rows } = await desk.db.pool.query<{ kind: string; team: string; agent: string | null }>(
    "select kind, team_id as team, assignee_id as agent from events where ticket_id = $1 order by position",
    [ticket!.id],
  )
  const at = rows.findIndex(({ kind }) => kind === "ticket.assigned")
  assert.ok(at > 8 && rows.length > at + 8, JSON.stringify(rows))
  assert.deepEqual(
    rows.filter(({ team, agent }, i) => team !== ours || agent !== (i < at ? null : ana.userId)),
    [],
  )
})
