// A ticket that the record system opened is opened in the work system too. That cannot be asked for twice without harm: after a
// request whose end is not known, the ticket is looked for by its mark first.
import type { Act } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { readSetting } from "#settings/index.ts"
import { type AgreementRow, type LockedAgreement, saveAgreement } from "../agreement-store.ts"
import { insertEvidence } from "../evidence-store.ts"
import { settleAgreement } from "../settle-agreement.ts"
import type { SystemAnswer, WorkSystem } from "../systems/system-kind.ts"
import { inLockedAgreement, isLeased, leaseMs, leaveForNextRun } from "./intents.ts"

/** True when it is opened there, or will never be. */
export async function openWorkTicket(kit: Kit, system: WorkSystem, id: string): Promise<boolean> {
  const intent = await inLockedAgreement(kit, id, storeIntent)
  if (!intent) return false
  const mark = `Hilo ${id}`
  const found = intent.isRepeated ? await system.findOpened(mark) : nothingFound
  if (!found.ok) return inLockedAgreement(kit, id, (act, locked) => leaveForNextRun(act, locked, "not_answered", found))
  const isToOpen = found.value === null && intent.isNeeded
  // Held up for so long, another server may be at it before the request arrives.
  if (isToOpen && kit.now().getTime() - intent.at.getTime() > leaseMs / 2) return false
  const { subject, customerNumber } = intent
  const opened = isToOpen ? await system.open({ mark, subject, customerNumber }) : found
  return inLockedAgreement(kit, id, async (act, locked) => {
    if (locked.row.intentAt?.getTime() !== intent.at.getTime()) return false
    if (opened.ok) return opened.value === null ? neverOpened(act, locked) : saveNumber(act, locked, opened.value)
    if (opened.failure === "unreachable" && !opened.isUnsent)
      return leaveForNextRun(act, locked, "not_answered", opened)
    return notOpened(act, locked, opened)
  })
}

const nothingFound = { ok: true, value: null } as const

/** `isNeeded`: nobody has closed it meanwhile, and shadow mode does not keep it. Else it is only looked for. */
type OpeningIntent = { at: Date; isRepeated: boolean; isNeeded: boolean; subject: string; customerNumber: string }

async function storeIntent(act: Act, locked: LockedAgreement): Promise<OpeningIntent | null> {
  const { row, ticket } = locked
  const isDue = row.closedAt === null && row.workNumber === null && row.wantedAt !== null && !isLeased(row, act.now)
  const isRepeated = row.intentAt !== null
  const isNeeded = row.recordClosedAt === null && !(await readSetting(act, "agreements.shadow"))
  if (!isDue || (!isNeeded && !isRepeated)) return null
  const at = act.now
  await saveAgreement(act, locked, { intentAt: at, intentUntil: new Date(at.getTime() + leaseMs), triedAt: at })
  return { at, isRepeated, isNeeded, subject: ticket.subject, customerNumber: row.customerNumber }
}

const nothingAsked = { intentAt: null, intentUntil: null } satisfies Partial<AgreementRow>

async function saveNumber(act: Act, locked: LockedAgreement, workNumber: string): Promise<true> {
  const { row } = locked
  const { workSystemId: systemId, cycle } = row
  const evidence = { agreement: row, systemId, said: "opened", source: "verification", at: act.now, cycle } as const
  await insertEvidence(act, { ...evidence, number: workNumber })
  const opened = { ...nothingAsked, wantedAt: null, triedAt: null } as const
  const known = { workNumber, workStatus: "open", workAskedAt: act.now } as const
  await settleAgreement(act, await saveAgreement(act, locked, { ...opened, ...known }))
  return true
}

/** An earlier request opened nothing there, and it is not to be opened any more, or not now. True when it is over. */
async function neverOpened(act: Act, locked: LockedAgreement): Promise<boolean> {
  const { step } = await settleAgreement(act, await saveAgreement(act, locked, nothingAsked))
  return step.act === "close"
}

/** Nothing was opened there: refused for good, or only not now. */
async function notOpened(
  act: Act,
  locked: LockedAgreement,
  answer: Extract<SystemAnswer<string | null>, { ok: false }>,
) {
  const isForGood = answer.failure === "refused" || answer.failure === "missing"
  const left = { ...nothingAsked, ...(isForGood && { wantedAt: null, refusedAt: act.now }) }
  await leaveForNextRun(act, locked, isForGood ? "refused" : "not_answered", answer)
  await settleAgreement(act, await saveAgreement(act, locked, left))
  return isForGood
}
