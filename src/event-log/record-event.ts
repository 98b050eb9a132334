import { sql } from "kysely"
import type { Act, Cause } from "#kernel/act.ts"
import type { EventKind } from "./event-kinds.ts"

/**
 * Why an automatic choice was made. `code` names the text in the catalogue (`why.<code>`), `inputs` fill it in;
 * `rejected` are the other candidates, each with its reason. Ids and enums only: no texts of people, no addresses.
 */
export type DecisionReason = {
  question: string
  answer: string
  code: string
  inputs: Record<string, string | number | boolean | null>
  rejected: { candidate: string; because: string }[]
}

export type EventContext = {
  ticketId?: string | null
  /** The message, user, contact … that the fact is about, when it is not the ticket alone. */
  subjectId?: string | null
  data?: Record<string, unknown>
  why?: DecisionReason | null
}

/**
 * Writes one fact in the caller's transaction, with whom its ticket belongs to as the transaction has made it: record after
 * the change. That row is all a verb pays; consequences follow from it.
 */
export const record = (act: Act, kind: EventKind, about: EventContext) => recordBatch(act, kind, [about])

/** The same, for what acts because of this fact. */
export async function recordCause(act: Act, kind: EventKind, about: EventContext): Promise<Cause> {
  const row = rowOf(act, kind, about)
  const { id } = await act.tx.insertInto("events").values(row).returning("id").executeTakeFirstOrThrow()
  return { eventId: id, depth: row.depth }
}

/** Several facts of one kind, in their order. */
export async function recordBatch(act: Act, kind: EventKind, abouts: EventContext[]): Promise<void> {
  if (abouts.length === 0) return
  const rows = abouts.map((about) => rowOf(act, kind, about))
  await act.tx.insertInto("events").values(rows).execute()
}

const rowOf = (act: Act, kind: EventKind, about: EventContext) => ({
  at: act.now,
  kind,
  ticketId: about.ticketId ?? null,
  teamId: ofTicket(about, "team_id"),
  assigneeId: ofTicket(about, "assignee_id"),
  subjectId: about.subjectId ?? null,
  actorKind: act.actor.kind,
  actorId: act.actor.id,
  causeId: act.cause?.eventId ?? null,
  depth: act.cause ? act.cause.depth + 1 : 0,
  data: JSON.stringify(about.data ?? {}),
  why: about.why ? JSON.stringify(about.why) : null,
})

const ofTicket = ({ ticketId }: EventContext, column: "team_id" | "assignee_id") =>
  ticketId ? sql<string | null>`(select ${sql.ref(column)} from tickets where id = ${ticketId})` : null
