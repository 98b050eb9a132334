// Several mails that came together, as far as they can be received together.
import { inPipeline } from "#kernel/database/pipeline.ts"
import { isMachineFault } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import type { InboundMessage } from "../inbound-message.ts"
import { readIntakeSettings } from "../intake-settings.ts"
import { receiveMailBatch } from "./receive-mail-batch.ts"

/** Receives what it can in one transaction for each connection; gives those that are settled. What is left is to be received alone. */
export async function receiveMails(kit: Kit, inbounds: readonly InboundMessage[]): Promise<Set<InboundMessage>> {
  const rules = await readIntakeSettings(kit.db)
  const settled = new Set<InboundMessage>()
  for (const mails of Map.groupBy(inbounds, ({ connectionId }) => connectionId).values()) {
    const received = await inPipeline(kit.db, (run) => receiveMailBatch(run, mails, { now: kit.now(), rules })).catch(
      (error: unknown): InboundMessage[] => {
        if (isMachineFault(error)) throw error
        // Nothing was written: what is wrong with one of them shows where it is received alone.
        return []
      },
    )
    for (const inbound of received) settled.add(inbound)
  }
  if (settled.size > 0) kit.db.wakes.wake("log")
  return settled
}
