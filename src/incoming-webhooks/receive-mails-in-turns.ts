// Mails that were read: many share a transaction, and what one person or one conversation sent keeps its order.
import type { Kit } from "#kernel/kit.ts"
import { type InboundMessage, receiveMails } from "#intake/index.ts"
import { groupByPerson } from "./group-by-person.ts"
import type { DeliveryElement, ParsedDelivery } from "./parse-delivery.ts"
import { writersAndThreads } from "./senders-and-order-of-elements.ts"
import { severalAtOnce } from "./several-at-once.ts"

/** The mail that is all of a delivery; null where a message of ours came back in it, of which more is to be stored. */
export function mailOf({ elements }: ParsedDelivery): InboundMessage | null {
  const [{ request }, ...more] = elements as [DeliveryElement, ...DeliveryElement[]]
  const isMail = more.length === 0 && request?.type === "message" && request.inbound.mail && !request.bounces
  return isMail ? request.inbound : null
}

type Outcome = {
  /** It is received. */
  settle: (delivery: ParsedDelivery) => void
  /** It is to be received alone. */
  receive: (delivery: ParsedDelivery) => Promise<void>
}

/** The first mail of each person and conversation, then the second of each: those of a turn in one transaction, as far as that can be. */
export async function receiveMailsInTurns(
  kit: Kit,
  mails: readonly ParsedDelivery[],
  { settle, receive }: Outcome,
): Promise<void> {
  const groups = groupByPerson(mails, writersAndThreads)
  for (let turn = 0; groups.some((group) => turn < group.length); turn++) {
    const next = groups.flatMap((group) => group[turn] ?? []).toSorted((a, b) => a.position - b.position)
    const inbounds = next.map((delivery) => mailOf(delivery)!)
    const received = await receiveMails(kit, inbounds)
    const left = next.filter((_, n) => !received.has(inbounds[n]!))
    for (const [n, delivery] of next.entries()) if (received.has(inbounds[n]!)) settle(delivery)
    await severalAtOnce(left, receive)
  }
}
