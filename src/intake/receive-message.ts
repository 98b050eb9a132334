// The one way in for every message of every connection that comes by itself.
import { type Actor, inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { addressKey, type InboundMessage, isPlainMessage, type ReceivedMessage } from "./inbound-message.ts"
import { readIntakeSettings } from "./intake-settings.ts"
import { lostRaceOf, tooBusy } from "./lost-race-error.ts"
import { queueByThread } from "./queue-by-thread.ts"
import { receiveInTransaction, showNothing } from "./receive-message-in-transaction.ts"
import { receiveInOneStatement } from "./single-statement/receive-in-one-statement.ts"

const longestPauseMs = 20

/**
 * Receives one message. What it changes is one transaction; a repeat of the same message changes nothing.
 * A lost race is run once more from the start. A new person on several connections loses first the address, then the thread:
 * each race may be lost once.
 * Refuses: 404 unknown connection, 409 `connection_disabled`, 503 when one race is lost twice, or its thread is very busy.
 */
export const receiveMessage = (kit: Kit, by: Actor, inbound: InboundMessage): Promise<ReceivedMessage> =>
  receive(kit, { by, inbound })

/** The same for who shows nobody what became of it. Gives the decision. */
export async function receiveUnshown(
  kit: Kit,
  by: Actor,
  inbound: InboundMessage,
): Promise<ReceivedMessage["decision"]> {
  const { decision } = await receive(kit, { by, inbound, show: showNothing })
  return decision
}

type Reception = { by: Actor; inbound: InboundMessage; show?: typeof showNothing }

async function receive(kit: Kit, reception: Reception): Promise<ReceivedMessage> {
  const lost = new Set<string>()
  for (;;) {
    try {
      return await receiveOnce(kit, reception)
    } catch (error) {
      const race = lostRaceOf(error)
      if (race === null) throw error
      if (lost.has(race)) throw tooBusy()
      lost.add(race)
    }
    // The winner has committed, or our insert would still be waiting: the next look finds its rows.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * longestPauseMs))
  }
}

async function receiveOnce(kit: Kit, { by, inbound, show }: Reception): Promise<ReceivedMessage> {
  const rules = await readIntakeSettings(kit.db)
  const isEveryday = isPlainMessage(inbound) && rules.wishOf(inbound, kit.now()) === null
  const write = () =>
    inTransaction(kit.db, { actor: by, now: kit.now() }, (act) => receiveInTransaction(act, inbound, { rules, show }))
  const join = async () => {
    const received = isEveryday ? await receiveInOneStatement(kit, { by, inbound, now: kit.now() }) : null
    // It waits for nobody.
    return received === "repeat" ? write() : received
  }
  const thread = addressKey(inbound.connectionId, (inbound.group ?? inbound.person).identity)
  return (await join()) ?? queueByThread(kit.db, thread, { join, write })
}
