// Ships to many in one transaction: tickets, messages and sends of all of them become true together, once.
import { system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { Refusal } from "#kernel/errors.ts"
import { inPipeline, type RunStatement } from "#kernel/database/pipeline.ts"
import {
  type ConnectionRow,
  connectionById,
  type FilledTemplateParts,
  fillTemplateParts,
  templateToSend,
} from "#connections/index.ts"
import { identityOf } from "#contacts/index.ts"
import { recordBatchStatement } from "#event-log/index.ts"
import { createCampaignTickets, type InboundMessage, readIntakeSettings, plainMessage } from "#intake/index.ts"
import { copyFileStatement } from "#files/index.ts"
import { blockedAddresses } from "#replies/index.ts"
import { queueSendsStatement } from "#outbox/index.ts"
import { sendsAllowedNow, nextSendAt } from "./sending-pace.ts"
import { valuesFor } from "./check-recipient-list.ts"
import {
  alreadyReceivedStatement,
  nextStatement,
  saveQueuedStatement,
  type WaitingRecipient,
} from "./recipient-store.ts"
import {
  type RunningCampaign,
  type ClaimedRecipient,
  claimStatement,
  finishStatement,
  saveNextAtStatement,
} from "./running-campaign-store.ts"

const atOnce = 80

/** `left`: shipments that need a look each. Of `taken` the others are on their way. */
export type SentBatch = { taken: number; left: string[] }

const nothing: SentBatch = { taken: 0, left: [] }

/** Ships to the next recipients of a campaign. When that fails nothing was shipped, and all of them are `left`. */
export async function sendBatch(kit: Kit, { id, room }: RunningCampaign): Promise<SentBatch> {
  const looked: { waiting: WaitingRecipient[] } = { waiting: [] }
  try {
    return await inPipeline(kit.db, async (run) => {
      const [campaign] = await run<ClaimedRecipient>(claimStatement(id, kit.now()))
      if (!campaign) return nothing
      const most = Math.min(atOnce, room, sendsAllowedNow(campaign, kit.now()))
      if (most < 1) return nothing
      const waiting = await run<WaitingRecipient>(nextStatement(id, most))
      if (waiting.length === 0) return finish(run, id, kit.now())
      looked.waiting = waiting
      return ship(kit, run, campaign, waiting)
    })
  } catch (error) {
    if (looked.waiting.length === 0) throw error
    return { taken: looked.waiting.length, left: looked.waiting.map((one) => one.id) }
  }
}

async function finish(run: RunStatement, id: string, now: Date): Promise<SentBatch> {
  const about = { actor: system, ticketId: null, subjectId: id, data: { change: "done" } }
  await Promise.all([
    run(finishStatement(id, now)),
    run(recordBatchStatement([{ kind: "campaign.changed", ...about }], now)),
  ])
  return nothing
}

type PreparedRecipient = { shipment: WaitingRecipient; template: FilledTemplateParts; inbound: InboundMessage }

async function ship(
  kit: Kit,
  run: RunStatement,
  campaign: ClaimedRecipient,
  waiting: WaitingRecipient[],
): Promise<SentBatch> {
  const now = kit.now()
  const { connectionId, template } = campaign
  const connection = await connectionById(kit.db.kysely, connectionId)
  if (!connection || !template) throw new Refusal("invalid", "invalid")
  const prepared = await prepare(kit, campaign, waiting, connection)
  const byInbound = new Map(prepared.map((one) => [one.inbound, one]))
  const [first] = prepared
  const announced = await createCampaignTickets(run, [...byInbound.keys()], {
    now,
    rules: await readIntakeSettings(kit.db),
    barred: async (addresses) => {
      if (!first || addresses.length === 0) return new Set()
      const [barred, got] = await Promise.all([
        blockedAddresses(run, connectionId, addresses, first.template),
        run<{ identityId: string }>(alreadyReceivedStatement(campaign.id, addresses)),
      ])
      return barred.union(new Set(got.map(({ identityId }) => identityId)))
    },
  })
  const landed = announced.map((one) => ({ ...one, ...byInbound.get(one.inbound)! }))
  const messageIds = landed.map(({ messageId }) => messageId)
  const nextAt = nextSendAt(campaign, landed.length, now)
  await Promise.all([
    landed.length > 0 && run(queueSendsStatement(landed.map(sendOf), now)),
    landed.length > 0 && run(saveQueuedStatement(landed.map(rowOf), now)),
    landed.length > 0 && template.attachmentId && run(copyFileStatement(template.attachmentId, messageIds, now)),
    // Of whom nobody got it too: the campaign goes on.
    run(saveNextAtStatement(campaign.id, nextAt)),
  ])
  const shipped = new Set(landed.map(({ shipment }) => shipment.id))
  return { taken: waiting.length, left: waiting.flatMap(({ id }) => (shipped.has(id) ? [] : [id])) }
}

/** Whose values do not fit, or who has no number, is left: alone it is refused, with the reason. */
async function prepare(
  kit: Kit,
  { template, connectionId }: ClaimedRecipient,
  waiting: WaitingRecipient[],
  { id }: ConnectionRow,
) {
  const row = await templateToSend(kit.db.kysely, connectionId, template!)
  return waiting.flatMap((shipment): PreparedRecipient[] => {
    const identity = identityOf(shipment.recipient, { kind: "phone", scope: "" })
    try {
      const ready = fillTemplateParts(row, valuesFor(template!.parameters, shipment))
      const person = { identity: identity!, name: shipment.name }
      return identity ? [{ shipment, template: ready, inbound: announcement(id, shipment.id, person, ready.text) }] : []
    } catch (error) {
      if (error instanceof Refusal) return []
      throw error
    }
  })
}

/** The message of a shipment, as intake receives it. */
export function announcement(
  connectionId: string,
  id: string,
  person: InboundMessage["person"],
  text: string,
): InboundMessage {
  return {
    ...plainMessage,
    connectionId,
    externalId: id,
    direction: "out",
    person,
    address: person.identity.value,
    text,
    campaignShipmentId: id,
  }
}

type SentRecipient = PreparedRecipient & { ticketId: string; messageId: string; contactId: string; identityId: string }

const sendOf = ({ inbound, messageId, identityId, template }: SentRecipient) => {
  return { messageId, connectionId: inbound.connectionId, recipient: identityId, template }
}

const rowOf = ({ shipment, ticketId, messageId, contactId }: SentRecipient) => {
  return { id: shipment.id, ticketId, messageId, contactId }
}
