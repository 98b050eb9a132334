// Sends what is queued. A try is claimed before and settled after the call, in transactions of their own: what happens in
// between, a crash included, is known to have been tried. No call is made while a transaction is open.
import { system, transact } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Log } from "#kernel/log.ts"
import { type PollingLoop, startPollingLoop } from "#kernel/jobs/polling-loop.ts"
import { channels, type FilledTemplate, type OutgoingMessage, type SendOutcome } from "#channels/index.ts"
import { connectionById, connectionsTopic, type ConnectionRow, decryptAccount } from "#connections/index.ts"
import { setDelivery } from "#messages/index.ts"
import { retryFailedSends } from "./retry-given-up-sends.ts"
import {
  abandonedSends,
  type Claim,
  claimSends,
  dueConnections,
  outboxTopic,
  releaseSends,
  settleReported,
} from "./send-store.ts"
import { loadOutgoingMessages } from "./load-outgoing-messages.ts"
import { createSettler } from "./batch-settle-sends.ts"

// Longer than any call may take: a claim that is older belongs to a server that died.
export const leaseSeconds = 60
const sweepEveryMs = 1_000
// Of one connection: one whose other side hangs takes nobody else's turn.
const atOnce = 40
const lookAgainMs = 250

type Parts = { kit: Kit; log: Log }

export type Outbox = {
  /** Claims what is due and starts to send it; true when there may be more. */
  step: () => Promise<boolean>
  /** Waits until every send that was started is settled. */
  idle: () => Promise<void>
  /** Did the last step find something that may not go yet, for its pace? */
  isHeldBack: () => boolean
}

/** One server's share of the sending. Any number of them work on one database. */
export function createOutbox(parts: Parts): Outbox {
  const running = new Map<string, Set<Promise<void>>>()
  let isHeldBack = false
  const store = createSettler(parts.kit)
  let sweptAt = 0
  const idle = async () => void (await Promise.all([...running.values()].flatMap((sends) => [...sends])))
  const step = async () => {
    const { kit } = parts
    if (Math.abs(kit.now().getTime() - sweptAt) >= sweepEveryMs) {
      sweptAt = kit.now().getTime()
      await sweep(kit)
    }
    let claimed = 0
    isHeldBack = false
    for (const id of await dueConnections(kit.db, kit.now())) {
      const connection = await connectionById(kit.db.kysely, id)
      const underWay = running.get(id) ?? new Set()
      running.set(id, underWay)
      if (!connection || underWay.size >= atOnce) continue
      const claims = await claim(kit, connection, atOnce - underWay.size)
      claimed += claims.length
      // The pace allows no send now: nothing will wake us when it does.
      isHeldBack ||= claims.length === 0
      for (const work of await prepare(parts, connection, claims)) {
        const sending = sendOne(parts, store, work).finally(() => underWay.delete(sending))
        underWay.add(sending)
      }
    }
    return claimed > 0
  }
  return { step, idle, isHeldBack: () => isHeldBack }
}

/** Runs an outbox until it is stopped; then the sends under way are settled first. */
export function startOutbox(parts: Parts): PollingLoop {
  const outbox = createOutbox(parts)
  const step = async () => {
    const more = await outbox.step()
    if (!more && outbox.isHeldBack()) setTimeout(() => parts.kit.db.wakes.wake(outboxTopic), lookAgainMs).unref()
    return more
  }
  const loop = startPollingLoop(parts.kit.db, parts.log, {
    name: "outbox",
    step,
    topics: [outboxTopic, connectionsTopic],
  })
  return {
    stop: async () => {
      await loop.stop()
      await outbox.idle()
    },
  }
}

const acting = (kit: Kit) => ({ actor: system, now: kit.now() })

function claim(kit: Kit, connection: ConnectionRow, most: number): Promise<Claim[]> {
  const pace = channels[connection.kind]?.sendRate
  // Not inTransaction: a claim is no event for readers of the log.
  return transact(kit.db, (tx) => claimSends({ tx, ...acting(kit) }, connection.id, pace, most))
}

/** `open`: with what is sealed for its recipient; fails when the secret does not open it. */
type Work = { claim: Claim; connection: ConnectionRow; open: () => OutgoingMessage }

/** All that the sends need to know, in two looks for all of them. */
async function prepare({ kit }: Parts, connection: ConnectionRow, claims: Claim[]): Promise<Work[]> {
  if (claims.length === 0) return []
  const ids = claims.map((one) => one.messageId)
  const messages = await loadOutgoingMessages(kit, connection.kind, ids)
  return claims.flatMap((claim) => {
    const message = messages.get(claim.messageId)
    const open = () => ({ ...message!(), template: templateOf(kit, claim) })
    return message ? [{ claim, connection, open }] : []
  })
}

const templateOf = ({ secrets }: Kit, { template, sealedTemplate }: Claim): FilledTemplate | null =>
  sealedTemplate === null ? template : (JSON.parse(secrets.open(sealedTemplate)) as FilledTemplate)

type Store = ReturnType<typeof createSettler>

async function sendOne(parts: Parts, store: Store, work: Work): Promise<void> {
  try {
    await store(work.claim, await attempt(parts, work))
  } catch (error) {
    // The claim stays as it is and runs out: whether the message left is for the sweep to judge.
    parts.log.warn({ err: error, messageId: work.claim.messageId }, "a send was not settled")
  }
}

async function attempt({ kit, log }: Parts, { claim, connection, open }: Work): Promise<SendOutcome> {
  const channel = channels[connection.kind]
  if (!channel || connection.deletedAt) return { state: "rejected", why: "connection_gone" }
  try {
    return await channel.send(decryptAccount(kit, connection), open())
  } catch (error) {
    // Channels answer with outcomes; what is thrown was thrown before anything left.
    log.warn({ err: error, messageId: claim.messageId }, "a message could not be prepared")
    return { state: "retry", why: "temporary", class: "transient" }
  }
}

const repeatableKinds = Object.entries(channels).flatMap(([kind, channel]) => (channel.repeatable ? [kind] : []))

/** Settles what dead servers left claimed, and what reports have decided meanwhile. */
async function sweep(kit: Kit): Promise<void> {
  await settleReported(kit.db)
  const now = kit.now()
  await transact(kit.db, async (tx) => {
    const act = { tx, actor: system, now }
    const left = await abandonedSends(act, new Date(now.getTime() - leaseSeconds * 1_000), repeatableKinds)
    const ids = (isRepeatable: boolean) =>
      left.filter((it) => it.isRepeatable === isRepeatable).map((it) => it.messageId)
    await releaseSends(act, ids(true), "queued")
    await releaseSends(act, ids(false), "unknown")
    for (const id of ids(false)) await setDelivery(act, id, "unknown", "timeout")
    await retryFailedSends(act)
  })
}
