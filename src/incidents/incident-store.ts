import { sql } from "kysely"
import type { Database } from "#kernel/db.ts"
import type { Canonical, Trigger } from "./api-contract.ts"

export type IncidentRow = {
  ticketId: string
  number: string
  guia: string
  trigger: Trigger
  cause: string | null
  assigneeId: string | null
  assigneeName: string | null
  teamId: string | null
  teamName: string | null
  createdByKind: string
  createdById: string | null
  priority: string
  status: string
  createdAt: Date
  updatedAt: Date
  resolvedAt: Date | null
  closedAt: Date | null
  resolution: string | null
  fecha: string | null
  ciudadDeDestino: string | null
  transportadora: string | null
  estatus: string | null
  novedad: string | null
  ultimoMovimiento: string | null
  fechaDeUltimoMovimiento: string | null
  fechaDeGeneracionDeGuia: string | null
  failureCode: number | null
  failureReason: string | null
  retryCount: number | null
  phoneHash: string | null
  canonical: Canonical | null
  isFinal: boolean
  movedAt: Date | null
  carrier: string
  city: string
  score: number
  refCount: number
  actionRefs: string[]
  eventRefs: string[]
  entries: {
    at: string
    action: string
    actor: string
    details: Record<string, unknown>
    times: number
    hour: string | null
  }[]
}

/**
 * Incidents by the ids of their tickets, each with its newest `depth` refs and entries. What people did by other ways than
 * the incident's own comes from the log.
 */
export async function incidentRows(from: Database["kysely"], ids: string[], depth: number): Promise<IncidentRow[]> {
  if (ids.length === 0) return []
  const refs = (kind: "action" | "event") => sql`
    array(select ref from (select id, ref from incident_refs where ticket_id = t.id and kind = ${kind} order by id desc limit ${depth}) newest
      order by id)`
  const rows = await sql<IncidentRow>`
    select t.id as ticket_id, t.number, t.assignee_id, (select name from users where id = t.assignee_id) as assignee_name,
      t.team_id, (select name from teams where id = t.team_id) as team_name, t.created_by_kind, t.created_by_id,
      i.guia, i.trigger, i.cause, t.priority, t.status, t.created_at, t.updated_at, t.resolved_at,
      t.closed_at, t.resolution, i.fecha, i.ciudad_de_destino, i.transportadora, i.estatus, i.novedad, i.ultimo_movimiento,
      i.fecha_de_ultimo_movimiento, i.fecha_de_generacion_de_guia, i.failure_code, i.failure_reason, i.retry_count, i.phone_hash,
      i.canonical, i.is_final, i.moved_at, i.carrier, i.city, i.score, i.ref_count,
      ${refs("action")} as action_refs, ${refs("event")} as event_refs,
      (select coalesce(json_agg(json_build_object('at', at, 'action', action, 'actor', actor, 'details', details, 'times', times,
          'hour', hour) order by at, nth), '[]')
        from (select * from (
            select at, id as nth, action, actor, details, times, hour from incident_entries where ticket_id = t.id
            union all
            select at, id, 'ADMIN_UPDATE', 'user', json_build_object('updates', case kind
                when 'ticket.updated' then data -> 'changes' when 'ticket.assigned' then '["assignment"]' else '["status"]' end)::jsonb,
              1, null from (select * from events where ticket_id = t.id order by id desc limit 500) lately
            where kind in ('ticket.status_changed', 'ticket.reopened', 'ticket.updated', 'ticket.assigned') and actor_kind in ('user', 'key')
          ) entries order by at desc, nth desc limit ${depth}) newest) as entries
    from tickets t join incidents i on i.ticket_id = t.id where t.id = any(${ids})`.execute(from)
  return rows.rows
}
