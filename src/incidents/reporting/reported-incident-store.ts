// The statements of reporting. Each takes a whole list; none is run once per incident.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Metadata, Trigger } from "../api-contract.ts"

export type Ref = { threadKey: string; kind: "action" | "event"; ref: string }
export type LinkedRef = Ref & { ticketId: string }

const list = (rows: readonly unknown[]) => JSON.stringify(rows)

/** Of these refs, the ones that their threads know, with the ticket that has them. */
export async function knownRefs(act: Act, refs: Ref[]): Promise<LinkedRef[]> {
  const rows = await sql<LinkedRef>`
    select r.thread_key, r.kind, r.ref, r.ticket_id from jsonb_to_recordset(${list(refs)}::jsonb)
      as g ("threadKey" text, kind text, ref text)
    join incident_refs r on r.thread_key = g."threadKey" and r.kind = g.kind and r.ref = g.ref`.execute(act.tx)
  return rows.rows
}

/** Links refs in their order; gives those that are new to their thread. */
export async function linkRefs(act: Act, refs: LinkedRef[]): Promise<LinkedRef[]> {
  if (refs.length === 0) return []
  const rows = await sql<LinkedRef>`
    insert into incident_refs (thread_key, kind, ref, ticket_id)
    select g."threadKey", g.kind, g.ref, g."ticketId" from jsonb_to_recordset(${list(refs)}::jsonb)
      as g ("threadKey" text, kind text, ref text, "ticketId" text)
    on conflict do nothing returning thread_key, kind, ref, ticket_id`.execute(act.tx)
  return rows.rows
}

export type NewIncident = {
  ticketId: string
  guia: string
  trigger: Trigger
  cause: string | null
  priority: string
  metadata: Metadata
  carrier: string
  city: string
  canonical: string | null
  isFinal: boolean
  movedAt: Date | null
  score: number
  entries: number
  refs: number
}

export async function insertIncidents(act: Act, rows: NewIncident[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into incidents (ticket_id, guia, trigger, cause, priority, created_at, fecha, ciudad_de_destino, transportadora, estatus,
      novedad, ultimo_movimiento, fecha_de_ultimo_movimiento, fecha_de_generacion_de_guia, failure_code, failure_reason,
      retry_count, phone_hash, carrier, city, canonical, is_final, moved_at, score,
      entry_count, ref_count)
    select i."ticketId", i.guia, i.trigger, i.cause, i.priority, ${act.now}::timestamptz, m.fecha, m.ciudad_de_destino,
      m.transportadora, m.estatus, m.novedad, m.ultimo_movimiento, m.fecha_de_ultimo_movimiento, m.fecha_de_generacion_de_guia,
      m."failureCode", m."failureReason", m."retryCount", m."phoneHash", i.carrier, i.city, i.canonical, i."isFinal", i."movedAt", i.score,
      i.entries, i.refs
    from jsonb_to_recordset(${list(rows)}::jsonb) as i ("ticketId" text, guia text, trigger text, cause text, priority text,
        metadata jsonb, carrier text, city text, canonical text, "isFinal" boolean, "movedAt" timestamptz, score int, entries int, refs int),
      jsonb_to_record(i.metadata) as m (fecha text, ciudad_de_destino text, transportadora text, estatus text, novedad text,
        ultimo_movimiento text, fecha_de_ultimo_movimiento text, fecha_de_generacion_de_guia text, "failureCode" int,
        "failureReason" text, "retryCount" int, "phoneHash" text)`.execute(act.tx)
}

export type TimelineEntry = {
  ticketId: string
  action: "TICKET_CREATED" | "DUPLICATE_TRIGGER_RECEIVED" | "ADMIN_UPDATE" | "PRIORITY_UPGRADED"
  actor: "system" | "user"
  details: Record<string, unknown>
}

export async function writeEntries(act: Act, entries: TimelineEntry[]): Promise<void> {
  if (entries.length === 0) return
  await sql`
    insert into incident_entries (ticket_id, at, action, actor, details)
    select e."ticketId", ${act.now}::timestamptz, e.action, e.actor, e.details from jsonb_to_recordset(${list(entries)}::jsonb)
      as e ("ticketId" text, action text, actor text, details jsonb)`.execute(act.tx)
}

export type RepeatCounts = { ticketId: string; times: number; details: Record<string, unknown> }

/** Repeats past the hundredth, counted by the hour: a long outage does not make a long timeline. */
export async function countRepeats(act: Act, repeats: RepeatCounts[]): Promise<void> {
  if (repeats.length === 0) return
  await sql`
    insert into incident_entries (ticket_id, at, action, actor, details, times, hour)
    select e."ticketId", ${act.now}::timestamptz, 'DUPLICATE_TRIGGER_RECEIVED', 'system', e.details, e.times,
      date_trunc('hour', ${act.now}::timestamptz, 'UTC')
    from jsonb_to_recordset(${list(repeats)}::jsonb) as e ("ticketId" text, details jsonb, times int)
    on conflict (ticket_id, hour) where hour is not null
    do update set times = incident_entries.times + excluded.times, at = excluded.at, details = excluded.details`.execute(
    act.tx,
  )
}

export async function entryCounts(act: Act, ticketIds: string[]): Promise<Map<string, number>> {
  if (ticketIds.length === 0) return new Map()
  const rows = await act.tx
    .selectFrom("incidents")
    .select(["ticketId", "entryCount"])
    .where("ticketId", "in", ticketIds)
    .execute()
  return new Map(rows.map((row) => [row.ticketId, row.entryCount]))
}

export type IncidentGrowth = { ticketId: string; entries: number; refs: number }

export async function growIncidents(act: Act, growth: IncidentGrowth[]): Promise<void> {
  if (growth.length === 0) return
  await sql`
    update incidents i set entry_count = i.entry_count + g.entries, ref_count = i.ref_count + g.refs
    from jsonb_to_recordset(${list(growth)}::jsonb) as g ("ticketId" text, entries int, refs int)
    where i.ticket_id = g."ticketId"`.execute(act.tx)
}
