import { isDeepStrictEqual } from "node:util"
import { recordAdminAct } from "#event-log/index.ts"
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { teamExists, userFacts } from "#people/index.ts"
import type { Rule, RuleFields } from "./api-contract.ts"
import { existingRule, insertRule, lockRule, removeRule, saveRule } from "./assignment-rule-store.ts"

const audited = ["name", "priority", "enabled", "conditions", "action"] as const

export async function createRule(act: Act, fields: RuleFields): Promise<Rule> {
  await refuseUnknown(act, fields.action)
  const id = newId("rul")
  await insertRule(act, id, fields)
  const data = { change: "created", version: 1 }
  await recordAdminAct(act, "rule.changed", { subjectId: id, name: fields.name, after: fields, fields: audited, data })
  return existingRule(act.tx, id)
}

type Changes = { [K in keyof RuleFields]?: RuleFields[K] | undefined }

/** Changes what is given and differs; each change is another version, which decisions name. */
export async function changeRule(act: Act, id: string, changes: Changes): Promise<Rule> {
  const before = await lockRule(act, id)
  const differs = ([key, value]: [string, unknown]) =>
    value !== undefined && !isDeepStrictEqual(value, before[key as keyof Changes])
  const set = Object.fromEntries(Object.entries(changes).filter(differs)) as Partial<RuleFields>
  const names = Object.keys(set)
  if (names.length === 0) return before
  if (set.action) await refuseUnknown(act, set.action)
  await saveRule(act, id, set)
  const data = { change: "changed", fields: names, version: before.version + 1 }
  const after = await existingRule(act.tx, id)
  await recordAdminAct(act, "rule.changed", { subjectId: id, name: after.name, before, after, fields: audited, data })
  return after
}

export async function deleteRule(act: Act, id: string): Promise<void> {
  const before = await lockRule(act, id)
  await removeRule(act, id)
  const data = { change: "deleted", version: before.version }
  await recordAdminAct(act, "rule.changed", { subjectId: id, name: before.name, before, fields: audited, data })
}

/** Later they may be disabled: then the rule does not apply. */
async function refuseUnknown(act: Act, { agentId, teamId }: RuleFields["action"]) {
  if (teamId !== undefined && !(await teamExists(act, teamId))) throw invalidField("action.teamId", "is not a team")
  if (agentId === undefined) return
  const agent = await userFacts(act, agentId)
  if (!agent || agent.role === "user" || agent.disabled) throw invalidField("action.agentId", "is not an active agent")
}
