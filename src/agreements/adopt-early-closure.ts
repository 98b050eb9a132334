// Hooks come in any order: a closure may be here before its opening, or have come before it and be processed after it.
import type { Act } from "#kernel/act.ts"
import { agreementsOfRecord, type LockedAgreement, saveAgreement } from "./agreement-store.ts"
import { assignEarlyClosure, openingOf } from "./evidence-store.ts"

/** With the closure that came before its opening and belongs to it, if there is one: it counts for the first cycle. */
export async function adoptEarlyClosure(act: Act, locked: LockedAgreement): Promise<LockedAgreement> {
  const { id, cycle, company, recordSystemId, recordNumber } = locked.row
  const opening = await openingOf(act, id)
  if (!opening || cycle > 1 || recordSystemId === null || recordNumber === null) return locked
  const record = { systemId: recordSystemId, number: recordNumber }
  const open = (await agreementsOfRecord(act, record)).filter(({ closedAt }) => closedAt === null)
  const closure = { ...record, ...opening, company, isAlone: open.length === 1 }
  const recordClosedAt = await assignEarlyClosure(act, locked.row, closure)
  return recordClosedAt === null ? locked : saveAgreement(act, locked, { recordClosedAt })
}
