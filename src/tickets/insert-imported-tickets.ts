// Tickets of another system, as they stand there: with their own times and, where it is free, their own number.
import type { Act } from "#kernel/act.ts"
import { rowsSql } from "#kernel/database/rows-sql.ts"
import { type Param, runIn, statement } from "#kernel/db.ts"
import {
  detailColumns,
  detailsRecord,
  insertTicketsSql,
  type NewTicket,
  type TicketDetails,
  ticketRecord,
} from "./insert-tickets.ts"

/** `number`: kept as it is; null: the sequence gives one. `firstAt`, `lastAt`: of its public messages. */
export type ImportedTicket = NewTicket &
  TicketDetails & {
    number: string | null
    createdAt: Date
    updatedAt: Date
    firstResponseAt: Date | null
    resolvedAt: Date | null
    closedAt: Date | null
    resolution: string | null
  }

const record = `${ticketRecord}, ${detailsRecord}, number text, "createdAt" timestamptz, "updatedAt" timestamptz,
  "firstResponseAt" timestamptz, "resolvedAt" timestamptz, "closedAt" timestamptz, resolution text`

const columns = {
  ...detailColumns,
  number: "coalesce(r.number, next_ticket_number())",
  updated_at: `r."updatedAt"`,
  first_response_at: `r."firstResponseAt"`,
  resolved_at: `r."resolvedAt"`,
  closed_at: `r."closedAt"`,
  resolution: "r.resolution",
  // Its customer gets no notice that it will close.
  closing_announced_at: `case when r.status = 'resolved' then r."resolvedAt" end`,
}

/** Gives the ids of those whose thread had no active ticket. A number that is taken meanwhile shows as a unique violation. */
export async function insertImportedTickets(act: Act, tickets: readonly ImportedTicket[]): Promise<Set<string>> {
  if (tickets.length === 0) return new Set()
  const insert = (p: Param) => insertTicketsSql(`r."createdAt"`, rowsSql(p, tickets, record), columns)
  const made = await runIn<{ id: string }>(
    act.tx,
    statement("", (p) => `${insert(p)} on conflict (thread_key) where active do nothing returning id`),
  )
  return new Set(made.map(({ id }) => id))
}

/** Of tickets that were imported before their messages: when staff answered first, where that is not known. */
export async function saveImportedFirstResponses(
  act: Act,
  answered: readonly { id: string; at: Date }[],
): Promise<void> {
  if (answered.length === 0) return
  await runIn(
    act.tx,
    statement(
      "",
      (p) => `update tickets t set first_response_at = r.at from ${rowsSql(p, answered, "id text, at timestamptz")}
        where t.id = r.id and t.first_response_at is null`,
    ),
  )
}
