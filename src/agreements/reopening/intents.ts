// What a request to a work system and a server that dies between its steps leave behind.
import { type Act, inTransaction, system as hilo } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { type AgreementRow, lockAgreement, type LockedAgreement, saveAgreement } from "../agreement-store.ts"
import { insertEvidence, lastSaidOf } from "../evidence-store.ts"
import type { SystemAnswer } from "../systems/system-kind.ts"

/** How long nobody else acts on an agreement: longer than the requests of one intent may take. */
export const leaseMs = 60_000

export const isLeased = ({ intentUntil }: AgreementRow, now: Date) => intentUntil !== null && intentUntil > now

/** One agreement, one transaction. */
export function inLockedAgreement<T>(
  kit: Kit,
  id: string,
  work: (act: Act, locked: LockedAgreement) => Promise<T>,
): Promise<T> {
  return inTransaction(kit.db, { actor: hilo, now: kit.now() }, async (act) => work(act, await lockAgreement(act, id)))
}

/** Nothing is known of the end: the next run goes on from here. What was said last is not said again. */
export async function leaveForNextRun(
  act: Act,
  locked: LockedAgreement,
  said: string,
  answer: SystemAnswer<unknown>,
): Promise<false> {
  const { row } = locked
  const data = answer.ok ? {} : { failure: answer.failure, detail: answer.detail.slice(0, 300) }
  if ((await lastSaidOf(act, row.id)) !== said)
    await insertEvidence(act, { agreement: row, said, source: "rule", at: act.now, cycle: row.cycle, data })
  await saveAgreement(act, locked, { triedAt: act.now, ...(row.intentAt !== null && { intentUntil: act.now }) })
  return false
}
