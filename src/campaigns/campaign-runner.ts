// Sends what campaigns have planned. A shipment's row is locked in the transaction that writes its ticket, message and
// send: it happens once, whichever server does it and whatever dies meanwhile. Most go together; who needs a look of
// their own goes alone.
import type { Timer } from "#timers/index.ts"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { runIn } from "#kernel/db.ts"
import { isContention, isMachineFault, Refusal, uniqueViolation } from "#kernel/errors.ts"
import type { Log } from "#kernel/log.ts"
import { type PollingLoop, startPollingLoop } from "#kernel/jobs/polling-loop.ts"
import { connectionById, connectionsTopic, fillTemplate } from "#connections/index.ts"
import { identityOf, storedIdentity } from "#contacts/index.ts"
import { record } from "#event-log/index.ts"
import { receiveInTransaction } from "#intake/index.ts"
import { copyFileStatement } from "#files/index.ts"
import { lockForSending } from "#messages/index.ts"
import { queueSend } from "#outbox/index.ts"
import { refuseBlocked, refuseUndeliverable } from "#replies/index.ts"
import type { Campaign } from "./api-contract.ts"
import { nextSendAt } from "./sending-pace.ts"
import { valuesFor } from "./check-recipient-list.ts"
import {
  refuseShipment,
  saveQueued,
  anyAlreadyReceived,
  type WaitingRecipient,
  waitingShipment,
} from "./recipient-store.ts"
import {
  type ClaimedRecipient,
  runningCampaigns,
  claimCampaign,
  saveNextAtStatement,
  hasDueCampaigns,
  startScheduledCampaigns,
} from "./running-campaign-store.ts"
import { announcement, sendBatch } from "./send-batch.ts"

/** The next that is to start, and the next shipment of those at work whose connection can send. */
export const campaignsTimer: Timer = {
  topic: "campaigns",
  dueSql: `select least((select min(scheduled_at) from campaigns where status = 'scheduled'),
    (select min(coalesce(c.next_at, now())) from campaigns c join connections n on n.id = c.connection_id
      where c.status = 'running' and n.enabled and n.deleted_at is null and coalesce(n.health -> 'breaker', 'null') = 'null'))`,
}

export function startCampaigns(kit: Kit, log: Log): PollingLoop {
  return startPollingLoop(kit.db, log, {
    name: "campaigns",
    step: () => runCampaigns(kit, log),
    topics: ["campaigns", "sent", connectionsTopic],
  })
}

/** One round over all campaigns at work; true when there is more to send at once. */
export async function runCampaigns(kit: Kit, log: Log): Promise<boolean> {
  if (await hasDueCampaigns(kit.db, kit.now())) await startDue(kit)
  let taken = 0
  const campaigns = await runningCampaigns(kit.db, kit.now())
  for (const atWork of campaigns) {
    const shipped = await sendBatch(kit, atWork)
    for (const id of shipped.left) if (!(await shipOne(kit, log, atWork.id, id))) break
    taken += shipped.taken
  }
  if (campaigns.length > 0) for (const topic of ["log", "outbox"]) kit.db.wakes.wake(topic)
  return taken > 0
}

// Not in every round: the end of a transaction wakes every loop, this one too.
function startDue(kit: Kit): Promise<void> {
  return inTransaction(kit.db, acting(kit), async (act) => {
    for (const id of await startScheduledCampaigns(act))
      await record(act, "campaign.changed", { subjectId: id, data: { change: "running" } })
  })
}

const acting = (kit: Kit) => ({ actor: system, now: kit.now() })

/** Ships to one recipient. False when the campaign may not go on now: too early, stopped, or another server is at it. */
async function shipOne(kit: Kit, log: Log, campaignId: string, id: string): Promise<boolean> {
  try {
    return await inTransaction(kit.db, acting(kit), async (act) => {
      const campaign = await claimCampaign(act, campaignId)
      const shipment = campaign && (await waitingShipment(act, id))
      if (!campaign || !shipment) return campaign !== undefined
      await ship(act, campaign, shipment)
      await saveProgress(act, campaign, 1)
      return true
    })
  } catch (error) {
    // A lost race, or a database that went away or made it wait, says nothing about the shipment: the next round tries it again.
    if (uniqueViolation(error) !== null || isMachineFault(error) || isContention(error)) throw error
    if (!(error instanceof Refusal)) log.warn({ err: error, shipmentId: id }, "a shipment failed")
    await inTransaction(kit.db, acting(kit), (act) => refuse(act, campaignId, id, reasonOf(error)))
    return true
  }
}

async function refuse(act: Act, campaignId: string, id: string, reason: string): Promise<void> {
  const campaign = await claimCampaign(act, campaignId)
  if (campaign) await saveProgress(act, campaign, 0)
  await refuseShipment(act, id, reason)
}

/** A campaign that goes on is not overdue. */
const saveProgress = (act: Act, campaign: ClaimedRecipient, sent: number) =>
  runIn(act.tx, saveNextAtStatement(campaign.id, nextSendAt(campaign, sent, act.now)))

function reasonOf(error: unknown): string {
  if (!(error instanceof Refusal)) return "internal"
  const reason = error.extra.more?.["reason"]
  return typeof reason === "string" ? reason : error.code
}

async function ship(act: Act, campaign: Campaign, shipment: WaitingRecipient): Promise<void> {
  const { connectionId, template } = campaign
  const identity = identityOf(shipment.recipient, { kind: "phone", scope: "" })
  if (!identity || !template) throw new Refusal("invalid", "invalid")
  const parameters = valuesFor(template.parameters, shipment)
  const filled = await fillTemplate(act.tx, connectionId, { ...template, parameters })
  const known = await storedIdentity(act, identity)
  await refuseBlocked(act.tx, known?.contactId ?? null)
  if (known && (await anyAlreadyReceived(act, campaign.id, known.contactId)))
    throw new Refusal("conflict", "undeliverable", undefined, { more: { reason: "same_person" } })
  const line = { connectionId, identityId: known?.id ?? null }
  const connection = await connectionById(act.tx, connectionId)
  const files = template.attachmentId ? 1 : 0
  await refuseUndeliverable(act, line, connection, { content: filled.text, files, template: filled })
  const person = { identity, name: shipment.name }
  const { ticket, message } = await receiveInTransaction(
    act,
    announcement(connectionId, shipment.id, person, filled.text),
  )
  if (!ticket || !message) throw new Refusal("conflict", "transition")
  await lockForSending(act, message.id)
  if (template.attachmentId) await runIn(act.tx, copyFileStatement(template.attachmentId, [message.id], act.now))
  const recipient = (await storedIdentity(act, identity))?.id ?? ticket.id
  await queueSend(act, { messageId: message.id, connectionId, recipient, template: filled })
  await saveQueued(act, shipment.id, {
    ticketId: ticket.id,
    messageId: message.id,
    contactId: ticket.contact?.id ?? null,
  })
}
