import { sql } from "kysely"
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { formatDecision } from "#texts/format-text.ts"
import type { EventKind } from "./event-kinds.ts"
import type { DecisionReason } from "./record-event.ts"

/** A timeline is read whole: a ticket's story is bounded by its newest 1,000 events. */
export const maxTimelineLength = 1_000

export type LogEntry = {
  id: number
  at: Date
  kind: EventKind
  actorKind: string
  actorId: string | null
  subjectId: string | null
  /** The event that it follows from. */
  causeId: number | null
  data: Record<string, unknown>
  why: DecisionReason | null
}

/** The story of one ticket, oldest first. */
export async function ticketLog(from: Kysely<DB>, ticketId: string): Promise<LogEntry[]> {
  const rows = await sql<LogEntry>`
    select * from (
      select id, at, kind, actor_kind, actor_id, subject_id, cause_id, data, why from events
      where ticket_id = ${ticketId} order by id desc limit ${maxTimelineLength}) newest
    order by at, id`.execute(from)
  return rows.rows
}

/** A decision as the API shows it: `because` in words, with the codes and inputs that a screen can say itself. */
export function decisionAsShown(why: DecisionReason) {
  const { answer, code, inputs } = why
  const rejected = why.rejected.map(({ because: reason, ...one }) => ({
    ...one,
    code: reason,
    because: decisionText({ code: reason, inputs }),
  }))
  return { answer, code, because: decisionText(why), inputs, rejected }
}

export function decisionText(why: Pick<DecisionReason, "code" | "inputs">): string {
  return formatDecision("en", why)
}
