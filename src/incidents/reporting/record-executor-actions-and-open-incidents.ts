// What an executor of messages reports: each action is kept, and a failure that cannot mend itself becomes an incident.
import { type Act, system } from "#kernel/act.ts"
import type { Failure } from "#channels/index.ts"
import { openCircuitBreaker } from "#connections/index.ts"
import type { DecisionReason } from "#event-log/index.ts"
import { formatText } from "#texts/format-text.ts"
import type { SanitizedAction } from "./sanitize-input.ts"
import type { IncidentTicket, ReportOutcome } from "../api-contract.ts"
import { classifyFailure } from "./classify-failure.ts"
import { decideIncident, type IncidentDecision } from "./needs-ticket.ts"
import { systemGuia } from "./guia-format-and-incident-subject.ts"
import { reportIncidents } from "./report-incidents.ts"
import { type ReportedIncident, type Shipment, type Report } from "./incident-report-types.ts"
import { keepActions, type ShipmentRow, shipmentsOf } from "./executor-action-store.ts"
import { incidentViews, newestOf } from "../incident-view.ts"
import { canonicalOf, carrierOf, foldStatus, isFinal } from "../carriers/status-mapping.ts"

/** Who says that a connection is at fault, when it was not Hilo that noticed. */
export const executor = { kind: "executor", id: null }

type JudgedAction = {
  action: SanitizedAction
  verdict: IncidentDecision
  failure: Failure | null
}

/** One answer for each action, in their order. `depth` bounds how much of refs and timeline an answer shows; `mayStop`: whose word stops a connection. */
export async function recordActions(
  by: Act,
  actions: SanitizedAction[],
  { depth, mayStop }: { depth: number; mayStop: (connectionId: string) => boolean },
): Promise<ReportOutcome[]> {
  const act = { ...by, actor: system }
  const judged = actions.map(judge)
  await keepActions(
    act,
    judged.map(({ action, failure }) => ({ ...action, errorClass: failure?.class ?? null })),
  )
  await stopConnections(act, judged, mayStop)
  const failed = judged.filter(({ verdict }) => verdict.ticket !== null)
  const shipments = await shipmentsOf(act, [...new Set(failed.map(({ action }) => action.guia))])
  const reports = failed.map((one) => reportOf(one, shipments.get(one.action.guia)))
  const { found, created } = await reportIncidents(act, reports)
  const views = new Map(created.map((view) => [view.ticketId, newestOf(view, depth)]))
  const joined = new Set(found.map(({ ticketId }) => ticketId).filter((id) => !views.has(id)))
  for (const [id, view] of await incidentViews(act.tx, [...joined], depth)) views.set(id, view)
  const outcomes = new Map(failed.map((one, i) => [one, found[i]!]))
  return judged.map((one) => answerOf(one, outcomes.get(one), views))
}

function judge(action: SanitizedAction): JudgedAction {
  const { errorCode, httpCode, status, type, retryCount } = action
  const failure = status === "FAILED" ? classifyFailure({ code: errorCode, httpStatus: httpCode }) : null
  return { action, failure, verdict: decideIncident({ type, status, retryCount, failure }) }
}

/** Nothing more is sent by a connection whose account is at fault: one try was enough to know. */
async function stopConnections(act: Act, judged: JudgedAction[], mayStop: (connectionId: string) => boolean) {
  const faults = new Map<string, JudgedAction>()
  for (const one of judged) {
    const { connectionId } = one.action
    if (one.verdict.ticket?.cause && connectionId !== null && mayStop(connectionId)) faults.set(connectionId, one)
  }
  for (const [connectionId, { action, failure }] of faults) {
    await openCircuitBreaker({ ...act, actor: executor }, connectionId, {
      code: action.errorCode,
      reason: failure!.reasonCode,
    })
  }
}

function reportOf({ action, verdict, failure }: JudgedAction, row: ShipmentRow | undefined): Report {
  const { trigger, priority, cause } = verdict.ticket!
  const guia = cause === null ? action.guia : systemGuia(action.connectionId)
  const metadata = cause === null ? { ...metadataOf(row), ...action.metadata } : systemMetadata(action)
  const { retryCount, errorCode, httpCode } = action
  const why: DecisionReason = {
    question: "incident",
    answer: trigger,
    code: `incident_${verdict.because}`,
    inputs: { retryCount, errorCode, httpCode, class: failure?.class ?? null },
    rejected: [],
  }
  const shipment = cause === null ? shipmentOf(row, action) : { canonical: null, isFinal: false, movedAt: null }
  return {
    identity: { guia, trigger, cause },
    priority,
    actionRef: action.actionId,
    eventRef: null,
    metadata,
    shipment,
    why,
  }
}

// Whom one of the messages was for says nothing about a whole connection.
const systemMetadata = ({ metadata: { failureCode, failureReason } }: SanitizedAction) => ({
  ...(failureCode !== undefined && { failureCode }),
  ...(failureReason !== undefined && { failureReason }),
})

type ShipmentDescription = Pick<ShipmentRow, "transportadora" | "estatus" | "ciudadDeDestino" | "novedad">

export function metadataOf(row: ShipmentDescription | undefined) {
  if (!row) return {}
  const { transportadora, estatus, ciudadDeDestino, novedad } = row
  return {
    ...(transportadora !== null && { transportadora }),
    ...(estatus !== null && { estatus }),
    ...(ciudadDeDestino !== null && { ciudad_de_destino: ciudadDeDestino }),
    ...(novedad !== null && { novedad }),
  }
}

/** What the carrier reported goes before what the executor knew. */
function shipmentOf(row: ShipmentRow | undefined, { metadata }: SanitizedAction): Shipment {
  if (row) return { canonical: row.canonical, isFinal: row.isFinal, movedAt: row.movedAt }
  if (metadata.estatus === undefined) return { canonical: null, isFinal: false, movedAt: null }
  const word = foldStatus(metadata.estatus)
  const canonical = canonicalOf(carrierOf(metadata.transportadora ?? ""), word)
  return { canonical, isFinal: isFinal(canonical, word), movedAt: null }
}

function answerOf(
  { action, verdict }: JudgedAction,
  found: ReportedIncident | undefined,
  views: Map<string, IncidentTicket>,
): ReportOutcome {
  const code = found && !found.created ? (found.isNew ? "joined" : "known") : verdict.because
  return {
    ticket: found ? (views.get(found.ticketId) ?? null) : null,
    created: found?.created ?? false,
    because: formatText("en", `why.incident_${code}` as "why.incident_joined", { retryCount: action.retryCount }),
    code,
  }
}
