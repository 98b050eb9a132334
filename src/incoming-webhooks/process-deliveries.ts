// Stored webhooks become messages. Any number of servers do so at once; each takes what nobody else has in hand.
import type { Timer } from "#timers/index.ts"
import type { Kit } from "#kernel/kit.ts"
import { isContention, isMachineFault, Refusal } from "#kernel/errors.ts"
import type { Log } from "#kernel/log.ts"
import { type PollingLoop, startPollingLoop } from "#kernel/jobs/polling-loop.ts"
import { webhookElements } from "#kernel/metrics.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import { connectionsTopic, receivingAccounts } from "#connections/index.ts"
import { type InboundMessage, type IntakeSettings, readIntakeSettings, receiveBatch } from "#intake/index.ts"
import { type Report, applyReports } from "#messages/index.ts"
import {
  awaitedConnection,
  claimDeliveries,
  finishDeliveries,
  holdUntilEnabled,
  postponeDelivery,
  releaseHeldDeliveries,
  saveFailedElements,
  type DeliveryOrigin,
  type FailedElement,
} from "./webhook-delivery-store.ts"
import { groupByPerson } from "./group-by-person.ts"
import { followsChange, senderNames } from "./senders-and-order-of-elements.ts"
import { type DeliveryElement, type ParsedDelivery, parseDelivery, reasonOf } from "./parse-delivery.ts"
import { mailOf, receiveMailsInTurns } from "./receive-mails-in-turns.ts"
import { severalAtOnce } from "./several-at-once.ts"
import { receiveElement } from "./process-webhook-element.ts"

const atOnce = 200
// A file may take seconds to be read, and what is claimed has to be done within its lease.
const filesAtOnce = 24
// One batch uses one core of the database; while there is a backlog, the next are read and prepared meanwhile.
const batchesAtOnce = 3
const everyMs = 10
const mostTries = 5

/** The next that is stored, and those that were held until their connection was switched on. */
export const deliveriesTimer: Timer = {
  topic: "deliveries",
  dueSql: `select least((select min(next_at) from webhook_deliveries where state = 'stored'),
    (select now() from connections c where c.enabled and c.deleted_at is null
      and exists (select from webhook_deliveries d where ${awaitedConnection} = c.id and d.state = 'held') limit 1))`,
}

/** Files that were fetched go by a loop of their own: nobody who writes by a webhook waits until a mail is read. */
export function startDeliveryProcessing(kit: Kit, log: Log): PollingLoop {
  let busy = false
  const processPosted = async () => {
    const process = () => processDeliveries(kit, "posted")
    const counts = await Promise.all(Array.from({ length: busy ? batchesAtOnce : 1 }, process))
    busy = counts.some((count) => count === atOnce)
    return busy || (counts.every((count) => count === 0) && (await releaseHeldDeliveries(kit)) > 0)
  }
  const processFetched = async () => (await processDeliveries(kit, "fetched")) > 0
  const topics = ["deliveries", connectionsTopic]
  const loops = [
    startPollingLoop(kit.db, log, { name: "deliveries", step: processPosted, everyMs, topics }),
    startPollingLoop(kit.db, log, { name: "fetched-deliveries", step: processFetched, everyMs, topics }),
  ]
  return { stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))) }
}

/** Processes the next stored deliveries; how many it claimed. */
export async function processDeliveries(kit: Kit, origin: DeliveryOrigin = "any"): Promise<number> {
  const now = kit.now()
  const most = origin === "fetched" ? filesAtOnce : atOnce
  const rest = await claimDeliveries(kit, { atOnce: most, now, origin }, async (deliveries, run) => {
    const accounts = await receivingAccounts(kit)
    const all = deliveries.map((delivery) => parseDelivery(kit, delivery, accounts, now))
    const received = await receivePlainElements(all, now, run, await readIntakeSettings(kit.db))
    return { all, done: all.filter(({ elements }) => elements.every((element) => received.has(element))) }
  })
  const done: number[] = []
  await loadElements(rest.left)
  const { mails = [], others = [] } = Object.groupBy(rest.left, (one) => (mailOf(one) ? "mails" : "others"))
  const receive = async (delivery: ParsedDelivery) => {
    if (await receiveOneByOne(kit, delivery)) done.push(delivery.id)
  }
  await inOrderPerSender(others, receive)
  const settle = ({ id, elements }: ParsedDelivery) => {
    for (const element of elements) counted(element, "taken")
    done.push(id)
  }
  await receiveMailsInTurns(kit, mails, { settle, receive })
  // Should we die before this, they come again, and all that they hold is known.
  await finishDeliveries(kit, done)
  return rest.count
}

/** The everyday messages and reports of all deliveries, in a few statements: one commit for all of them. */
async function receivePlainElements(
  deliveries: ParsedDelivery[],
  now: Date,
  run: RunStatement,
  rules: IntakeSettings,
): Promise<Set<DeliveryElement>> {
  const inbounds = new Map<InboundMessage, DeliveryElement>()
  const reports = new Map<Report, DeliveryElement>()
  const received = new Set<DeliveryElement>()
  const mustWait = followsChange()
  for (const element of deliveries.flatMap(({ elements }) => elements)) {
    const { request } = element
    if (request?.type === "ignored") received.add(counted(element, request.because))
    if (!mustWait(element) && request?.type === "message") inbounds.set(request.inbound, element)
    if (request?.type === "report") reports.set(request.report, element)
  }
  for (const inbound of await receiveBatch(run, [...inbounds.keys()], { now, rules }))
    received.add(counted(inbounds.get(inbound)!, "taken"))
  for (const report of await applyReports(run, [...reports.keys()], now))
    received.add(counted(reports.get(report)!, "taken"))
  return received
}

function counted(element: DeliveryElement, outcome: string): DeliveryElement {
  webhookElements.inc({ outcome })
  return element
}

/** Whose a file is shows once it was read. One that cannot be read says so when its turn comes. */
async function loadElements(deliveries: readonly ParsedDelivery[]): Promise<void> {
  const elements = deliveries.flatMap((delivery) => delivery.elements)
  await severalAtOnce(elements, async (element) => {
    if (!element.load || element.request) return
    const loading = element.load()
    element.load = () => loading
    element.request = await loading.catch(() => null)
  })
}

/** Several at once, but what one person sent one after the other. */
const inOrderPerSender = (deliveries: ParsedDelivery[], receive: (delivery: ParsedDelivery) => Promise<void>) =>
  severalAtOnce(groupByPerson(deliveries, senderNames), async (group) => {
    for (const delivery of group) await receive(delivery)
  })

const isTransient = (error: unknown) =>
  isContention(error) || (error instanceof Refusal && error.kind === "unavailable")

const isSwitchedOff = (error: unknown) => error instanceof Refusal && error.code === "connection_disabled"

/**
 * Element by element; true when all are in. One that fails never keeps the others back: it is tried again, and in the end
 * quarantined. Nor does one for a connection that is switched off: the delivery waits for that connection.
 * That others hold what it needs says nothing of an element: it is tried until it is through.
 */
async function receiveOneByOne(kit: Kit, delivery: ParsedDelivery): Promise<boolean> {
  const failed: { parsed: DeliveryElement; reason: string }[] = []
  let early = 0
  let isBusy = false
  let heldFor: string | null = null
  for (const parsed of delivery.elements) {
    let { request } = parsed
    try {
      request ??= (await parsed.load?.()) ?? null
      if (!request) {
        failed.push({ parsed, reason: parsed.reason ?? "not readable" })
        continue
      }
      // The address that it changed before may be somebody else's by now.
      if (delivery.heldFor !== null && !["message", "report", "bounce"].includes(request.type)) continue
      const outcome = await receiveElement(kit, request)
      if (outcome === "early") early++
      else counted(parsed, outcome)
    } catch (error) {
      if (isMachineFault(error)) throw error
      if (isTransient(error)) isBusy = true
      else if (isSwitchedOff(error) && request?.type === "message") heldFor ??= request.inbound.connectionId
      else failed.push({ parsed, reason: reasonOf(error) })
    }
  }
  const tries = delivery.tries + 1
  if (isBusy || (failed.length + early > 0 && tries < mostTries)) {
    await postponeDelivery(kit, delivery.id, Math.min(tries, mostTries - 1))
    return false
  }
  if (failed.length > 0) await saveFailedElements(kit, delivery, await Promise.all(failed.map(summarized)), tries)
  if (heldFor !== null) await holdUntilEnabled(kit, delivery.id, heldFor)
  return heldFor === null
}

/** Without a summary where its file cannot be read just now: it is kept all the same. */
async function summarized({ parsed, reason }: { parsed: DeliveryElement; reason: string }): Promise<FailedElement> {
  const { ordinal, element } = parsed
  const summary = (await parsed.summarize?.().catch(() => null)) ?? null
  return { ordinal, element, reason, summary }
}
