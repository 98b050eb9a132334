// What the work systems say of their tickets is asked for in batches, and received one ticket at a time: one that fails holds
// back no other. Of a system that does not answer nothing changes.
import { inTransaction, system as hilo } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { isDoneAtOnce } from "../agreement.ts"
import { agreementsToSync, lockAgreement, type SyncedAgreement } from "../agreement-store.ts"
import type { EvidenceSource } from "../evidence-store.ts"
import type { RunCounts } from "../runs/run-counts.ts"
import { connectWorkSystem, type Urgency } from "../systems/connect-work-system.ts"
import { existingSystem, type LinkedSystemRow, systemsInUse } from "../systems/linked-system-store.ts"
import { openAccount } from "../systems/open-account.ts"
import { recordAnswer } from "../systems/record-system-answer.ts"
import type { WorkStatus, WorkSystem } from "../systems/system-kind.ts"
import { systemRegistry } from "../systems/system-registry.ts"
import { receiveWorkStatus, type ReportedStatus } from "../receive-work-status.ts"

/** All open tickets of all work systems. */
export async function syncAllTickets(kit: Kit, urgency: Urgency, counts: RunCounts): Promise<void> {
  for (const row of await systemsInUse(kit.db.kysely)) await counts.attempt(() => syncSystem(kit, row, urgency, counts))
}

async function syncSystem(kit: Kit, row: LinkedSystemRow, urgency: Urgency, counts: RunCounts): Promise<void> {
  const connected = connectWorkSystem(kit, row, urgency)
  if (!connected) return
  const limit = connected.statusesAtOnce
  let [after, unanswered] = ["", 0]
  // One batch that it cannot answer keeps the others from nothing; a system that is away is left alone.
  while (unanswered < 2) {
    const batch = await agreementsToSync(kit.db.kysely, row.id, { after, limit })
    if (batch.length === 0) {
      if (after === "" && row.failingSince) await askWhetherItAnswers(kit, row)
      return
    }
    const isAnswered = await syncBatch(kit, connected.system, batch, { systemId: row.id, source: "poll", counts })
    unanswered = isAnswered ? 0 : unanswered + 1
    if (batch.length < limit) return
    after = batch.at(-1)!.id
    await counts.goOn()
  }
}

/** With nothing to ask it about, nobody would see that it answers again. */
async function askWhetherItAnswers(kit: Kit, row: LinkedSystemRow): Promise<void> {
  await recordAnswer(kit, row.id, await systemRegistry[row.kind].test(kit, openAccount(kit, row)))
}

/** The tickets with these numbers, now: a hook of the system named them, and is not believed itself. */
export async function syncWorkTickets(
  kit: Kit,
  systemId: string,
  numbers: readonly string[],
  counts: RunCounts,
): Promise<void> {
  const connected = connectWorkSystem(kit, await existingSystem(kit.db.kysely, systemId), { always: false })
  const batch = connected && numbers.length > 0 ? await agreementsToSync(kit.db.kysely, systemId, { numbers }) : []
  if (batch.length > 0) await syncBatch(kit, connected!.system, batch, { systemId, source: "hook", counts })
}

type Manner = { systemId: string; source: EvidenceSource; counts: RunCounts }

/** False: there was no answer. What the system does not know stays as it is. */
async function syncBatch(kit: Kit, system: WorkSystem, batch: SyncedAgreement[], manner: Manner) {
  const { systemId, source, counts } = manner
  const answer = await system.listStatuses(batch.map(({ workNumber }) => workNumber))
  await recordAnswer(kit, systemId, answer)
  if (!answer.ok) return false
  const statuses = new Map(answer.value.map((status) => [status.number, status]))
  for (const agreement of batch) {
    const status = statuses.get(agreement.workNumber)
    counts.checked += 1
    if (!status || !hasChanged(agreement, status)) continue
    await counts.attempt(async () => {
      const { askedAt } = answer
      // A list may say what was, and closing is final, as is the count of reopenings: these are asked about once more.
      const isListed = !status.closed && agreement.intentAt === null
      const read = isListed ? { ok: true as const, value: status, askedAt } : await system.readStatus(status.number)
      if (!read.ok) return
      const reported = { status: read.value, askedAt: read.askedAt, source, isListed }
      if (await receive(kit, agreement, reported)) counts.acted += 1
    })
  }
  return true
}

/** True when something was done. */
async function receive(kit: Kit, { id }: SyncedAgreement, reported: ReportedStatus): Promise<boolean> {
  return inTransaction(kit.db, { actor: hilo, now: kit.now() }, async (act) => {
    const { step } = await receiveWorkStatus(act, await lockAgreement(act, id), reported)
    return isDoneAtOnce(step.act)
  })
}

/** Most say what they said five minutes ago: those cost nothing more. */
function hasChanged(known: SyncedAgreement, { closed, operatorNumber }: WorkStatus): boolean {
  if (closed !== (known.workStatus === "closed") || known.workStatus === null) return true
  if (operatorNumber !== known.operatorNumber) return true
  return closed ? known.workClosedAt === null : known.intentAt !== null || known.wantedAt !== null
}
