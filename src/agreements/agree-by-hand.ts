// What a lead decides where the systems do not: that they agree, or that the ticket is open again.
import { type Act, inTransaction } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Principal } from "#people/index.ts"
import { lockAgreement, type LockedAgreement, saveAgreement } from "./agreement-store.ts"
import { showAgreementIn } from "./agreement-views.ts"
import { insertEvidence } from "./evidence-store.ts"
import { isLeased } from "./reopening/intents.ts"
import { settleNow } from "./reopening/settle-due-agreements.ts"
import { closeAgreement, why } from "./settle-agreement.ts"

/** Closes the ticket, whatever the systems say. Refuses (409 `being_reopened`) while it is being reopened. */
export async function closeByHand(act: Act, who: Principal, ref: string, reason: string): Promise<void> {
  const locked = await lockOpen(act, who, ref)
  await saidByHand(act, locked, "close_by_hand", reason)
  await closeAgreement(act, locked, why("by_hand"))
}

/**
 * Reopens the ticket in the work system now, window or not, and in shadow mode too. What cannot be done now is done by the checker.
 * Refuses (409 `being_reopened`) while that is on its way.
 */
export async function reopenByHand(kit: Kit, who: Principal, ref: string, reason: string): Promise<void> {
  const id = await inTransaction(kit.db, { actor: who, now: kit.now() }, async (act) => {
    const locked = await lockOpen(act, who, ref)
    await saidByHand(act, locked, "reopen_by_hand", reason)
    await saveAgreement(act, locked, { wantedAt: act.now, triedAt: act.now, refusedAt: null })
    return locked.row.id
  })
  await settleNow(kit, id, { always: true })
}

/** Refuses: 404 one that they may not see, 409 `transition` one that is over, 409 `being_reopened`. */
async function lockOpen(act: Act, who: Principal, ref: string): Promise<LockedAgreement> {
  const { id } = await showAgreementIn(act, who, ref)
  const locked = await lockAgreement(act, id)
  const { row } = locked
  if (row.closedAt !== null) throw new Refusal("conflict", "transition", "It is closed, and that is final")
  if (isLeased(row, act.now)) throw new Refusal("conflict", "being_reopened")
  return locked
}

const saidByHand = (act: Act, { row }: LockedAgreement, said: string, reason: string) =>
  insertEvidence(act, {
    agreement: row,
    said,
    source: "hand",
    at: act.now,
    cycle: row.cycle,
    data: { reason, userId: act.actor.id },
  })
