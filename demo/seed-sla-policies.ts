// Deadlines: two policies that came into force some hours ago, and what has fallen due under them since. What was open then
// is marked and nobody notified, as on any desk that begins to use them; closed tickets have none. Not beside a running
// server: by its clock all that falls due in the stories is late.
import { inTransaction } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { sequenceAll } from "#event-log/index.ts"
import { followDeadlines, type PolicyFields } from "#sla/index.ts"
import { createPolicy } from "#sla/policies/change-policies.ts"
import type { Workspace } from "./seeded-workspace-type.ts"

const hoursInForce = 5
const hourMs = 3_600_000

/** Wholesale is answered day and night, so that its deadlines run whenever somebody looks at the demo. */
const policies = ({ connections, calendarId }: Workspace): PolicyFields[] => [
  {
    name: "Mayoristas, día y noche",
    priority: 10,
    isDefault: false,
    enabled: true,
    conditions: [{ field: "connectionId", operator: "equals", value: connections.wholesale }],
    calendarId: null,
    targets: minutes(60, 120, 1_440),
    visibleToCustomer: false,
    escalations: [{ on: "breach", notify: ["assignee", "leads"] }],
  },
  {
    name: "Soporte",
    priority: 100,
    isDefault: true,
    enabled: true,
    conditions: [],
    calendarId,
    targets: minutes(120, 240, 1_800),
    visibleToCustomer: true,
    escalations: [],
  },
]

function minutes(firstResponse: number, nextResponse: number, resolution: number): PolicyFields["targets"] {
  const forAll = (count: number) => ({ low: count, medium: count, high: count, urgent: Math.round(count / 2) })
  return {
    firstResponse: forAll(firstResponse),
    nextResponse: forAll(nextResponse),
    resolution: forAll(resolution),
  }
}

/** To be called with the instant of each act, in order: makes the policies when their time has come, and follows deadlines from then on. */
export function slaPoliciesAsOf(db: Database, shop: Workspace, now: Date) {
  const begin = new Date(now.getTime() - hoursInForce * hourMs)
  let inForce = false
  return async (at: Date): Promise<void> => {
    if (at < begin) return
    if (!inForce) {
      inForce = true
      await followAll(db, begin)
      await seedPolicies(db, shop, begin)
    }
    await followAll(db, at)
  }
}

async function followAll(db: Database, at: Date): Promise<void> {
  await sequenceAll(db)
  while (await followDeadlines({ db, now: () => at })) await sequenceAll(db)
}

function seedPolicies(db: Database, shop: Workspace, now: Date): Promise<void> {
  return inTransaction(db, { actor: shop.people.alma, now }, async (act) => {
    const known = await act.tx.selectFrom("slaPolicies").select("id").limit(1).executeTakeFirst()
    if (known) return
    for (const policy of policies(shop)) await createPolicy(act, policy)
  })
}
