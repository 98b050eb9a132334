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
  const found = intent.isRepeated ? await system.findOpened(mark) : null
  if (found && !found.ok)
    return inLockedAgreement(kit, id, (act, locked) => leaveForNextRun(act, locked, "not_answered", found))
  const number = found?.value ?? null
  const { subject, customerNumber } = intent
  const opened =
    number === null ? await system.open({ mark, subject, customerNumber }) : { ok: true as const, value: number }
  return inLockedAgreement(kit, id, async (act, locked) => {
    if (locked.row.intentAt?.getTime() !== intent.at.getTime()) return false
    if (opened.ok) return saveNumber(act, locked, opened.value)
    if (opened.failure === "unreachable") return leaveForNextRun(act, locked, "not_answered", opened)
    return notOpened(act, locked, opened)
  })
}

type OpeningIntent = { at: Date; isRepeated: boolean; subject: string; customerNumber: string }

async function storeIntent(act: Act, locked: LockedAgreement): Promise<OpeningIntent | null> {
  const { row, ticket } = locked
  const isDue = row.closedAt === null && row.workNumber === null && row.wantedAt !== null && !isLeased(row, act.now)
  if (!isDue || (await readSetting(act, "agreements.shadow"))) return null
  if (row.recordClosedAt !== null && row.intentAt === null) return null
  const at = act.now
  await saveAgreement(act, locked, { intentAt: at, intentUntil: new Date(at.getTime() + leaseMs), triedAt: at })
  return { at, isRepeated: row.intentAt !== null, subject: ticket.subject, customerNumber: row.customerNumber }
}

const over = { wantedAt: null, intentAt: null, intentUntil: null } satisfies Partial<AgreementRow>

async function saveNumber(act: Act, locked: LockedAgreement, workNumber: string): Promise<true> {
  const { row } = locked
  const { workSystemId: systemId, cycle } = row
  const evidence = { agreement: row, systemId, said: "opened", source: "verification", at: act.now, cycle } as const
  await insertEvidence(act, { ...evidence, number: workNumber })
  const opened = { ...over, workNumber, workStatus: "open", workAskedAt: act.now, triedAt: null } as const
  await settleAgreement(act, await saveAgreement(act, locked, opened))
  return true
}

/** Nothing was opened there: refused for good, or only not now. */
async function notOpened(act: Act, locked: LockedAgreement, answer: Extract<SystemAnswer<string>, { ok: false }>) {
  const isForGood = answer.failure === "refused" || answer.failure === "missing"
  const left = { intentAt: null, intentUntil: null, ...(isForGood && { wantedAt: null, refusedAt: act.now }) }
  await leaveForNextRun(act, locked, isForGood ? "refused" : "not_answered", answer)
  await settleAgreement(act, await saveAgreement(act, locked, left))
  return isForGood
}
