// What a policy wants done at a warning or a breach besides notifying: done once, however often the job runs.
import assert from "node:assert/strict"
import { test } from "node:test"
import { sequenceAll } from "#event-log/index.ts"
import { createLog } from "#kernel/log.ts"
import { createNotifications } from "#notifications/index.ts"
import { choosePresence } from "#people/presence/presence-tracker.ts"
import { createRule } from "#routing/change-assignment-rules.ts"
import { assignQueued } from "#routing/index.ts"
import { acting } from "#test/desks/test-desk.ts"
import { openSlaDesk } from "#test/desks/sla-desk.ts"
import { escalationJobs } from "./carry-out-escalation.ts"

const it = await openSlaDesk()
const { desk, root, sol, ana, bruno, ours, theirs, opened, pass, alarms, done, rows } = it
const [job] = escalationJobs(desk)

/** A policy for tickets of this subject. */
const about = (subject: string) => {
  return {
    isDefault: false,
    priority: 1,
    conditions: [{ field: "subject", operator: "equals" as const, value: subject }],
  }
}

type Escalated = { eventId: number; depth: number; ticketId: string; subjectId: string | null }
const escalated = (id: string) =>
  rows<Escalated>(
    `select id as "eventId", depth, ticket_id as "ticketId", subject_id as "subjectId" from events
      where ticket_id = $1 and kind = 'ticket.escalated' order by id`,
    [id],
  )
async function carryOut(id: string) {
  const due = await escalated(id)
  for (const payload of due) await job!.run(payload)
  return due.length
}
const shown = async (id: string) => {
  const { priority, team, assignee } = await done(root.call("GET", `/tickets/${id}`))
  return [priority, (team as { id: string }).id, (assignee as { id: string } | null)?.id ?? null]
}
const notified = async (id: string) => {
  while (await createNotifications(desk));
  const of = await rows(
    "select user_id as who, kind from notifications where ticket_id = $1 order by created_at, kind, 1",
    [id],
  )
  return of.map(({ who, kind }) => [kind, who])
}

test("without escalations the assignee and the leads are notified, and nothing else is done", async () => {
  await it.policy()
  const { id } = await opened({ teamId: ours, assigneeId: ana.userId })
  await pass(48)
  await pass(12)
  assert.deepEqual(
    (await notified(id)).toSorted(),
    [
      ["sla_breached", ana.userId],
      ["sla_breached", sol.userId],
      ["sla_warning", ana.userId],
      ["sla_warning", sol.userId],
    ].toSorted(),
  )
  assert.equal(await carryOut(id), 0)
})

test("a team without leads is the admins' matter", async () => {
  const { id } = await opened({ teamId: theirs, assigneeId: bruno.userId })
  await pass(48)
  const [warning] = await alarms(id)
  assert.deepEqual(warning!.data["notifyIds"], [bruno.userId, root.userId])
})

test("a warning raises the priority and a breach hands it to another team, each once, and people may take it back", async () => {
  await it.policy({
    ...about("sube"),
    targets: { firstResponse: { medium: 60, high: 60 } },
    escalations: [
      { on: "warning", raisePriorityTo: "high", notify: [bruno.userId] },
      { on: "breach", metric: "first_response", teamId: theirs },
      { on: "breach", metric: "resolution", raisePriorityTo: "urgent" },
    ],
  })
  const { id } = await opened({ teamId: ours, assigneeId: ana.userId, subject: "sube" })
  await pass(50)
  await carryOut(id)
  assert.deepEqual(await shown(id), ["high", ours, ana.userId])
  assert.deepEqual(await notified(id), [["sla_warning", bruno.userId]])
  await pass(10)
  await carryOut(id)
  assert.deepEqual(await shown(id), ["high", theirs, null])
  const freed = "select data from events where ticket_id = $1 and kind = 'ticket.freed'"
  const isFreedOnce = [{ data: { previousAgentId: ana.userId, leadIds: [], teamGiven: true } }]
  assert.deepEqual(await rows(freed, [id]), isFreedOnce)
  await done(root.call("PUT", `/tickets/${id}/assignment`, { teamId: ours, agentId: ana.userId }))
  await done(root.call("PATCH", `/tickets/${id}`, { priority: "low" }))
  assert.equal(await carryOut(id), 2)
  await pass(100)
  assert.deepEqual(await shown(id), ["low", ours, ana.userId])
  assert.equal((await escalated(id)).length, 2)
  assert.deepEqual(await rows(freed, [id]), isFreedOnce)
})

test("a priority is never lowered, and a ticket stays with the team that has it", async () => {
  await it.policy({
    ...about("urge"),
    targets: { firstResponse: { urgent: 60 } },
    escalations: [{ on: "breach", raisePriorityTo: "high", teamId: theirs }],
  })
  const { id } = await opened({ teamId: theirs, priority: "urgent", subject: "urge" })
  await pass(60)
  await carryOut(id)
  assert.deepEqual(await shown(id), ["urgent", theirs, null])
})

test("a ticket that was handed to another team goes to somebody of it who has room, whatever the rules say", async () => {
  await it.policy({ ...about("pasa"), escalations: [{ on: "breach", teamId: theirs }] })
  await acting(desk, async (act) => {
    for (const { userId } of [ana, bruno]) await choosePresence(act, userId, "online")
    const { conditions } = about("pasa")
    const action = { type: "round_robin", teamId: ours } as const
    await createRule(act, { name: "De vuelta", priority: 1, enabled: true, conditions, action })
  })
  const { id } = await opened({ teamId: ours, assigneeId: ana.userId, subject: "pasa" })
  await pass(60)
  await carryOut(id)
  await sequenceAll(desk.db)
  while (await assignQueued(desk, createLog("silent")));
  assert.deepEqual(await shown(id), ["medium", theirs, bruno.userId])
})
