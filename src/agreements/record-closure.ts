import type { Act } from "#kernel/act.ts"
import { agreementsOfRecord, lockAgreement, saveAgreement } from "./agreement-store.ts"
import { adoptEarlyClosure } from "./adopt-early-closure.ts"
import { foldBusinessName } from "./fold-business-name.ts"
import { insertEvidence } from "./evidence-store.ts"
import { settleAgreement } from "./settle-agreement.ts"

export type Closure = {
  systemId: string
  /** Decimal digits without zeros in front. */
  number: string
  company: string | null
  /** By the record system's own clock. */
  closedAt: Date | null
  receivedAt: Date
  hookId: number
  motive: string | null
}

/** `over`: of a ticket that is closed here. */
export type RecordedClosure = { agreementId: string | null; because: "matched" | "unknown" | "several" | "over" }

/**
 * The record system says that it closed something. It closes here what the work system has closed too; by itself it closes nothing.
 * What matches no agreement, or several, is kept all the same.
 */
export async function recordClosure(act: Act, closure: Closure): Promise<RecordedClosure> {
  const company = closure.company === null ? null : foldBusinessName(closure.company) || null
  const found = await matchOf(act, { ...closure, company })
  const locked = found.agreementId === null ? null : await lockAgreement(act, found.agreementId)
  // It was open a moment ago: somebody closed it before we had its lock.
  const isOver = locked !== null && locked.row.closedAt !== null
  const counts = locked !== null && !isOver && closure.receivedAt >= locked.row.closuresFrom
  await insertEvidence(act, {
    agreement: locked?.row ?? null,
    systemId: closure.systemId,
    said: "closed",
    source: "hook",
    at: closure.receivedAt,
    saidAt: closure.closedAt,
    number: closure.number,
    company,
    cycle: counts ? locked.row.cycle : null,
    hookId: closure.hookId,
    data: {
      ...(closure.motive !== null && { motive: closure.motive }),
      ...(found.because !== "matched" && { because: found.because }),
    },
  })
  if (locked !== null && !isOver && locked.row.recordClosedAt === null) {
    const recordClosedAt = closure.receivedAt
    // It may have come a moment before the opening, and be processed after it.
    const next = await (counts ? saveAgreement(act, locked, { recordClosedAt }) : adoptEarlyClosure(act, locked))
    if (next !== locked) await settleAgreement(act, next)
  }
  return isOver ? { ...found, because: "over" } : found
}

type Numbered = Pick<Closure, "systemId" | "number" | "company">

/** By number and business; one that names no business by its number, when one open agreement alone has it. */
async function matchOf(act: Act, { company, ...record }: Numbered): Promise<RecordedClosure> {
  const all = await agreementsOfRecord(act, record)
  const mine = company === null ? all : all.filter((one) => one.company === company)
  const open = mine.filter(({ closedAt }) => closedAt === null)
  if (open.length > 1) return { agreementId: null, because: "several" }
  if (open[0]) return { agreementId: open[0].id, because: "matched" }
  const [over] = mine
  return over ? { agreementId: over.id, because: "over" } : { agreementId: null, because: "unknown" }
}
