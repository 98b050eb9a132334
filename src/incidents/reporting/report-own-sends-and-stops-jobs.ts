// Hilo's own messages about shipments: what became of them is noted like any executor's, and a connection that is
// stopped is one incident. Only messages of campaigns whose list names a guia are about a shipment.
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Job, Payload } from "#kernel/jobs/job-queue.ts"
import { openCircuitBreaker } from "#connections/index.ts"
import type { ReactionPayload } from "#event-log/index.ts"
import { executor, recordActions } from "./record-executor-actions-and-open-incidents.ts"
import { type ActionBody, sanitizeAction, guiaField, isNumberOf } from "./sanitize-input.ts"
import { classifyFailure } from "./classify-failure.ts"
import { messageAction } from "./needs-ticket.ts"
import { systemGuia } from "./guia-format-and-incident-subject.ts"
import { reportIncidents } from "./report-incidents.ts"
import { type OwnSend, ownSends, type Stop, stopsAmong } from "./read-own-sends-and-stops.ts"
import { foldStatus } from "../carriers/status-mapping.ts"

export function ownSendJobs(kit: Kit): Job[] {
  return [
    {
      name: "note-own-send",
      worthwhile: async (tx, payloads) => {
        const newFailures = new Set((await ownSends(tx, subjectsOf(payloads))).filter(isNew).map(({ id }) => id))
        return payloads.filter(({ subjectId }) => newFailures.has(String(subjectId)))
      },
      run: (payload) => noteOwnSend(kit, payload as ReactionPayload),
    },
    {
      name: "open-systemic-incident",
      worthwhile: async (tx, payloads) => {
        const ids = (payloads as ReactionPayload[]).map(({ eventId }) => eventId)
        const stops = new Set((await stopsAmong(tx, ids, executor.kind)).map(({ eventId }) => eventId))
        return payloads.filter(({ eventId }) => stops.has(Number(eventId)))
      },
      run: (payload) => openSystemic(kit, payload as ReactionPayload),
    },
  ]
}

const subjectsOf = (payloads: Payload[]) =>
  payloads.flatMap(({ subjectId }) => (typeof subjectId === "string" ? [subjectId] : []))

const outcomeOf = ({ state }: OwnSend) => (state === "failed" ? "FAILED" : "SUCCESS")
const faultOf = ({ state, code, httpStatus }: OwnSend) =>
  state === "failed" ? classifyFailure({ code, httpStatus }) : null
const stopsAll = (send: OwnSend) => faultOf(send)?.class === "account"

// A contact stays the moment it was made: that it was read later does not make it later.
const isNew = (send: OwnSend) =>
  (guiaOf(send) !== null && send.noted !== outcomeOf(send)) || (guiaOf(send) === null && stopsAll(send))

const guiaNames = new Set(["GUIA", "NUMERO DE GUIA", "NUMERO GUIA", "NRO GUIA"])

function guiaOf({ fields, recipient }: OwnSend): string | null {
  const named = Object.entries(fields ?? {}).find(([column]) => guiaNames.has(foldStatus(column)))?.[1]
  const guia = guiaField.safeParse(named ?? "")
  return guia.success && !isNumberOf(guia.data, recipient ?? "") ? guia.data : null
}

async function noteOwnSend(kit: Kit, { subjectId }: ReactionPayload): Promise<void> {
  await inTransaction(kit.db, { actor: system, now: kit.now() }, async (act) => {
    const [send] = await ownSends(act.tx, [String(subjectId)])
    if (!send || !isNew(send)) return
    const guia = guiaOf(send)
    if (guia !== null)
      await recordActions(act, [sanitizeAction(kit.secrets, actionOf(send, guia, act.now))], {
        depth: 1,
        mayStop: () => true,
      })
    else if (send.connectionId !== null)
      await openCircuitBreaker(act, send.connectionId, { code: send.code, reason: faultOf(send)!.reasonCode })
  })
}

function actionOf(send: OwnSend, guia: string, at: Date): ActionBody {
  const { id, connectionId, httpStatus, code, retries, recipient } = send
  return {
    actionId: id,
    guia,
    type: messageAction,
    status: outcomeOf(send),
    httpCode: httpStatus,
    errorCode: code,
    retryCount: retries ?? 0,
    phone: recipient,
    at,
    connectionId,
  }
}

async function openSystemic(kit: Kit, { eventId }: ReactionPayload): Promise<void> {
  await inTransaction(kit.db, { actor: system, now: kit.now() }, async (act) => {
    // What an executor reports has opened its incident itself.
    for (const stop of await stopsAmong(act.tx, [eventId], executor.kind)) await reportStop(act, stop)
  })
}

async function reportStop(act: Act, { eventId, connectionId, code, reason }: Stop): Promise<void> {
  await reportIncidents(act, [
    {
      identity: { guia: systemGuia(connectionId), trigger: "FAILED_4XX", cause: reason },
      priority: "alta",
      actionRef: `evt_${eventId}`,
      eventRef: null,
      metadata: { ...(code !== null && { failureCode: code }), failureReason: reason },
      shipment: { canonical: null, isFinal: false, movedAt: null },
      why: {
        question: "incident",
        answer: "FAILED_4XX",
        code: "incident_account",
        inputs: { errorCode: code, class: "account" },
        rejected: [],
      },
    },
  ])
}
