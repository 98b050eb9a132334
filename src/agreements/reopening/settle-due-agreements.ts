// Whatever waits for something is looked at: at its deadline by the loop, and every two minutes by the checker, its safety net.
import type { Kit } from "#kernel/kit.ts"
import type { Log } from "#kernel/log.ts"
import { type PollingLoop, startPollingLoop } from "#kernel/jobs/polling-loop.ts"
import type { Timer } from "#timers/index.ts"
import { isDoneAtOnce } from "../agreement.ts"
import { processAllStoredHooks } from "../hooks/process-stored-hooks.ts"
import type { RunCounts } from "../runs/run-counts.ts"
import { agreementsTopic, settleAgreement } from "../settle-agreement.ts"
import { connectWorkSystem, type Urgency } from "../systems/connect-work-system.ts"
import { systemById } from "../systems/linked-system-store.ts"
import { inLockedAgreement, isLeased } from "./intents.ts"
import { openWorkTicket } from "./open-work-ticket.ts"
import { reopenWorkTicket } from "./reopen-work-ticket.ts"
import {
  agreementsDueSql,
  agreementsToSettle,
  claimDueAgreements,
  countUnsettled,
} from "./unsettled-agreement-store.ts"

const atOnce = 5
const pageSize = 500

export const agreementsTimer: Timer = { topic: agreementsTopic, dueSql: agreementsDueSql }

export function startAgreements(kit: Kit, log: Log): PollingLoop {
  const step = async () => {
    // What has come by a hook counts, also where nobody has processed it yet.
    await processAllStoredHooks(kit)
    const due = await claimDueAgreements(kit, atOnce)
    await Promise.all(
      due.map((id) =>
        settleNow(kit, id, { always: false }).catch((error: unknown) => log.error({ err: error, id }, "an agreement")),
      ),
    )
    return due.length === atOnce
  }
  return startPollingLoop(kit.db, log, { name: agreementsTopic, step })
}

/** All that is not settled, a few at a time. */
export async function settleAll(kit: Kit, urgency: Urgency, counts: RunCounts): Promise<void> {
  await processAllStoredHooks(kit)
  counts.checked = await countUnsettled(kit.db)
  let after = ""
  for (;;) {
    const ids = await agreementsToSettle(kit, after, pageSize)
    for (let i = 0; i < ids.length; i += atOnce) {
      await counts.goOn()
      await Promise.all(ids.slice(i, i + atOnce).map((id) => settleCounted(kit, id, urgency, counts)))
    }
    if (ids.length < pageSize) return
    after = ids.at(-1)!
  }
}

const settleCounted = (kit: Kit, id: string, urgency: Urgency, counts: RunCounts) =>
  counts.attempt(async () => {
    if (await settleNow(kit, id, urgency)) counts.acted += 1
  })

/** Does what is due of one agreement. True when something was done. */
export async function settleNow(kit: Kit, id: string, urgency: Urgency): Promise<boolean> {
  const { step, row } = await inLockedAgreement(kit, id, async (act, locked) => {
    const isFirstAsked = locked.row.wantedAt !== null && locked.row.workNumber !== null
    // What is wanted by hand is asked about first: what is known of the system may be minutes old.
    if (isFirstAsked && locked.row.closedAt === null) return { step: "reopen" as const, row: locked.row }
    const settled = await settleAgreement(act, locked)
    return { step: settled.step.act, row: settled.locked.row }
  })
  const isToOpen = row.closedAt === null && row.workNumber === null && row.wantedAt !== null
  if (step !== "reopen" && step !== "ask" && !isToOpen) return isDoneAtOnce(step)
  if (isLeased(row, kit.now())) return false
  const systemRow = await systemById(kit.db.kysely, row.workSystemId)
  const connected = systemRow && !systemRow.deletedAt && connectWorkSystem(kit, systemRow, urgency)
  if (!connected) return false
  return row.workNumber === null
    ? openWorkTicket(kit, connected.system, id)
    : reopenWorkTicket(kit, connected.system, id, row.workNumber)
}
