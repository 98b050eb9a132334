import assert from "node:assert/strict"
import { test } from "node:test"
import { sql } from "kysely"
import { refused } from "#test/desks/calendar-desk.ts"
import { runConcurrently } from "#test/concurrent-acts.ts"
import { openSlaDesk } from "#test/desks/sla-desk.ts"
import { sequenceAll } from "#event-log/index.ts"
import { disableUser } from "#people/index.ts"
import { acting } from "#test/desks/test-desk.ts"
import { trackTargets } from "../targets/track-targets.ts"

const { desk, root, ana, carla, ours, policy, opened, followed, rows } = await openSlaDesk()

/** Of tickets that there are not. */
const rare = { isDefault: false, conditions: [{ field: "subject", operator: "equals", value: "nunca" }] }
const targets = { firstResponse: { medium: 60 } }
const body = { name: "Oro", targets }
const gone = "usr_0000000000000000000000000000000a"
const wrong: [what: string, more: object, path: string][] = [
  ["targets are missing", { targets: undefined }, "targets"],
  ["targets are empty", { targets: {} }, "targets"],
  ["a metric without a priority", { targets: { firstResponse: {} } }, "targets.firstResponse"],
  ["a metric that is none", { targets: { lastResponse: { low: 1 } } }, "targets.lastResponse"],
  ["a priority that is none", { targets: { resolution: { alta: 1 } } }, "targets.resolution.alta"],
  ...[0, -1, 1.5, 525_601, "60", null, 1e300].map((minutes): [string, object, string] => [
    `${String(minutes)} minutes`,
    { targets: { firstResponse: { low: minutes } } },
    "targets.firstResponse.low",
  ]),
  ["a calendar that is gone", { calendarId: "cal_none" }, "calendarId"],
  [
    "an escalation to a user who is gone",
    { escalations: [{ on: "breach", notify: [gone] }] },
    "escalations.0.notify.0",
  ],
  ["to a customer", { escalations: [{ on: "breach", notify: ["leads", carla.userId] }] }, "escalations.0.notify.1"],
  ["to nobody known", { escalations: [{ on: "breach", notify: ["everybody"] }] }, "escalations.0.notify.0"],
  ["to a team that is gone", { escalations: [{ on: "warning", teamId: "tem_none" }] }, "escalations.0.teamId"],
  ["an escalation that does nothing", { escalations: [{ on: "warning" }] }, "escalations.0"],
  ["at an instant that is none", { escalations: [{ on: "sometimes", notify: [] }] }, "escalations.0.on"],
  [
    "a priority that is none",
    { escalations: [{ on: "breach", raisePriorityTo: "top" }] },
    "escalations.0.raisePriorityTo",
  ],
  [
    "a condition on a field that is gone",
    { conditions: [{ field: "customFields.gone", operator: "equals", value: "x" }] },
    "conditions.0.field",
  ],
  [
    "on a field that never was",
    { conditions: [{ field: "colour", operator: "equals", value: "x" }] },
    "conditions.0.field",
  ],
  [
    "conditions of the default policy",
    { isDefault: true, conditions: [{ field: "kind", operator: "equals", value: "support" }] },
    "conditions",
  ],
  ["a field that is none", { color: "red" }, "color"],
]

const everything = () => rows("select * from sla_policies order by id")

test("what cannot be is refused by its field, and nothing of it is kept", async () => {
  const id = await policy(rare)
  const before = [await everything(), await rows("select count(*) from events")]
  for (const [what, more, path] of wrong) {
    refused(await root.call("POST", "/sla-policies", { ...body, ...more }), path, what)
    if (what !== "targets are missing") refused(await root.call("PATCH", `/sla-policies/${id}`, more), path, what)
  }
  assert.deepEqual([await everything(), await rows("select count(*) from events")], before)
})

test("an agent who is switched off cannot be named, and a policy that names them can be renamed", async () => {
  const id = await policy({ ...rare, escalations: [{ on: "breach", notify: [ana.userId], teamId: ours }] })
  await acting(desk, (act) => disableUser(act, ana.userId))
  assert.equal((await root.call("PATCH", `/sla-policies/${id}`, { name: "Otra" })).status, 200)
  const again = { escalations: [{ on: "warning", notify: [ana.userId] }] }
  refused(await root.call("PATCH", `/sla-policies/${id}`, again), "escalations.0.notify.0", "switched off")
})

test("a policy in use is removed only with its heir named; its open tickets go there", async () => {
  const old = await policy({ name: "Vieja" })
  const ticket = await opened()
  await followed()
  const heir = await policy({ ...rare, name: "Nueva" })
  const remove = (query: string) => root.call("DELETE", `/sla-policies/${old}${query}`)
  const { status, body: problem } = await remove("")
  assert.deepEqual([status, problem["code"]], [409, "in_use"])
  refused(await remove("?heir=sla_none"), "heir", "unknown")
  refused(await remove(`?heir=${old}`), "heir", "itself")
  refused(await remove("?heir=anybody"), "heir", "no id")
  assert.equal((await remove(`?heir=${heir}`)).status, 204)
  await followed()
  assert.equal(await policyOf(ticket.id), heir)
  assert.equal((await root.call("DELETE", `/sla-policies/${heir}?heir=none`)).status, 204)
  await followed()
  assert.equal(await policyOf(ticket.id), undefined)
  assert.equal((await root.call("GET", `/sla-policies/${heir}`)).status, 404)
})

const policyOf = async (id: string) =>
  ((await root.call("GET", `/tickets/${id}`)).body["sla"] as { policyId: string } | null)?.policyId
const bySubject = (subject: string) => ({
  priority: 1,
  isDefault: false,
  conditions: [{ field: "subject", operator: "equals", value: subject }],
})

test("what was without an SLA by a policy gets the next one when that is removed", async () => {
  const next = await policy()
  const none = await policy({ ...bySubject("exento"), targets: null })
  const { id } = await opened({ subject: "exento" })
  await followed()
  assert.equal(await policyOf(id), undefined)
  assert.equal((await root.call("DELETE", `/sla-policies/${none}`)).status, 204)
  await followed()
  assert.equal(await policyOf(id), next)
})

test("a ticket that falls under a policy while it is removed gets the next one", async () => {
  const next = await policy()
  const removed = await policy(bySubject("justo entonces"))
  const { id: other } = await opened()
  await followed()
  const { id } = await opened({ subject: "justo entonces" })
  await root.call("POST", `/tickets/${other}/messages`, { content: "Hola" })
  await sequenceAll(desk.db)
  // The reader, which knows the policies already, waits for the other ticket's targets.
  await runConcurrently(
    desk,
    ({ tx }) => sql`select from sla_targets where ticket_id = ${other} for update`.execute(tx),
    () => trackTargets(desk),
    async () => assert.equal((await root.call("DELETE", `/sla-policies/${removed}`)).status, 204),
  )
  await followed()
  assert.equal(await policyOf(id), next)
})

test("one policy is the default, and taking the mark takes it from the other", async () => {
  const first = await policy()
  const second = await policy()
  const isDefault = async (id: string) => (await root.call("GET", `/sla-policies/${id}`)).body["isDefault"]
  assert.deepEqual([await isDefault(first), await isDefault(second)], [false, true])
  await root.call("PATCH", `/sla-policies/${first}`, { isDefault: true })
  assert.deepEqual([await isDefault(first), await isDefault(second)], [true, false])
})

test("a calendar that a policy names stays as long as it does", async () => {
  const week = { timezone: "UTC", intervals: [{ day: 1, from: "09:00", to: "18:00" }] }
  const { body: made } = await root.call("POST", "/calendars", { name: "Oficina", ...week })
  const id = await policy({ ...rare, name: "Con horario", calendarId: made["id"] })
  const used = await root.call("DELETE", `/calendars/${String(made["id"])}`)
  assert.deepEqual([used.status, used.body["usedBy"]], [409, [{ kind: "SLA policy", id, name: "Con horario" }]])
  assert.equal((await root.call("DELETE", `/sla-policies/${id}`)).status, 204)
  assert.equal((await root.call("DELETE", `/calendars/${String(made["id"])}`)).status, 204)
})
