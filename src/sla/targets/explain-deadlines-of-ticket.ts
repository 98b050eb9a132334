// Why a ticket has its deadlines: which policy grants what, in which calendar, and from when it counts.
import type { Kysely } from "kysely"
import { sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { DecisionReason } from "#event-log/index.ts"
import type { Target } from "./apply-facts-to-targets.ts"

type Reason = Pick<
  Target,
  "metric" | "policyId" | "calendarId" | "minutes" | "startedAt" | "startedBy" | "dueAt" | "outcome"
>

/** Of what runs on the ticket and what ended in its present cycle, oldest first. */
export async function targetReasons(from: Kysely<DB>, ticketId: string): Promise<{ at: Date; why: DecisionReason }[]> {
  const { rows } = await sql<Reason>`
    select g.metric, g.policy_id, g.calendar_id, g.minutes, g.started_at, g.started_by, g.due_at, g.outcome
    from ticket_sla s join sla_targets g on g.minutes is not null and (g.counted_on = s.ticket_id and g.ended_at is null
      or g.ticket_id = s.ticket_id and g.cycle = s.cycle and g.ended_at is not null)
    where s.ticket_id = ${ticketId} order by g.started_at, g.id`.execute(from)
  return rows.map((target) => ({ at: target.startedAt, why: reasonOf(target) }))
}

function reasonOf({ metric, policyId, calendarId, minutes, startedBy, dueAt, outcome }: Reason): DecisionReason {
  const answer = outcome ?? dueAt?.toISOString() ?? "paused"
  const inputs = { policy: policyId, calendar: calendarId, minutes, measuredFrom: startedBy }
  const code = `sla_${metric}${calendarId === null ? "" : "_in_calendar"}`
  return { question: "deadline", answer, code, inputs, rejected: [] }
}
