// What rules do after something happened to a ticket: in one transaction with the facts that tell it, once for what happened.
import { sql } from "kysely"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { failingConditions } from "#conditions/index.ts"
import type { ReactionPayload } from "#event-log/index.ts"
import { lockTicket } from "#tickets/index.ts"
import { applyRule } from "./apply-rule.ts"
import { rulesInForce } from "./automation-rule-store.ts"
import { readFacts } from "./read-rule-facts.ts"
import { readOccasion, type RuleOccasion, triggerOf } from "./read-occasion.ts"
import { isWaiting } from "./waiting-messages.ts"

/** Each rule adds two to the depth: it acts because of something, and what it does follows from that. */
const deepest = 5

/** Incidents and mirrored tickets follow rules of their own. */
const kinds = ["support", "conversation"]

export const automationJobs = (kit: Kit): Job[] => [
  {
    name: "run-automation-rules",
    worthwhile: async (tx, payloads) => {
      const shallow = payloads.filter(({ depth }) => Number(depth) < deepest)
      const led = await leadingToRules(
        tx,
        shallow.map(({ eventId }) => Number(eventId)),
      )
      return shallow.filter(({ eventId }) => led.has(Number(eventId)))
    },
    run: (payload) => runRules(kit, payload as ReactionPayload),
  },
]

/** Of these events, those that lead to a rule which is on. What opens closed, as campaigns do, and what is of the past is not for rules. */
async function leadingToRules(tx: Act["tx"], eventIds: number[]): Promise<Set<number>> {
  const names = JSON.stringify(triggerOf)
  const { rows } = await sql<{ id: number }>`
    with led as (select distinct trigger from automation_rules where enabled)
    select e.id from events e join tickets t on t.id = e.ticket_id
    where exists (select from led) and e.id = any(${eventIds}::bigint[])
      and ${names}::jsonb ->> e.kind in (select trigger from led)
      and t.kind = any(${kinds}) and t.merged_into is null and e.data ->> 'silent' is null
      and (e.kind <> 'ticket.created' or t.active) and (e.kind <> 'message.received' or e.data ->> 'direction' = 'in')`.execute(
    tx,
  )
  return new Set(rows.map(({ id }) => id))
}

async function runRules(kit: Kit, { ticketId, eventId, depth }: ReactionPayload): Promise<void> {
  if (ticketId === null) return
  await inTransaction(kit.db, { actor: system, now: kit.now(), cause: { eventId, depth } }, async (act) => {
    const { kind, mergedInto } = await lockTicket(act, ticketId)
    const occasion = await readOccasion(act, eventId)
    if (!kinds.includes(kind) || mergedInto !== null || !occasion || (await wasCarriedOut(act, ticketId, eventId)))
      return
    if (await wasAnswered(act, ticketId, occasion)) return
    const rules = (await rulesInForce(act.tx, occasion.trigger)).filter(
      ({ id }) => !occasion.actedRuleIds.has(id) && (occasion.ruleId ?? id) === id,
    )
    const conditions = rules.flatMap((rule) => rule.conditions)
    let facts = await readFacts(act.tx, ticketId, occasion, conditions)
    for (const rule of rules) {
      if (failingConditions(rule.conditions, facts) !== null) continue
      await applyRule(act, ticketId, rule, occasion)
      if (rule.stop) return
      // What a rule has changed counts for those after it.
      facts = await readFacts(act.tx, ticketId, occasion, conditions)
    }
  })
}

/** Jobs may be late: who waited may have been answered, or have answered, since the log said so. */
async function wasAnswered(act: Act, ticketId: string, { waiting }: RuleOccasion): Promise<boolean> {
  return waiting !== null && !(await isWaiting(act.tx, waiting.waitsFor, { id: waiting.messageId, ticketId }))
}

/** Under the ticket's lock: of two servers that do the same job, the second sees what the first has recorded. */
async function wasCarriedOut(act: Act, ticketId: string, eventId: number): Promise<boolean> {
  const { rows } = await sql`select from events where ticket_id = ${ticketId} and cause_id = ${eventId}
    and kind = 'automation.applied' limit 1`.execute(act.tx)
  return rows.length > 0
}
