// A problem that the record system says is open becomes one mirrored ticket.
import type { Act } from "#kernel/act.ts"
import { wakeAfter } from "#kernel/database/wake.ts"
import { newId } from "#kernel/ids.ts"
import { record } from "#event-log/index.ts"
import { readSetting } from "#settings/index.ts"
import { activeOf, insertTickets, mirroredKey } from "#tickets/index.ts"
import {
  agreementOfTicket,
  insertAgreement,
  lockAgreement,
  type LockedAgreement,
  saveAgreement,
} from "./agreement-store.ts"
import { adoptEarlyClosure } from "./adopt-early-closure.ts"
import { foldBusinessName } from "./fold-business-name.ts"
import { insertEvidence } from "./evidence-store.ts"
import { isLeased } from "./reopening/intents.ts"
import { agreementsTopic, settleAgreement, why } from "./settle-agreement.ts"
import type { LinkedSystemRow } from "./systems/linked-system-store.ts"
import { systemToPair, workSystemOf } from "./systems/pair-systems.ts"
import { systemRegistry } from "./systems/system-registry.ts"

export type Opening = {
  systemId: string
  /** Decimal digits without zeros in front. */
  number: string
  company: string
  /** By the record system's own clock. */
  openedAt: Date | null
  receivedAt: Date
  hookId: number
  motive: string | null
  customerNumber: string
  /** Of the ticket in the work system, when there is one; else one is opened. */
  workNumber: string | null
}

export type OpenedAgreement = { agreementId: string; ticketId: string; isNew: boolean }

type Place = { recordSystem: LinkedSystemRow; workSystem: LinkedSystemRow; company: string; threadKey: string }

/** Finds or makes it. Refuses (404) a record system that is not linked, or whose work system is not. */
export async function openAgreement(act: Act, opening: Opening): Promise<OpenedAgreement> {
  const recordSystem = await systemToPair(act, opening.systemId)
  const workSystem = await workSystemOf(act, recordSystem)
  const company = foldBusinessName(opening.company)
  const { number } = opening
  const threadKey = mirroredKey({ workSystemId: workSystem.id, recordSystemId: recordSystem.id, company, number })
  const place = { recordSystem, workSystem, company, threadKey }
  return (await join(act, place, opening)) ?? (await make(act, place, opening)) ?? (await join(act, place, opening))!
}

/** The same problem said again; null when it is not open here. */
async function join(act: Act, { threadKey, company }: Place, opening: Opening): Promise<OpenedAgreement | null> {
  const active = await activeOf(act.tx, threadKey)
  const known = active && (await agreementOfTicket(act.tx, active.id))
  if (!known) return null
  const locked = await lockAgreement(act, known.id)
  if (locked.row.closedAt !== null) return null
  await openingEvidence(act, locked, company, opening)
  const { row } = locked
  // What was asked or refused before is over: the ticket is there. Who is asking just now finds out by itself.
  if (row.workNumber === null && opening.workNumber !== null && !isLeased(row, act.now)) {
    const given = { workNumber: opening.workNumber, wantedAt: null, triedAt: null, intentAt: null, intentUntil: null }
    await settleAgreement(act, await saveAgreement(act, locked, { ...given, refusedAt: null }))
  }
  return { agreementId: row.id, ticketId: row.ticketId, isNew: false }
}

/** Null when somebody else made it meanwhile. */
async function make(act: Act, place: Place, opening: Opening): Promise<OpenedAgreement | null> {
  const id = newId("tkt")
  const recordSystem = systemRegistry[place.recordSystem.kind].label
  const name = `${recordSystem} ${opening.number}`
  const made = await insertTickets(act, [
    {
      id,
      kind: "mirrored",
      threadKey: place.threadKey,
      status: "open",
      channel: "api",
      subject: opening.motive ? `${opening.motive} · ${name}` : name,
      teamId: await readSetting(act, "agreements.teamId"),
    },
  ])
  if (!made.has(id)) return null
  await record(act, "ticket.created", { ticketId: id, why: why("opened", { recordSystem }) })
  const agreementId = await insertOpened(act, id, place, opening)
  const locked = await lockAgreement(act, agreementId)
  await openingEvidence(act, locked, place.company, opening)
  await settleAgreement(act, await adoptEarlyClosure(act, locked))
  if (opening.workNumber === null) wakeAfter(act.tx, agreementsTopic)
  return { agreementId, ticketId: id, isNew: true }
}

async function insertOpened(act: Act, ticketId: string, place: Place, opening: Opening): Promise<string> {
  const id = newId("agr")
  await insertAgreement(act, {
    id,
    ticketId,
    workSystemId: place.workSystem.id,
    workNumber: opening.workNumber,
    recordSystemId: place.recordSystem.id,
    recordNumber: opening.number,
    company: place.company,
    customerNumber: opening.customerNumber,
    motive: opening.motive ?? "",
    operatorNumber: null,
    state: "agreed_open",
    cycle: 1,
    closuresFrom: opening.receivedAt,
    recordClosedAt: null,
    workStatus: null,
    workAskedAt: null,
    workClosedAt: null,
    recreado: 0,
    wantedAt: opening.workNumber === null ? act.now : null,
    triedAt: null,
    intentAt: null,
    intentUntil: null,
    refusedAt: null,
    closedAt: null,
  })
  return id
}

const openingEvidence = (act: Act, { row }: LockedAgreement, company: string, opening: Opening) =>
  insertEvidence(act, {
    agreement: row,
    systemId: opening.systemId,
    said: "opened",
    source: "hook",
    at: opening.receivedAt,
    saidAt: opening.openedAt,
    number: opening.number,
    company,
    hookId: opening.hookId,
    data: opening.motive === null ? {} : { motive: opening.motive },
  })
