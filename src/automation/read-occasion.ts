// What led to rules, as the log tells it.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { EventKind } from "#event-log/index.ts"
import type { TriggerType } from "./api-contract.ts"
import type { Occurrence } from "./read-rule-facts.ts"
import type { WaitsFor } from "./waiting-messages.ts"

export const triggerOf: Partial<Record<EventKind, TriggerType>> = {
  "ticket.created": "ticket_created",
  "message.received": "message_received",
  "ticket.status_changed": "status_changed",
  "ticket.reopened": "status_changed",
  "ticket.waited": "waiting",
}
export type RuleOccasion = Occurrence & {
  eventId: number
  trigger: TriggerType
  /** Of one that waits, whose time is over: no other is asked. */
  ruleId: string | null
  waitedMinutes: number | null
  /** Which message waited for whom; null of what does not wait. */
  waiting: { messageId: string; waitsFor: WaitsFor } | null
  /** What already acted because of this, or of anything that led to it. */
  actedRuleIds: Set<string>
}

type OccasionRow = {
  kind: EventKind
  at: Date
  subjectId: string | null
  data: Record<string, unknown>
  isMessage: boolean
  actedRuleIds: string[]
}

/** What happened, with the rules that acted because of it or of its causes; null when it is nothing for rules. */
export async function readOccasion(act: Act, eventId: number): Promise<RuleOccasion | null> {
  const { rows } = await sql<OccasionRow>`
    with recursive causes as (select * from events where id = ${eventId}
      union all select e.* from events e join causes c on e.id = c.cause_id)
    select e.kind, e.at, e.subject_id, e.data, exists (select from messages m where m.id = e.subject_id
        and m.direction = 'in' and m.kind = 'message') as is_message,
      array(select a.subject_id from events a where a.ticket_id = e.ticket_id and a.kind = 'automation.applied'
        and a.cause_id in (select id from causes)) as acted_rule_ids
    from events e where e.id = ${eventId}`.execute(act.tx)
  const [row] = rows
  const trigger = row && triggerOf[row.kind]
  if (!row || !trigger || (trigger === "message_received" && !row.isMessage)) return null
  const { at, subjectId, data, actedRuleIds } = row
  return {
    eventId,
    at,
    trigger,
    messageId: trigger === "message_received" ? subjectId : null,
    previousStatus: typeof data["from"] === "string" ? data["from"] : null,
    ruleId: trigger === "waiting" ? subjectId : null,
    waitedMinutes: trigger === "waiting" ? Number(data["waitedMinutes"]) : null,
    waiting:
      trigger === "waiting"
        ? { messageId: String(data["messageId"]), waitsFor: data["waitsFor"] === "us" ? "us" : "customer" }
        : null,
    actedRuleIds: new Set(actedRuleIds),
  }
}
