// From now on tickets find their people: two rules of giving, who is there, and what they are notified of. Set last, or it would have
// happened in the past.
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { savePreferences } from "#notifications/preference-store.ts"
import { choosePresence } from "#people/presence/presence-tracker.ts"
import type { RuleFields } from "#routing/api-contract.ts"
import { dequeue } from "#routing/routing-queue.ts"
import { createRule } from "#routing/change-assignment-rules.ts"
import type { StaffName } from "./staff-and-customers.ts"
import type { Workspace } from "./seeded-workspace-type.ts"

const rules = ({ people, teams }: Workspace): Omit<RuleFields, "enabled">[] => [
  {
    name: "Mayoristas → Ventas",
    priority: 10,
    conditions: [{ field: "customer.tier", operator: "equals", value: "Mayorista" }],
    action: { type: "round_robin", teamId: teams.sales },
  },
  {
    name: "Garantías y daños → Bruno",
    priority: 20,
    conditions: [{ field: "subject", operator: "matches", value: "garant[ií]a|dañad[oa]|rot[oa]" }],
    action: { type: "assign_agent", agentId: people.bruno.id },
  },
]

const there = { sol: "busy", ana: "online", bruno: "online", teo: "away" } as const

export function seedRulesAndPresence(db: Database, shop: Workspace, now: Date): Promise<void> {
  return inTransaction(db, { actor: shop.people.alma, now }, async (act) => {
    if (!(await hasRules(act))) for (const rule of rules(shop)) await createRule(act, { ...rule, enabled: true })
    for (const [name, status] of Object.entries(there)) {
      const who = shop.people[name as StaffName]
      await choosePresence({ ...act, actor: who }, who.id, status)
    }
    // Sol leads: of every message there would be no end, and the evenings are hers.
    await savePreferences(act, shop.people.sol.id, {
      kinds: { answered: { list: true, sound: false, system: false } },
      quietHours: { from: "19:00", to: "07:00" },
    })
  })
}

const hasRules = async (act: Act) =>
  (await act.tx.selectFrom("assignmentRules").select("id").limit(1).executeTakeFirst()) !== undefined

/** What a server that ran meanwhile put by for giving out is of the past. */
export async function dequeueTickets(db: Database, ids: ReadonlySet<string>, now: Date): Promise<void> {
  await inTransaction(db, { actor: system, now }, (act) => dequeue(act, [...ids]))
}
