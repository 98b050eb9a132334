// Sends what is queued. A try is claimed before and settled after the call, in transactions of their own: what happens in
// between, a crash included, is known to have been tried. No call is made while a transaction is open.
import { buffer } from "node:stream/consumers"
import { inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/answer.ts"
import type { Log } from "#kernel/log.ts"
import { type Loop, startLoop } from "#kernel/loop.ts"
import {
  channels,
  connectionById,
  type ConnectionRow,
  type Outcome,
  type OutgoingFile,
  senderOf,
} from "#connections/index.ts"
import { addressesOf } from "#contacts/index.ts"
import { filesOf, type MessageToSend, messagesToSend, setDelivery } from "#messages/index.ts"
import { abandonedSends, type Claim, claimSends, dueConnections, releaseSends, settleReported } from "./sends.ts"
import { settle } from "./settle.ts"

// Longer than any call may take: a claim that is older belongs to a server that died.
const leaseMs = 60_000
const sweepEveryMs = 1_000
// Of one connection: one whose other side hangs takes nobody else's turn.
const atOnce = 40

type Parts = { kit: Kit; log: Log }

export type Outbox = {
  /** Claims what is due and starts to send it; true when there may be more. */
  step: () => Promise<boolean>
  /** Waits until every send that was started is settled. */
  idle: () => Promise<void>
}

/** One server's share of the sending. Any number of them work on one database. */
export function createOutbox(parts: Parts): Outbox {
  const running = new Map<string, Set<Promise<void>>>()
  let sweptAt = 0
  const idle = async () => void (await Promise.all([...running.values()].flatMap((sends) => [...sends])))
  const step = async () => {
    const { kit } = parts
    if (kit.now().getTime() - sweptAt >= sweepEveryMs) {
      sweptAt = kit.now().getTime()
      await sweep(kit)
    }
    let claimed = 0
    for (const id of await dueConnections(kit.db, kit.now())) {
      const connection = await connectionById(kit.db.kysely, id)
      const underWay = running.get(id) ?? new Set()
      running.set(id, underWay)
      if (!connection || underWay.size >= atOnce) continue
      const claims = await claim(kit, connection, atOnce - underWay.size)
      claimed += claims.length
      for (const work of await prepare(parts, connection, claims)) {
        const sending = sendOne(parts, work).finally(() => underWay.delete(sending))
        underWay.add(sending)
      }
    }
    return claimed > 0
  }
  return { step, idle }
}

/** Runs an outbox until it is stopped; then the sends under way are settled first. */
export function startOutbox(parts: Parts): Loop {
  const outbox = createOutbox(parts)
  const loop = startLoop(parts.kit.db, parts.log, { name: "outbox", step: outbox.step })
  return {
    stop: async () => {
      await loop.stop()
      await outbox.idle()
    },
  }
}

const acting = (kit: Kit) => ({ actor: system, now: kit.now() })

function claim(kit: Kit, connection: ConnectionRow, most: number): Promise<Claim[]> {
  const pace = channels[connection.kind]?.pace
  // Not inTransaction: a claim is nothing that readers of the log would want to hear of.
  return kit.db.kysely.transaction().execute((tx) => claimSends({ tx, ...acting(kit) }, connection.id, pace, most))
}

type Work = { claim: Claim; connection: ConnectionRow; message: MessageToSend }

async function prepare({ kit }: Parts, connection: ConnectionRow, claims: Claim[]): Promise<Work[]> {
  if (claims.length === 0) return []
  const messages = await messagesToSend(
    kit.db,
    claims.map((one) => one.messageId),
  )
  return claims.flatMap((one) => {
    const message = messages.get(one.messageId)
    return message ? [{ claim: one, connection, message }] : []
  })
}

async function sendOne(parts: Parts, work: Work): Promise<void> {
  const { kit, log } = parts
  try {
    const outcome = await attempt(parts, work)
    await inTransaction(kit.db, acting(kit), (act) => settle(act, work.claim, outcome))
  } catch (error) {
    // The claim stays as it is and runs out: whether the message left is for the sweep to judge.
    log.warn({ err: error, messageId: work.claim.messageId }, "a send was not settled")
  }
}

async function attempt({ kit, log }: Parts, { claim, connection, message }: Work): Promise<Outcome> {
  const channel = channels[connection.kind]
  if (!channel || connection.deletedAt) return { state: "rejected", why: "connection_gone" }
  try {
    const kept = await filesOf(kit.db, claim.messageId)
    const files = kept.map((file): OutgoingFile => {
      return {
        id: file.id,
        name: file.fileName,
        mimeType: file.mimeType,
        read: () => buffer(kit.storage.read(file.sha256)),
      }
    })
    const to = message.contactId === null ? [] : await addressesOf(kit.db, message.contactId)
    return await channel.send(senderOf(kit, connection), { ...message, to, files, template: claim.template })
  } catch (error) {
    // Channels answer with outcomes; what is thrown was thrown before anything left.
    log.warn({ err: error, messageId: claim.messageId }, "a message could not be prepared")
    return { state: "retry", why: "temporary", class: "transient" }
  }
}

const repeatableKinds = Object.entries(channels).flatMap(([kind, channel]) => (channel.repeatable ? [kind] : []))

/** Judges what dead servers left behind, and tidies what reports have told meanwhile. */
async function sweep(kit: Kit): Promise<void> {
  await settleReported(kit.db)
  const now = kit.now()
  await kit.db.kysely.transaction().execute(async (tx) => {
    const act = { tx, actor: system, now }
    const left = await abandonedSends(act, new Date(now.getTime() - leaseMs), repeatableKinds)
    const ids = (isRepeatable: boolean) =>
      left.filter((it) => it.isRepeatable === isRepeatable).map((it) => it.messageId)
    await releaseSends(act, ids(true), "queued")
    await releaseSends(act, ids(false), "unknown")
    for (const id of ids(false)) await setDelivery(act, id, "unknown", "timeout")
  })
}
