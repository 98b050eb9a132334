// The hourly look at shipments that do not move although we wrote. Safe to repeat: what an incident rests on is not looked at again.
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { readSetting } from "#settings/index.ts"
import type { Canonical, Metadata } from "../api-contract.ts"
import { reportIncidents } from "../reporting/report-incidents.ts"
import { type Report } from "../reporting/incident-report-types.ts"
import { metadataOf } from "../reporting/record-executor-actions-and-open-incidents.ts"
import { type StuckRow, stuckShipments } from "./stuck-shipment-store.ts"
import { stuckReason } from "./stuck-rule.ts"

const batch = 1_000

/** How many shipments were looked at, and the tickets that are new. */
export async function checkStuckShipments(
  kit: Pick<Kit, "db" | "now">,
): Promise<{ checked: number; created: string[] }> {
  const acting = { actor: system, now: kit.now() }
  const { checked, rows } = await inTransaction(kit.db, acting, async (act) =>
    stuckShipments(act, await readSetting(act, "incidents.contactDays")),
  )
  const created: string[] = []
  for (let from = 0; from < rows.length; from += batch) {
    const some = rows.slice(from, from + batch)
    created.push(...(await inTransaction(kit.db, acting, (act) => reportStuck(act, some))))
  }
  return { checked, created }
}

async function reportStuck(act: Act, rows: StuckRow[]): Promise<string[]> {
  const reports = rows.flatMap((row) => reportOf(row, act.now) ?? [])
  const { found } = await reportIncidents(act, reports)
  return found.flatMap(({ created, ticketId }) => (created ? [ticketId] : []))
}

function reportOf(row: StuckRow, now: Date): Report | null {
  const latest = row.movedAt === null ? null : { at: row.movedAt, canonical: row.canonical as Canonical }
  const stuck = stuckReason(row.contactedAt, latest, now)
  if (!stuck) return null
  const hours = Math.floor((now.getTime() - row.contactedAt.getTime()) / 3_600_000)
  return {
    identity: { guia: row.guia, trigger: stuck.trigger, cause: null },
    priority: stuck.priority,
    actionRef: row.actionId,
    eventRef: row.eventId,
    metadata: stuckMetadata(row),
    shipment: { canonical: row.canonical, isFinal: false, movedAt: row.movedAt },
    why: {
      question: "incident",
      answer: stuck.trigger,
      code: `incident_${stuck.because}`,
      inputs: { hours, canonical: row.canonical, movedAt: row.movedAt?.toISOString() ?? null },
      rejected: [],
    },
  }
}

function stuckMetadata(row: StuckRow): Metadata {
  const { ultimoMovimiento, movedAt, fechaDeGeneracionDeGuia, phoneHash } = row
  return {
    ...metadataOf(row),
    ...(ultimoMovimiento !== null && { ultimo_movimiento: ultimoMovimiento }),
    ...(movedAt !== null && { fecha_de_ultimo_movimiento: movedAt.toISOString() }),
    ...(fechaDeGeneracionDeGuia !== null && { fecha_de_generacion_de_guia: fechaDeGeneracionDeGuia }),
    ...(phoneHash !== null && { phoneHash }),
  }
}
