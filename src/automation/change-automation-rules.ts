// What happens to tickets by itself: rules are made, changed and removed.
import { isDeepStrictEqual } from "node:util"
import { recordAdminAct } from "#event-log/index.ts"
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { wakeAfter } from "#kernel/database/wake.ts"
import { refuseUnknownVariables } from "#macros/index.ts"
import { misplacedField, mostRules, type RuleChanges, type RuleFields, type Trigger } from "./api-contract.ts"
import {
  countRules,
  existingRule,
  insertRule,
  lockRule,
  removeRule,
  saveRule,
  type StoredRule,
} from "./automation-rule-store.ts"
import { automationTopic } from "./record-due-waits.ts"
import { goneOf } from "./rule-references.ts"

const audited = ["name", "priority", "enabled", "trigger", "conditions", "actions", "stop"] as const

export async function createRule(act: Act, fields: RuleFields): Promise<StoredRule> {
  if ((await countRules(act)) >= mostRules) throw invalidField("name", `there are ${mostRules} rules: remove one first`)
  await refuseWrong(act, fields)
  const id = newId("aut")
  await insertRule(act, id, fields)
  wakeAfter(act.tx, automationTopic)
  const data = { change: "created", version: 1 }
  const about = { subjectId: id, name: fields.name, after: fields, fields: audited, data }
  await recordAdminAct(act, "automation_rule.changed", about)
  return existingRule(act.tx, id)
}

/** Changes what is given and differs; each change is another version, which decisions name. */
export async function changeRule(act: Act, id: string, changes: RuleChanges): Promise<StoredRule> {
  const before = await lockRule(act, id)
  const differs = ([key, value]: [string, unknown]) =>
    value !== undefined && !isDeepStrictEqual(value, before[key as keyof RuleChanges])
  const set = Object.fromEntries(Object.entries(changes).filter(differs)) as Partial<RuleFields>
  const names = Object.keys(set)
  if (names.length === 0) return before
  // What is gone since must not keep anybody from switching the rule off.
  await refuseWrong(act, { ...before, ...set, actions: set.actions ?? [] })
  await saveRule(act, before, set)
  wakeAfter(act.tx, automationTopic)
  const after = await existingRule(act.tx, id)
  const data = { change: "changed", fields: names, version: after.version }
  const about = { subjectId: id, name: after.name, before, after, fields: audited, data }
  await recordAdminAct(act, "automation_rule.changed", about)
  return after
}

export async function deleteRule(act: Act, id: string): Promise<void> {
  const before = await lockRule(act, id)
  await removeRule(act, id)
  const data = { change: "deleted", version: before.version }
  const about = { subjectId: id, name: before.name, before, fields: audited, data }
  await recordAdminAct(act, "automation_rule.changed", about)
}

type Checked = Pick<RuleFields, "trigger" | "conditions" | "actions">

/** Later what a rule names may go: then the rule says so. */
async function refuseWrong(act: Act, { trigger, conditions, actions }: Checked): Promise<void> {
  refuseMisplaced(trigger, conditions)
  for (const [nth, { type, value }] of actions.entries())
    if (type === "note") refuseUnknownVariables(`actions.${nth}.value`, value)
  const [gone] = await goneOf(act.tx, [{ conditions: [], actions }])
  if (gone?.[0]) throw invalidField(gone[0].path, gone[0].because)
}

/** Refuses (400) to ask about what does not come with what leads to the rule. */
export function refuseMisplaced({ type }: Trigger, conditions: readonly { field: string }[]): void {
  const nth = misplacedField(type, conditions)
  if (nth >= 0) throw invalidField(`conditions.${nth}.field`, `does not go with the trigger ${type}`)
}
