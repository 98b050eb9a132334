import type { FastifyRequest } from "fastify"
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { withFieldChanges } from "./history/field-history.ts"
import type { TicketRow } from "./ticket-row.ts"

export const etagOf = (version: number) => `"${version}"`

/**
 * Refuses a write that was thought up on an older version (412, with what changed since); true when the caller sent the
 * current one, so that they knew what they overwrite.
 */
export async function checkVersion(act: Act, request: FastifyRequest, ticket: TicketRow): Promise<boolean> {
  const header = request.headers["if-match"]
  if (header === undefined || header === "*") return false
  const given = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header)?.[1]
  if (given === undefined) throw invalidField("header If-Match", "must be the ETag of the ticket")
  if (Number(given) === ticket.version) return true
  const changed = await changesSince(act, ticket, Number(given))
  throw new Refusal("stale", "stale", `The ticket is at version ${ticket.version}, you have ${given}`, {
    more: { version: ticket.version, changed },
  })
}

// Each of these raised the version by one, so the newest of them are what the caller has not seen.
async function changesSince(act: Act, ticket: TicketRow, seen: number) {
  const rows = await sql<{ kind: string; data: Record<string, unknown>; at: Date; actorId: string | null }>`
    select kind, data, at, actor_id from events where ticket_id = ${ticket.id}
      and kind in ('ticket.status_changed', 'ticket.reopened', 'ticket.assigned', 'ticket.updated', 'ticket.snoozed', 'ticket.woken',
      'ticket.merged', 'ticket.merged_away', 'ticket.unmerged', 'ticket.merge_undone', 'ticket.split')
    order by id desc limit ${Math.min(50, Math.max(0, ticket.version - seen))}`.execute(act.tx)
  return withFieldChanges(act.tx, ticket.id, rows.rows.toReversed())
}
