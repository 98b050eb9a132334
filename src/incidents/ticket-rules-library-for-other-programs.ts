// The rules as a library, with the signatures of the source document. `TicketRules.use(kit)` gives them a running Hilo;
// without it they open the database that the environment names.
import { inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { databaseNow } from "#kernel/database/database-clock.ts"
import { loadConfig } from "#kernel/config.ts"
import { openDatabase } from "#kernel/db.ts"
import { createSecrets } from "#kernel/secrets.ts"
import { messageAction } from "./reporting/needs-ticket.ts"
import { recordActions } from "./reporting/record-executor-actions-and-open-incidents.ts"
import { actionBody, sanitizeAction, moment, sanitizeMetadata, sanitizeRef } from "./reporting/sanitize-input.ts"
import type { IncidentTicket } from "./api-contract.ts"
import { normalGuia } from "./reporting/guia-format-and-incident-subject.ts"
import { parseList } from "./parse-object-or-list.ts"
import { reportIncidents } from "./reporting/report-incidents.ts"
import { taughtStatuses } from "./carriers/status-mapping-store.ts"
import { stuckReason } from "./stuck-shipments/stuck-rule.ts"
import { incidentViews, shownOfOne } from "./incident-view.ts"
import { canonicalOf, carrierOf, foldStatus, type TaughtStatus } from "./carriers/status-mapping.ts"

type Rules = Pick<Kit, "db" | "secrets"> & { now: () => Date | Promise<Date> }

export type ActionLog = {
  actionId: string
  guia: string
  type?: string
  retryCount?: number
  errorCode?: number
  phone?: string
  at?: string | Date
  metadata?: Record<string, unknown>
}

/** A message that arrived. `trigger` is a hint of why it was sent; what the shipment's status says goes before it. */
export type Contact = { actionId: string; guia: string; at: string | Date; phone?: string; trigger?: string }

export type LatestMovement = {
  at: string | Date
  eventId?: string
  estatus?: string
  transportadora?: string
  novedad?: string
  ciudad_de_destino?: string
  ultimo_movimiento?: string
}

let used: Rules | null = null

function rules(): Rules {
  if (used) return used
  const config = loadConfig(process.env)
  if (!config.databaseUrl) throw new Error("TicketRules needs DATABASE_URL, or TicketRules.use(kit)")
  const db = openDatabase(config.databaseUrl)
  used = { db, secrets: createSecrets(config.secret), now: () => databaseNow(db) }
  return used
}

export const TicketRules = {
  use(kit: Rules): void {
    used = kit
  },

  /** The ticket that a failure made or joined; null when it makes none. */
  async processFailedAction(
    actionLog: ActionLog,
    httpCode?: number,
    errorMessage?: string,
  ): Promise<IncidentTicket | null> {
    const { db, secrets, now } = rules()
    const { actionId, guia, retryCount, errorCode, phone, metadata, at = await now() } = actionLog
    const body = { actionId, guia, retryCount, errorCode, phone, metadata, httpCode, errorMessage }
    const { items } = await parseList(actionBody, {
      ...body,
      type: actionLog.type ?? messageAction,
      status: "FAILED",
      at: text(at),
    })
    const action = sanitizeAction(secrets, items[0]!)
    const outcomes = await inTransaction(db, { actor: system, now: await now() }, (act) =>
      recordActions(act, [action], { depth: shownOfOne, mayStop: () => true }),
    )
    return outcomes[0]!.ticket
  },

  /** The tickets that are new. A shipment whose movement cannot be read is left for the next time. */
  async checkStuckShipments(
    getSuccessfulContacts: () => Contact[] | Promise<Contact[]>,
    getLatestMovement: (guia: string) => LatestMovement | null | undefined | Promise<LatestMovement | null | undefined>,
  ): Promise<IncidentTicket[]> {
    const { db, now } = rules()
    const taught = await taughtStatuses(db.kysely)
    const latest = latestByGuia(await getSuccessfulContacts())
    const created: IncidentTicket[] = []
    for (let from = 0; from < latest.length; from += atOnce) {
      const some = latest.slice(from, from + atOnce)
      const reports = (await Promise.all(some.map((contact) => reportOf(contact, getLatestMovement, taught)))).flatMap(
        (it) => it ?? [],
      )
      const views = await inTransaction(db, { actor: system, now: await now() }, async (act) => {
        const { found } = await reportIncidents(act, reports)
        return incidentViews(
          act.tx,
          found.flatMap((it) => (it.created ? [it.ticketId] : [])),
        )
      })
      created.push(...views.values())
    }
    return created
  },
}

// So many movements are asked for at a time.
const atOnce = 50

const text = (at: string | Date) => (at instanceof Date ? at.toISOString() : at)

function latestByGuia(contacts: Contact[]): (Contact & { at: Date })[] {
  const latest = new Map<string, Contact & { at: Date }>()
  for (const contact of contacts) {
    const at = moment.safeParse(text(contact.at)).data
    const guia = normalGuia(contact.guia)
    const before = latest.get(guia)
    if (at && (!before || at > before.at)) latest.set(guia, { ...contact, guia, at })
  }
  return [...latest.values()]
}

async function reportOf(contact: Contact & { at: Date }, movementOf: (guia: string) => unknown, taught: TaughtStatus) {
  const { secrets, now } = rules()
  const { guia, actionId } = contact
  try {
    const movement = (await movementOf(guia)) as LatestMovement | null | undefined
    const at = movement ? moment.parse(text(movement.at)) : null
    const status = statusOf(movement, contact, taught)
    const stuck = stuckReason(contact.at, at && { at, canonical: status }, await now())
    if (!stuck) return null
    const { at: _at, eventId, ...texts } = movement ?? { at: "" }
    return {
      identity: { guia, trigger: stuck.trigger, cause: null },
      priority: stuck.priority,
      actionRef: sanitizeRef(secrets, actionId, { guias: [guia] }),
      eventRef: eventId === undefined ? null : sanitizeRef(secrets, eventId, { guias: [guia] }),
      metadata: sanitizeMetadata(texts, { guias: [guia] }),
      shipment: { canonical: movement ? status : null, isFinal: false, movedAt: at },
      why: { question: "incident", answer: stuck.trigger, code: `incident_${stuck.because}`, inputs: {}, rejected: [] },
    }
  } catch {
    return null
  }
}

/** A movement that does not say where the shipment is: then the reason of the message decides. */
function statusOf(movement: LatestMovement | null | undefined, { trigger }: Contact, taught: TaughtStatus) {
  if (movement?.estatus !== undefined)
    return canonicalOf(carrierOf(movement.transportadora ?? ""), foldStatus(movement.estatus), taught)
  return trigger?.startsWith("AT_OFFICE") ? "IN_OFFICE" : "UNKNOWN"
}
