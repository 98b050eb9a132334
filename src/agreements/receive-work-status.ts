import type { Act } from "#kernel/act.ts"
import { type LockedAgreement, saveAgreement } from "./agreement-store.ts"
import { type EvidenceSource, insertEvidence } from "./evidence-store.ts"
import { settleAgreement, type SettledAgreement } from "./settle-agreement.ts"
import type { WorkStatus } from "./systems/system-kind.ts"

/**
 * `askedAt`: before the request left. `isListed`: one of many in an answer, which may say what was. `holdsLease`: the caller stored the
 * intent to reopen.
 */
export type ReportedStatus = {
  status: WorkStatus
  askedAt: Date
  source: EvidenceSource
  isListed?: boolean
  holdsLease?: boolean
}

/** What the work system says of a locked agreement, and what follows at once. An answer older than what is known changes nothing. */
export async function receiveWorkStatus(
  act: Act,
  locked: LockedAgreement,
  received: ReportedStatus,
): Promise<SettledAgreement> {
  const { status, askedAt, source, isListed = false, holdsLease = false } = received
  const { row } = locked
  if (row.workAskedAt !== null && askedAt < row.workAskedAt) return settleAgreement(act, locked)
  const workStatus = status.closed ? "closed" : "open"
  if (workStatus !== row.workStatus)
    await insertEvidence(act, {
      agreement: row,
      systemId: row.workSystemId,
      said: workStatus,
      source,
      at: askedAt,
      saidAt: status.updatedAt,
      number: status.number,
      cycle: row.cycle,
      data: status.operatorNumber === null ? {} : { operator: status.operatorNumber },
    })
  const known = { workStatus, workAskedAt: askedAt, operatorNumber: status.operatorNumber } as const
  // Who holds the lease asks after its own request; of others only an answer to what was asked later is one to it.
  const isAnswered = row.intentAt !== null && !isListed && (holdsLease || askedAt > row.intentAt)
  return settleAgreement(act, await saveAgreement(act, locked, known), { isAnswered, holdsLease })
}
