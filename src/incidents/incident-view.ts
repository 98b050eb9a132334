// An incident in the words and the shape of its source document.
import type { Database } from "#kernel/db.ts"
import type { IncidentPriority, IncidentStatus, IncidentTicket, Metadata } from "./api-contract.ts"
import type { LinkedRef } from "./reporting/reported-incident-store.ts"
import { type IncidentRow, incidentRows } from "./incident-store.ts"
import type { WrittenEntries } from "./reporting/incident-report-types.ts"

export const documentedStatus = (status: string) => status.toUpperCase() as IncidentStatus
export const ticketStatus = (status: IncidentStatus) =>
  status.toLowerCase() as "open" | "in_progress" | "resolved" | "closed"
export const documentedPriority = (priority: string): IncidentPriority => (priority === "high" ? "alta" : "media")
export const ticketPriority = (priority: IncidentPriority) => (priority === "alta" ? "high" : "medium")

/** The newest so many refs and entries are shown. */
export const shownOfOne = 100
/** In answers to lists, which hold the same ticket again and again. */
export const shownInLists = 5

export async function incidentViews(
  from: Database["kysely"],
  ids: string[],
  depth = shownOfOne,
): Promise<Map<string, IncidentTicket>> {
  const rows = await incidentRows(from, ids, depth)
  return new Map(rows.map((row) => [row.ticketId, viewOf(row)]))
}

export function viewOf(row: IncidentRow): IncidentTicket {
  return {
    ticketId: row.ticketId,
    guia: row.guia,
    trigger: row.trigger,
    priority: documentedPriority(row.priority),
    status: documentedStatus(row.status),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    ...(row.resolvedAt && { resolvedAt: row.resolvedAt }),
    ...(row.closedAt && { closedAt: row.closedAt }),
    metadata: metadataOf(row),
    actionRefs: row.actionRefs,
    eventRefs: row.eventRefs,
    refCount: row.refCount,
    timeline: row.entries.map(({ at, action, actor, details, times, hour }) => ({
      timestamp: new Date(at),
      action: action as IncidentTicket["timeline"][number]["action"],
      actor: actor as "system" | "user",
      details: hour === null ? details : counted(details, times),
    })),
    ...(row.resolution !== null && { resolutionNotes: row.resolution }),
  }
}

const counted = (details: Record<string, unknown>, count: number) => ({ ...details, count })

/** The same of one that was just opened, from what was written and without reading it. */
export function newIncidentView(
  { ticketId, first, priority, refs, entries, repeats }: WrittenEntries,
  now: Date,
): IncidentTicket {
  const { identity, metadata } = first
  const all = (kind: LinkedRef["kind"]) => refs.flatMap((one) => (one.kind === kind ? [one.ref] : []))
  const repeated = repeats.map(({ times, details }) => ({
    timestamp: now,
    action: "DUPLICATE_TRIGGER_RECEIVED" as const,
    actor: "system" as const,
    details: counted(details, times),
  }))
  return {
    ticketId,
    guia: identity.guia,
    trigger: identity.trigger,
    priority,
    status: "OPEN",
    createdAt: now,
    updatedAt: now,
    metadata,
    actionRefs: all("action"),
    eventRefs: all("event"),
    refCount: refs.length,
    timeline: [
      ...entries.map(({ action, actor, details }) => ({ timestamp: now, action, actor, details })),
      ...repeated,
    ],
  }
}

/** With no more than its newest `depth` refs and entries. */
export const newestOf = (view: IncidentTicket, depth: number): IncidentTicket => ({
  ...view,
  actionRefs: view.actionRefs.slice(-depth),
  eventRefs: view.eventRefs.slice(-depth),
  timeline: view.timeline.slice(-depth),
})

function metadataOf(row: IncidentRow): Metadata {
  const all = {
    fecha: row.fecha,
    ciudad_de_destino: row.ciudadDeDestino,
    transportadora: row.transportadora,
    estatus: row.estatus,
    novedad: row.novedad,
    ultimo_movimiento: row.ultimoMovimiento,
    fecha_de_ultimo_movimiento: row.fechaDeUltimoMovimiento,
    fecha_de_generacion_de_guia: row.fechaDeGeneracionDeGuia,
    failureCode: row.failureCode,
    failureReason: row.failureReason,
    retryCount: row.retryCount,
    phoneHash: row.phoneHash,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as Metadata
}
