// A rule acts on a ticket: what can be done is done, and what cannot is recorded with its reason.
import { sql } from "kysely"
import type { Act, Cause } from "#kernel/act.ts"
import { type DecisionReason, record, recordCause } from "#event-log/index.ts"
import { tryAction } from "#macros/index.ts"
import type { RuleAction } from "./api-contract.ts"
import { type ActionRefusal, applyRuleAction, refusedBecause, type RuleTarget } from "./apply-rule-action.ts"
import type { StoredRule } from "./automation-rule-store.ts"
import type { RuleOccasion } from "./read-occasion.ts"

/**
 * What is done has the rule's own event as its cause: so the timeline knows whose it is, and no rule acts twice in a chain. Where
 * there was nothing to do nothing is recorded.
 */
export async function applyRule(act: Act, ticketId: string, rule: StoredRule, occasion: RuleOccasion): Promise<void> {
  await sql`savepoint rule`.execute(act.tx)
  const about = { ticketId, subjectId: rule.id, data: { version: rule.version }, why: whyOf(rule, occasion) }
  const cause = await recordCause(act, "automation.applied", about)
  const asRule = { ...act, cause }
  for (const action of rule.actions) {
    const code = await refusalOf(asRule, { ticketId, rule, occasion }, action)
    if (code !== null) await recordRefusal(asRule, ticketId, rule, action, code)
  }
  await (
    (await hasConsequences(act, ticketId, cause)) ? sql`release savepoint rule` : sql`rollback to savepoint rule`
  ).execute(act.tx)
}

async function hasConsequences(act: Act, ticketId: string, { eventId }: Cause): Promise<boolean> {
  const { rows } =
    await sql`select from events where ticket_id = ${ticketId} and id > ${eventId} and cause_id = ${eventId}
    limit 1`.execute(act.tx)
  return rows.length > 0
}

async function refusalOf(act: Act, target: RuleTarget, action: RuleAction): Promise<ActionRefusal | null> {
  let code: ActionRefusal | null = null
  const refusal = await tryAction(act, async () => {
    code = await applyRuleAction(act, target, action)
  })
  return refusal ? refusedBecause(refusal) : code
}

function whyOf({ id, version, trigger }: StoredRule, { waitedMinutes }: RuleOccasion): DecisionReason {
  const inputs = { rule: id, ruleVersion: version, ...(waitedMinutes !== null && { waitedMinutes }) }
  const event = trigger.type === "waiting" ? `waiting_${trigger.waitsFor}` : trigger.type
  return { question: "automation", answer: "acts", code: `automation_${event}`, inputs, rejected: [] }
}

async function recordRefusal(act: Act, ticketId: string, rule: StoredRule, { type }: RuleAction, code: ActionRefusal) {
  const inputs = { rule: rule.id, ruleVersion: rule.version, action: type }
  const why = { question: "automation", answer: "refused", code: `automation_refused_${code}`, inputs, rejected: [] }
  await record(act, "automation.refused", { ticketId, subjectId: rule.id, data: { action: type }, why })
}
