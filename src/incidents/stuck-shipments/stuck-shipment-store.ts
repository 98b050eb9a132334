import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { incidentKeySql } from "#tickets/index.ts"
import type { Trigger } from "../api-contract.ts"
import { messageAction } from "../reporting/needs-ticket.ts"
import { stuckAfterHours } from "./stuck-rule.ts"

export type StuckRow = {
  guia: string
  actionId: string
  contactedAt: Date
  phoneHash: string | null
  canonical: string | null
  movedAt: Date | null
  eventId: string | null
  transportadora: string | null
  estatus: string | null
  ciudadDeDestino: string | null
  novedad: string | null
  ultimoMovimiento: string | null
  fechaDeGeneracionDeGuia: string | null
}

/**
 * Of each shipment the latest message that arrived, if it is two days old and nothing moved since, and no incident rests on
 * it yet. One statement over all of them; `checked` is how many shipments somebody was written to about.
 */
export async function stuckShipments(act: Act, days: number): Promise<{ checked: number; rows: StuckRow[] }> {
  await sql`set local statement_timeout = '60s'`.execute(act.tx)
  const now = sql`${act.now}::timestamptz`
  const contacts = sql`
    select distinct on (guia) guia, action_id, at, phone_hash from shipment_actions
    where status = 'SUCCESS' and type = ${messageAction} and at > ${now} - make_interval(days => ${days}::int) and at <= ${now}
    order by guia, at desc, action_id desc`
  const counted = await sql<{ n: number }>`
    select count(distinct guia) as n from shipment_actions where status = 'SUCCESS' and type = ${messageAction}
      and at > ${now} - make_interval(days => ${days}::int) and at <= ${now}`.execute(act.tx)
  const ofTrigger = (trigger: Trigger) => sql.raw(incidentKeySql("c.guia", `'${trigger}'`))
  const found = await sql<StuckRow>`
    with contacts as materialized (${contacts})
    select c.guia, c.action_id, c.at as contacted_at, c.phone_hash, s.canonical, s.moved_at, s.event_id, s.transportadora, s.estatus,
      s.ciudad_de_destino, s.novedad, s.ultimo_movimiento, s.fecha_de_generacion_de_guia
    from contacts c left join shipments s on s.guia = c.guia
    where c.at <= ${now} - make_interval(hours => ${stuckAfterHours}::int)
      and (s.guia is null or (s.moved_at <= c.at and s.canonical not in ('DELIVERED', 'RETURNED', 'CANCELLED')))
      and not exists (select from incident_refs r where r.kind = 'action' and r.ref = c.action_id
        and r.thread_key in (${ofTrigger("NO_MOVEMENT_AFTER_CONTACT")}, ${ofTrigger("AT_OFFICE_STILL")}))
    order by c.guia`.execute(act.tx)
  return { checked: counted.rows[0]?.n ?? 0, rows: found.rows }
}
