// Stored webhooks become messages. Any number of servers do so at once; each takes what nobody else has in hand.
import type { Timer } from "#timers/index.ts"
import type { Kit } from "#kernel/http/request-transaction.ts"
import { isMachineFault, Refusal } from "#kernel/errors.ts"
import type { Log } from "#kernel/log.ts"
import { startPollingLoop } from "#kernel/jobs/polling-loop.ts"
import { webhookElements } from "#kernel/metrics.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import { type ChannelAccount, channels } from "#channels/index.ts"
import { connectionsTopic, receivingAccounts } from "#connections/index.ts"
import { type InboundMessage, type IntakeRules, readRules, receiveBatch } from "#intake/index.ts"
import { type Report, applyReports } from "#messages/index.ts"
import {
  claimDeliveries,
  type Delivery,
  finishDeliveries,
  holdUntilEnabled,
  postponeDelivery,
  releaseHeldDeliveries,
  saveFailedElements,
  type FailedElement,
} from "./delivery-store.ts"
import { groupBySender } from "./group-by-sender.ts"
import { receiveElement, type ElementRequest, toRequest } from "./receive-element.ts"

const atOnce = 200
// One batch uses one core of the database; while there is a backlog, the next are read and prepared meanwhile.
const batchesAtOnce = 3
const everyMs = 10
const inParallel = 6
const mostTries = 5

/** A delivery taken apart. What cannot even be read is `broken`, and the reason why. */
type DeliveryElement = {
  ordinal: number
  element: object | string
  wanted: ElementRequest | null
  broken: string | null
}
type ParsedDelivery = Delivery & { pieces: DeliveryElement[] }

/** The next that is stored, and those that were held until their connection was switched on. */
export const deliveriesTimer: Timer = {
  topic: "deliveries",
  dueSql: `select least((select min(next_at) from webhook_deliveries where state = 'stored'),
    (select now() from connections c where c.enabled and c.deleted_at is null
      and exists (select from webhook_deliveries d where d.connection_id = c.id and d.state = 'held') limit 1))`,
}

export function startDeliveryProcessing(kit: Kit, log: Log) {
  let busy = false
  const step = async () => {
    const taken = await Promise.all(Array.from({ length: busy ? batchesAtOnce : 1 }, () => processDeliveries(kit)))
    busy = taken.some((count) => count === atOnce)
    return busy || (taken.every((count) => count === 0) && (await releaseHeldDeliveries(kit)) > 0)
  }
  return startPollingLoop(kit.db, log, { name: "deliveries", step, everyMs, topics: ["deliveries", connectionsTopic] })
}

/** Takes in the next stored deliveries; how many it had in hand. */
export async function processDeliveries(kit: Kit): Promise<number> {
  const now = kit.now()
  const rest = await claimDeliveries(kit, { atOnce, now }, async (deliveries, run) => {
    const accounts = await receivingAccounts(kit)
    const opened = deliveries.map((delivery) => open(delivery, accounts, now))
    const settled = await receivePlainElements(opened, now, run, await readRules(kit.db))
    return { all: opened, done: opened.filter((one) => one.pieces.every((piece) => settled.has(piece))) }
  })
  const done: number[] = []
  await inOrderPerPerson(rest.left, async (delivery) => {
    if (await takeOne(kit, delivery)) done.push(delivery.id)
  })
  // Should we die before this, they come again, and all that they hold is known.
  await finishDeliveries(kit, done)
  return rest.count
}

/** How far the positions of two deliveries lie apart at least: the increment of the sequence `message_positions`. */
export const placesOfDelivery = 262_144

function open(delivery: Delivery, accounts: ChannelAccount[], now: Date): ParsedDelivery {
  const account = accounts.find((one) => one.id === delivery.connectionId)
  const elements = elementsIn(delivery.body, account)
  if (elements.length > placesOfDelivery) {
    const broken = `more than ${placesOfDelivery} elements`
    return { ...delivery, pieces: [{ ordinal: 0, element: delivery.body, wanted: null, broken }] }
  }
  const pieces = elements.map((element, ordinal): DeliveryElement => {
    if (typeof element === "string" || !account) return { ordinal, element, wanted: null, broken: "not an envelope" }
    try {
      return {
        ordinal,
        element,
        wanted: toRequest(element, account, accounts, { now, position: delivery.position + ordinal }),
        broken: null,
      }
    } catch (error) {
      return { ordinal, element, wanted: null, broken: reasonOf(error) }
    }
  })
  return { ...delivery, pieces }
}

function elementsIn(body: string, account: ChannelAccount | undefined): (object | string)[] {
  try {
    return account ? channels[account.kind]!.receive!.split(body) : [body]
  } catch {
    return [body]
  }
}

/** The everyday messages and reports of all deliveries, in a few statements: one commit for all of them. */
async function receivePlainElements(
  opened: ParsedDelivery[],
  now: Date,
  run: RunStatement,
  rules: IntakeRules,
): Promise<Set<DeliveryElement>> {
  const pieces = opened.flatMap((one) => one.pieces)
  const inbounds = new Map<InboundMessage, DeliveryElement>()
  const reports = new Map<Report, DeliveryElement>()
  const settled = new Set<DeliveryElement>()
  for (const piece of pieces) {
    const { wanted } = piece
    if (wanted?.type === "ignored") settled.add(counted(piece, wanted.because))
    if (wanted?.type === "message") inbounds.set(wanted.inbound, piece)
    if (wanted?.type === "report") reports.set(wanted.report, piece)
  }
  const taken = await receiveBatch(run, [...inbounds.keys()], { now, rules })
  const told = await applyReports(run, [...reports.keys()], now)
  for (const inbound of taken) settled.add(counted(inbounds.get(inbound)!, "taken"))
  for (const report of told) settled.add(counted(reports.get(report)!, "taken"))
  return settled
}

function counted(piece: DeliveryElement, outcome: string): DeliveryElement {
  webhookElements.inc({ outcome })
  return piece
}

/** Several at once, but what one person sent one after the other. */
async function inOrderPerPerson(deliveries: ParsedDelivery[], take: (delivery: ParsedDelivery) => Promise<void>) {
  const groups = groupBySender(deliveries, namesIn)
  const worker = async () => {
    for (let group = groups.shift(); group; group = groups.shift()) {
      for (const delivery of group) await take(delivery)
    }
  }
  await Promise.all(Array.from({ length: inParallel }, worker))
}

/** Whom it is from: the group and the person, by all their addresses. */
function namesIn({ id, pieces }: ParsedDelivery): string[] {
  const names = pieces.flatMap(({ wanted }) => {
    if (wanted?.type !== "message") return []
    const { group, person } = wanted.inbound
    return [...(group ? [group.identity] : []), person.identity, ...(person.also ?? [])].map((one) => one.value)
  })
  return names.length > 0 ? names : [String(id)]
}

/**
 * Element by element; true when all are in. One that fails never keeps the others back: it is tried again, and in the end
 * set aside.
 */
async function takeOne(kit: Kit, delivery: ParsedDelivery): Promise<boolean> {
  const failed: FailedElement[] = []
  let early = 0
  for (const piece of delivery.pieces) {
    if (!piece.wanted) {
      failed.push({ ordinal: piece.ordinal, element: piece.element, reason: piece.broken ?? "not readable" })
      continue
    }
    try {
      const outcome = await receiveElement(kit, piece.wanted)
      if (outcome === "early") early++
      else counted(piece, outcome)
    } catch (error) {
      if (isMachineFault(error)) throw error
      if (error instanceof Refusal && error.code === "connection_disabled") {
        await holdUntilEnabled(kit, delivery.id)
        return false
      }
      failed.push({ ordinal: piece.ordinal, element: piece.element, reason: reasonOf(error) })
    }
  }
  const tries = delivery.tries + 1
  if (failed.length + early > 0 && tries < mostTries) {
    await postponeDelivery(kit, delivery.id, tries)
    return false
  }
  if (failed.length > 0) await saveFailedElements(kit, delivery, failed, tries)
  return true
}

/** What went wrong, without any of the words that were sent. */
export function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.code
  const { name, message, issues } = error as Error & { issues?: { path: PropertyKey[]; code: string }[] }
  if (issues)
    return issues
      .map((it) => `${it.path.join(".") || "element"}: ${it.code}`)
      .join("; ")
      .slice(0, 300)
  return `${name}: ${message}`.slice(0, 300)
}
