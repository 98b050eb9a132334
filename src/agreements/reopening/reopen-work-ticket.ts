// A ticket is reopened in the work system so that a server may die between any two steps: it is asked, the intent is stored, it is
// changed, it is asked again, and then it counts. No transaction is open while anybody is asked.
import type { Act } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { isDoneAtOnce } from "../agreement.ts"
import { type LockedAgreement, saveAgreement } from "../agreement-store.ts"
import { insertEvidence } from "../evidence-store.ts"
import { settleAgreement } from "../settle-agreement.ts"
import type { SystemAnswer, WorkStatus, WorkSystem } from "../systems/system-kind.ts"
import { receiveWorkStatus } from "../receive-work-status.ts"
import { inLockedAgreement, isLeased, leaseMs, leaveForNextRun } from "./intents.ts"

type Answered = Extract<SystemAnswer<WorkStatus>, { ok: true }>

/** True when something came of it: it was reopened, is closed here, or was open already. */
export async function reopenWorkTicket(kit: Kit, system: WorkSystem, id: string, number: string): Promise<boolean> {
  const asked = await system.readStatus(number)
  if (!asked.ok) return inLockedAgreement(kit, id, (act, locked) => leaveForNextRun(act, locked, "not_answered", asked))
  const intent = await inLockedAgreement(kit, id, (act, locked) => storeIntent(act, locked, asked))
  if ("isDone" in intent) return intent.isDone
  // Held up for so long, another server may be at it before the request arrives.
  if (kit.now().getTime() - intent.at.getTime() > leaseMs / 2) return false
  const put = await system.reopen(number)
  // Also after a failure: it may have been done all the same.
  const verified = await system.readStatus(number)
  return inLockedAgreement(kit, id, async (act, locked) => {
    if (locked.row.intentAt?.getTime() !== intent.at.getTime()) return false
    if (!verified.ok) return leaveForNextRun(act, locked, "not_verified", put.ok ? verified : put)
    const { step, locked: received } = await receiveAnswer(act, locked, verified)
    if (step.act !== "reopen") return true
    if (!put.ok && put.failure === "refused") return refused(act, received, put.detail)
    return leaveForNextRun(act, received, "still_closed", put)
  })
}

const receiveAnswer = (act: Act, locked: LockedAgreement, { value, askedAt }: Answered) =>
  receiveWorkStatus(act, locked, { status: value, askedAt, source: "verification", holdsLease: true })

type StoredIntent = { at: Date } | { isDone: boolean }

/** Unless what the system answered, or what came meanwhile, leaves nothing to reopen. A new intent begins a cycle. */
async function storeIntent(act: Act, locked: LockedAgreement, asked: Answered): Promise<StoredIntent> {
  if (isLeased(locked.row, act.now)) return { isDone: false }
  const { step, locked: received } = await receiveAnswer(act, locked, asked)
  if (step.act !== "reopen") return { isDone: isDoneAtOnce(step.act) }
  const { row } = received
  const isNew = row.intentAt === null
  const cycle = isNew ? row.cycle + 1 : row.cycle
  const at = act.now
  await insertEvidence(act, { agreement: row, said: "reopen_requested", source: "rule", at, cycle })
  await saveAgreement(act, received, {
    state: "acting",
    cycle,
    intentAt: at,
    intentUntil: new Date(at.getTime() + leaseMs),
    triedAt: at,
    // A closure that came in the window and is only read now is none of an earlier cycle.
    ...(isNew && { closuresFrom: row.workClosedAt ?? at }),
  })
  return { at }
}

async function refused(act: Act, locked: LockedAgreement, detail: string): Promise<boolean> {
  const { row } = locked
  const data = { detail: detail.slice(0, 300) }
  await insertEvidence(act, { agreement: row, said: "refused", source: "rule", at: act.now, cycle: row.cycle, data })
  const over = { intentAt: null, intentUntil: null, wantedAt: null, refusedAt: act.now }
  await settleAgreement(act, await saveAgreement(act, locked, over))
  return true
}
