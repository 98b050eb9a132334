// Sends what campaigns have planned. Each shipment is one transaction that locks its row and writes ticket, message and
// send: it happens once, whichever server does it and whatever dies meanwhile.
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/answer.ts"
import { isUnreachable, Refusal, uniqueViolation } from "#kernel/errors.ts"
import type { Log } from "#kernel/log.ts"
import { type Loop, startLoop } from "#kernel/loop.ts"
import { connectionById, fillTemplate } from "#connections/index.ts"
import { contactOf, identityOf } from "#contacts/index.ts"
import { record } from "#events/index.ts"
import { deliberate } from "#intake/index.ts"
import { holdForSending } from "#messages/index.ts"
import { queueSend, refuseUndeliverable } from "#replies/index.ts"
import type { Campaign } from "./contract.ts"
import { valuesFor } from "./recipients.ts"
import {
  campaignsAtWork,
  claimCampaign,
  nextShipment,
  refuseShipment,
  saveQueued,
  someAreDue,
  startScheduled,
  type Waiting,
} from "./ship-store.ts"
import { saveCampaign } from "./store.ts"

const atOnce = 50

export function startCampaigns(kit: Kit, log: Log): Loop {
  return startLoop(kit.db, log, { name: "campaigns", step: () => runCampaigns(kit, log) })
}

/** One round over all campaigns at work; true when there is more to send at once. */
export async function runCampaigns(kit: Kit, log: Log): Promise<boolean> {
  if (await someAreDue(kit.db, kit.now())) await startDue(kit)
  let sent = 0
  for (const id of await campaignsAtWork(kit.db, kit.now())) {
    for (let i = 0; i < atOnce && (await shipNext(kit, log, id)); i++) sent++
  }
  return sent > 0
}

// Not in every round: the end of a transaction wakes every loop, this one too.
function startDue(kit: Kit): Promise<void> {
  return inTransaction(kit.db, acting(kit), async (act) => {
    for (const id of await startScheduled(act))
      await record(act, "campaign.changed", { subjectId: id, data: { change: "running" } })
  })
}

const acting = (kit: Kit) => ({ actor: system, now: kit.now() })

/** Ships to one recipient. False when nobody is left, it is too early, or another server is at it. */
async function shipNext(kit: Kit, log: Log, campaignId: string): Promise<boolean> {
  const looked: { shipment: Waiting | null } = { shipment: null }
  try {
    return await inTransaction(kit.db, acting(kit), async (act) => {
      const campaign = await claimCampaign(act, campaignId)
      if (!campaign) return false
      looked.shipment = (await nextShipment(act, campaignId)) ?? null
      if (!looked.shipment) return finish(act, campaignId)
      await ship(act, campaign, looked.shipment)
      await keepPace(act, campaign)
      return true
    })
  } catch (error) {
    // A lost race or a database that went away says nothing about the shipment: the next round tries it again.
    if (!looked.shipment || uniqueViolation(error) !== null || isUnreachable(error)) throw error
    if (!(error instanceof Refusal)) log.warn({ err: error, shipmentId: looked.shipment.id }, "a shipment failed")
    const { id } = looked.shipment
    await inTransaction(kit.db, acting(kit), (act) => refuseShipment(act, id, reasonOf(error)))
    return true
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Refusal)) return "internal"
  const reason = error.extra.more?.["reason"]
  return typeof reason === "string" ? reason : error.code
}

async function ship(act: Act, campaign: Campaign, shipment: Waiting): Promise<void> {
  const { connectionId, template } = campaign
  const identity = identityOf(shipment.recipient, { kind: "phone", scope: "" })
  if (!identity || !template) throw new Refusal("invalid", "invalid")
  const parameters = valuesFor(template.parameters, shipment)
  const filled = await fillTemplate(act.tx, connectionId, { ...template, parameters })
  const contactId = await contactOf(act, identity)
  const thread = { id: "", threadKey: `${connectionId}:${contactId}` }
  const connection = await connectionById(act.tx, connectionId)
  await refuseUndeliverable(act, thread, connection, { content: filled.text, files: 0, template: filled })
  const { ticket, message } = await deliberate(act, {
    connectionId,
    externalId: shipment.id,
    kind: "message",
    direction: "out",
    person: { identity, name: shipment.name },
    group: null,
    text: filled.text,
    sentAt: null,
    replyTo: null,
    categoryIds: null,
    campaignShipmentId: shipment.id,
    assigneeId: null,
    bot: false,
  })
  if (!ticket || !message) throw new Refusal("conflict", "transition")
  await holdForSending(act, message.id)
  const sentTo = { id: ticket.id, contactId: ticket.contact?.id ?? null }
  await queueSend(act, { messageId: message.id, connectionId, ticket: sentTo, template: filled })
  await saveQueued(act, shipment.id, { ticketId: ticket.id, messageId: message.id, contactId: sentTo.contactId })
}

// Time that was lost is made up for, but not more than two seconds of it.
const slackMs = 2_000

async function keepPace(act: Act, { id, pacePerMinute, nextAt }: Campaign & { nextAt: Date | null }) {
  if (pacePerMinute === null) return
  const from = Math.max(nextAt?.getTime() ?? 0, act.now.getTime() - slackMs)
  await saveCampaign(act, id, { nextAt: new Date(from + 60_000 / pacePerMinute) })
}

async function finish(act: Act, id: string): Promise<false> {
  await saveCampaign(act, id, { status: "done", finishedAt: act.now })
  await record(act, "campaign.changed", { subjectId: id, data: { change: "done" } })
  return false
}
