import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"

export type OwnSend = {
  id: string
  connectionId: string | null
  state: "sent" | "delivered" | "read" | "failed"
  code: number | null
  httpStatus: number | null
  retries: number | null
  recipient: string | null
  /** The columns of the list that it was sent by. */
  fields: Record<string, string> | null
  /** How it ended as far as we have noted. */
  noted: "SUCCESS" | "FAILED" | null
}

/** Of these messages of ours, those that arrived or failed. */
export async function ownSends(tx: Act["tx"], ids: string[]): Promise<OwnSend[]> {
  if (ids.length === 0) return []
  const rows = await sql<OwnSend>`
    select g.id, g.connection_id, g.delivery_state as state, g.delivery_code as code, d.http_status, d.tries as retries,
      s.recipient, s.fields, k.status as noted
    from messages g join tickets t on t.id = g.ticket_id
    left join campaign_shipments s on s.id = t.campaign_shipment_id and s.message_id = g.id
    left join sends d on d.message_id = g.id left join shipment_actions k on k.action_id = g.id
    where g.id = any(${ids}) and g.direction = 'out' and g.delivery_state in ('sent', 'delivered', 'read', 'failed')`.execute(
    tx,
  )
  return rows.rows
}

export type Stop = { eventId: number; connectionId: string; code: number | null; reason: string }

/** Of these events, those by which Hilo stopped a connection; `by` noticed it otherwise. */
export async function stopsAmong(tx: Act["tx"], eventIds: number[], by: string): Promise<Stop[]> {
  if (eventIds.length === 0) return []
  const rows = await sql<Stop>`
    select id as event_id, subject_id as connection_id, (data ->> 'code')::int as code, data ->> 'reason' as reason
    from events where id = any(${eventIds}) and data ->> 'change' = 'breaker_opened' and actor_kind <> ${by}`.execute(
    tx,
  )
  return rows.rows
}
