// Settles what was sent while the last ones are being settled: under load many share a commit, alone nobody waits.
import { inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { inPipeline } from "#kernel/database/pipeline.ts"
import type { SendOutcome } from "#channels/index.ts"
import { type SentMessage, storeSentMessages } from "#messages/index.ts"
import { type Claim, settleSentStatement } from "./send-store.ts"
import { settleOutcome } from "./settle-send.ts"

type SettledSend = { claim: Claim; outcome: SendOutcome; done: () => void; failed: (error: unknown) => void }

const mostAtOnce = 100

/** Resolves once the outcome is stored. */
export function createSettler(kit: Kit) {
  let waiting: SettledSend[] = []
  let busy = false
  const empty = async () => {
    busy = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, mostAtOnce)
      waiting = waiting.slice(mostAtOnce)
      await settleAll(kit, batch)
    }
    busy = false
  }
  return (claim: Claim, outcome: SendOutcome) =>
    new Promise<void>((done, failed) => {
      waiting.push({ claim, outcome, done, failed })
      if (!busy) void empty()
    })
}

async function settleAll(kit: Kit, batch: SettledSend[]): Promise<void> {
  const sent = batch.flatMap((one) => (sentOf(one) ? [{ one, row: sentOf(one)! }] : []))
  const sendable = sent.length > 1 ? sent : []
  const isStored = await storeBatch(kit, sendable).catch(() => false)
  const alone = isStored ? batch.filter((one) => !sendable.some((it) => it.one === one)) : batch
  if (isStored) for (const { one } of sendable) one.done()
  for (const { claim, outcome, done, failed } of alone) {
    try {
      await inTransaction(kit.db, { actor: system, now: kit.now() }, (act) => settleOutcome(act, claim, outcome))
      done()
    } catch (error) {
      failed(error)
    }
  }
}

/** When this fails nothing was stored: each is tried alone, where what is wrong with it shows. */
async function storeBatch(kit: Kit, sent: { one: SettledSend; row: SentMessage }[]): Promise<boolean> {
  if (sent.length === 0) return true
  await inPipeline(kit.db, async (run) => {
    await run(settleSentStatement(sent.map(({ one }) => one.claim)))
    await storeSentMessages(
      run,
      sent.map(({ row }) => row),
      kit.now(),
    )
  })
  for (const topic of ["log", "outbox", "sent"]) kit.db.wakes.wake(topic)
  return true
}

function sentOf({ claim: { messageId, connectionId }, outcome }: SettledSend): SentMessage | null {
  if (outcome.state !== "sent" && outcome.state !== "delivered") return null
  // What only mails say is stored one by one.
  if (outcome.mail && (outcome.mail.refused.length > 0 || outcome.mail.mailId !== null)) return null
  return { messageId, connectionId, externalId: outcome.externalId ?? null, state: outcome.state }
}
