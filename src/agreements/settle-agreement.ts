// What follows from what is known of a locked agreement, done at once: all that needs nothing of the outside.
import type { Act } from "#kernel/act.ts"
import { wakeAfter } from "#kernel/database/wake.ts"
import { type DecisionReason, record } from "#event-log/index.ts"
import { teamLeadsOf } from "#people/index.ts"
import { readSetting } from "#settings/index.ts"
import { type Status, transition } from "#tickets/index.ts"
import { type AgreementFacts, type AgreementRules, type AgreementStep, escalatesFrom, nextStep } from "./agreement.ts"
import { type AgreementRow, type LockedAgreement, saveAgreement } from "./agreement-store.ts"
import type { AgreementState } from "./api-contract.ts"
import { insertEvidence } from "./evidence-store.ts"
import { systemLabels } from "./systems/system-labels.ts"

export const agreementsTopic = "agreements"

/** `isAnswered`: the work system was asked since the intent was stored. `holdsLease`: the caller stored the intent itself. */
type Intent = { isAnswered: boolean; holdsLease: boolean }
const nothingAsked: Intent = { isAnswered: false, holdsLease: false }

export type SettledAgreement = { locked: LockedAgreement; step: AgreementStep }

/**
 * Does what the rule says and gives the step. `reopen` and `ask` are left to the caller, who must not hold a transaction meanwhile: of
 * them the state alone is saved, once the intent is.
 */
export async function settleAgreement(
  act: Act,
  locked: LockedAgreement,
  intent: Intent = nothingAsked,
): Promise<SettledAgreement> {
  const rules = await readRules(act)
  const step = nextStep(factsOf(locked.row, intent, act.now), rules, act.now)
  return { locked: await apply(act, locked, step, rules), step }
}

async function readRules(act: Act): Promise<AgreementRules> {
  return {
    windowMinutes: await readSetting(act, "TICKET_REOPEN_WINDOW_MINUTES"),
    isShadow: await readSetting(act, "agreements.shadow"),
  }
}

function factsOf(row: AgreementRow, { isAnswered, holdsLease }: Intent, now: Date): AgreementFacts {
  const isLeased = !holdsLease && row.intentUntil !== null && row.intentUntil > now
  return {
    isOver: row.closedAt !== null,
    work: { status: row.workNumber === null ? "none" : (row.workStatus ?? "unknown"), closedAt: row.workClosedAt },
    record: { isKnown: row.recordNumber !== null, closedAt: row.recordClosedAt },
    reopenings: row.recreado,
    intent: row.intentAt === null ? null : { isLeased, isAnswered },
    isWanted: row.wantedAt !== null,
    isRefused: row.refusedAt !== null,
  }
}

const nothingRuns = {
  workClosedAt: null,
  wantedAt: null,
  triedAt: null,
  intentAt: null,
  intentUntil: null,
  refusedAt: null,
}

async function apply(
  act: Act,
  locked: LockedAgreement,
  { act: deed, state, because }: AgreementStep,
  { windowMinutes }: AgreementRules,
): Promise<LockedAgreement> {
  switch (deed) {
    case "start_window":
      return startWindow(act, locked, windowMinutes)
    case "clear_window":
      return move(act, await said(act, locked, "window_cleared", { ...nothingRuns, state }), "open", why(because))
    case "close":
      return closeAgreement(act, locked, why(because, { cycle: locked.row.cycle }))
    case "count_reopening":
      return countReopening(act, locked, state, windowMinutes)
    case "report":
      return locked.row.state === state ? locked : report(act, locked, because)
    case "reopen":
    case "ask":
      return locked
    case "none":
      return locked.row.state === state || locked.row.closedAt ? locked : saveAgreement(act, locked, { state })
  }
}

async function startWindow(act: Act, locked: LockedAgreement, minutes: number): Promise<LockedAgreement> {
  wakeAfter(act.tx, agreementsTopic)
  const started = { workClosedAt: act.now, triedAt: null, state: "awaiting" } as const
  const next = await said(act, locked, "window_started", started, { minutes })
  return move(act, next, "closing", why("window", { windowMinutes: minutes }))
}

/** Both agree that it is over, or somebody says so. */
export async function closeAgreement(
  act: Act,
  locked: LockedAgreement,
  reason: DecisionReason,
): Promise<LockedAgreement> {
  const closed = { ...nothingRuns, state: "agreed_closed", closedAt: act.now } as const
  return move(act, await said(act, locked, "agreed_closed", closed), "closed", reason)
}

async function countReopening(act: Act, locked: LockedAgreement, state: AgreementState, minutes: number) {
  const recreado = locked.row.recreado + 1
  const { cycle, workSystemId, operatorNumber } = locked.row
  const reopened = { ...nothingRuns, state, recreado }
  const next = await said(act, locked, "reopened", reopened, { recreado, operator: operatorNumber })
  const inputs = { windowMinutes: minutes, times: recreado }
  const moved = await move(act, next, "open", why("reopened", inputs))
  const about = { ticketId: locked.ticket.id, subjectId: locked.row.id }
  await record(act, "agreement.reopened", { ...about, data: { cycle, recreado, systemId: workSystemId } })
  if (recreado < escalatesFrom) return moved
  const notifyIds = await teamLeadsOf(act, locked.ticket.teamId)
  await record(act, "agreement.escalated", { ...about, data: { cycle, recreado, notifyIds } })
  return moved
}

/** Nothing is done though the window is over: that is said once. */
async function report(act: Act, locked: LockedAgreement, because: string): Promise<LockedAgreement> {
  const next = await said(act, locked, "nothing_done", { state: "disagreed", triedAt: act.now }, { because })
  await record(act, "agreement.disagreed", { ticketId: locked.ticket.id, subjectId: locked.row.id, data: { because } })
  return next
}

async function said(
  act: Act,
  locked: LockedAgreement,
  what: string,
  fields: Partial<AgreementRow>,
  data: Record<string, unknown> = {},
): Promise<LockedAgreement> {
  const { cycle } = locked.row
  await insertEvidence(act, { agreement: locked.row, said: what, source: "rule", at: act.now, cycle, data })
  return saveAgreement(act, locked, fields)
}

async function move(act: Act, { row, ticket }: LockedAgreement, to: Status, { inputs, ...reason }: DecisionReason) {
  const named = { ...reason, inputs: { ...(await systemLabels(act, row)), ...inputs } }
  return { row, ticket: await transition(act, ticket, { to, why: named }) }
}

/** The text of it is `why.agreement_<code>`. */
export const why = (code: string, inputs: DecisionReason["inputs"] = {}): DecisionReason => ({
  question: "agreement",
  answer: code,
  code: `agreement_${code}`,
  inputs,
  rejected: [],
})
