// What rules ask of a ticket, and of what happened to it.
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import { isOpenAt, workingCalendars } from "#calendars/index.ts"
import {
  type Condition,
  type ConditionFacts,
  conditionFacts,
  type TicketFacts,
  ticketFactColumns,
} from "#conditions/index.ts"
import type { RuleField } from "./api-contract.ts"

export type RuleFacts = ConditionFacts<RuleField>

/** What led to the rule. `messageId`: the message that came in; `previousStatus`: before the step. */
export type Occurrence = { at: Date; messageId: string | null; previousStatus: string | null }

export type FactRow = TicketFacts & {
  status: string
  assigneeId: string | null
  message: string | null
  firstMessage: boolean | null
}

/** SQL over `tickets t`, its contact `c` and the message `m`, if there is one. */
export const factColumns = `${ticketFactColumns}, t.status, t.assignee_id, left(m.content, 4000) as message,
  case when m.id is not null then not exists (select from messages b where b.ticket_id = m.ticket_id and b.direction = 'in'
    and b.kind = 'message' and b.position < m.position) end as first_message`

export async function readFacts(
  from: Kysely<DB>,
  ticketId: string,
  happened: Occurrence,
  conditions: readonly Condition[],
): Promise<RuleFacts> {
  const { rows } = await sql<FactRow>`
    select ${sql.raw(factColumns)} from tickets t left join contacts c on c.id = t.contact_id
      left join messages m on m.id = ${happened.messageId} where t.id = ${ticketId}`.execute(from)
  return toFacts(rows[0]!, happened, (await openings(from, conditions))(happened.at))
}

export const toFacts = (
  row: FactRow,
  { previousStatus }: Pick<Occurrence, "previousStatus">,
  openCalendarIds: string[],
): RuleFacts => ({
  ...conditionFacts(row),
  status: row.status,
  assigneeId: row.assigneeId,
  message: row.message,
  firstMessage: row.firstMessage,
  previousStatus,
  openCalendarId: openCalendarIds,
})

/** Of the calendars that conditions ask about, those that are open at an instant. */
export async function openings(from: Kysely<DB>, conditions: readonly Condition[]): Promise<(at: Date) => string[]> {
  const ids = conditions.flatMap(({ field, value }) => (field === "openCalendarId" ? [value].flat() : []))
  const calendars = await workingCalendars(
    from,
    ids.filter((id): id is string => typeof id === "string"),
  )
  return (at) => [...calendars].flatMap(([id, calendar]) => (isOpenAt(calendar, at) ? [id] : []))
}
