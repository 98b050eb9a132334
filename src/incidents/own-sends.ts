// Hilo's own WhatsApp messages about shipments: what became of them is noted like any executor's, and a connection that is
// stopped is one incident. Only messages of campaigns whose list names a guia are about a shipment.
import { sql } from "kysely"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/answer.ts"
import type { Job, Payload } from "#kernel/jobs.ts"
import type { ReactionPayload } from "#events/index.ts"
import { recordActions } from "./actions.ts"
import { type ActionBody, cleanAction, guiaField } from "./clean.ts"
import { systemGuia } from "./fingerprint.ts"
import { reportIncidents } from "./report.ts"
import { executor } from "./actions.ts"
import { foldWord } from "./words.ts"

export function ownSendJobs(kit: Kit): Job[] {
  return [
    {
      name: "note-own-send",
      worthwhile: async (tx, payloads) => only(payloads, await messagesOfShipments(tx, subjectsOf(payloads))),
      run: (payload) => noteOwnSend(kit, payload as ReactionPayload),
    },
    {
      name: "open-systemic-incident",
      worthwhile: async (tx, payloads) => only(payloads, await stoppedAmong(tx, subjectsOf(payloads))),
      run: (payload) => openSystemic(kit, payload as ReactionPayload),
    },
  ]
}

const subjectsOf = (payloads: Payload[]) =>
  payloads.flatMap(({ subjectId }) => (typeof subjectId === "string" ? [subjectId] : []))

const only = (payloads: Payload[], ids: Set<string>) =>
  payloads.filter(({ subjectId }) => typeof subjectId === "string" && ids.has(subjectId))

async function messagesOfShipments(tx: Act["tx"], ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await sql<{ id: string }>`
    select g.id from messages g join tickets t on t.id = g.ticket_id join campaign_shipments s on s.id = t.campaign_shipment_id
    where g.id = any(${ids}) and s.message_id = g.id and g.delivery_state in ('sent', 'failed') and s.fields::text ~* 'gu[ií]a'`.execute(
    tx,
  )
  return new Set(rows.rows.map(({ id }) => id))
}

async function stoppedAmong(tx: Act["tx"], ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await sql<{ id: string }>`
    select id from connections where id = any(${ids}) and coalesce(health -> 'breaker', 'null') <> 'null'`.execute(tx)
  return new Set(rows.rows.map(({ id }) => id))
}

type OwnSend = {
  state: string
  code: number | null
  retries: number | null
  httpStatus: number | null
  recipient: string | null
  fields: Record<string, string>
}

const guiaNames = new Set(["GUIA", "NUMERO DE GUIA", "NUMERO GUIA", "NRO GUIA"])

async function noteOwnSend(kit: Kit, { subjectId }: ReactionPayload): Promise<void> {
  await inTransaction(kit.db, { actor: system, now: kit.now() }, async (act) => {
    const rows = await sql<OwnSend>`
      select g.delivery_state as state, g.delivery_code as code, d.tries as retries, d.http_status, s.recipient, s.fields
      from messages g join tickets t on t.id = g.ticket_id join campaign_shipments s on s.id = t.campaign_shipment_id
      left join sends d on d.message_id = g.id where g.id = ${subjectId} and s.message_id = g.id`.execute(act.tx)
    const send = rows.rows[0]
    const named = Object.entries(send?.fields ?? {}).find(([column]) => guiaNames.has(foldWord(column)))?.[1]
    const guia = guiaField.safeParse(named ?? "")
    if (!send || !guia.success) return
    await recordActions(act, [cleanAction(kit.secrets, actionOf(String(subjectId), guia.data, send, act.now))], 1)
  })
}

function actionOf(actionId: string, guia: string, send: OwnSend, at: Date): ActionBody {
  return {
    actionId,
    guia,
    type: "SEND_WHATSAPP",
    status: send.state === "failed" ? "FAILED" : "SUCCESS",
    httpCode: send.httpStatus,
    errorCode: send.code,
    retryCount: send.retries ?? 0,
    phone: send.recipient,
    at,
  }
}

async function openSystemic(kit: Kit, { eventId, subjectId }: ReactionPayload): Promise<void> {
  await inTransaction(kit.db, { actor: system, now: kit.now() }, async (act) => {
    const rows = await sql<{ breaker: { code: number | null; reason: string } | null; by: string }>`
      select c.health -> 'breaker' as breaker, e.actor_kind as by from connections c, events e
      where c.id = ${subjectId} and e.id = ${eventId}`.execute(act.tx)
    const found = rows.rows[0]
    // An executor's report has opened the incident itself.
    if (!found?.breaker || found.by === executor.kind) return
    const { code, reason } = found.breaker
    await reportIncidents(act, [
      {
        identity: { guia: systemGuia(subjectId), trigger: "FAILED_4XX", cause: reason },
        priority: "alta",
        actionRef: `evt_${eventId}`,
        eventRef: null,
        metadata: { ...(code !== null && { failureCode: code }), failureReason: reason },
        parcel: { canonical: null, isFinal: false, movedAt: null },
        why: {
          question: "incident",
          answer: "FAILED_4XX",
          code: "incident_account",
          inputs: { errorCode: code, class: "account" },
          rejected: [],
        },
      },
    ])
  })
}
