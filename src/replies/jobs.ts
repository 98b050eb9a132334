// What follows from a posted message, a new conversation and a closed one: words that leave through the channel.
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/answer.ts"
import type { Job } from "#kernel/jobs.ts"
import { newId } from "#kernel/ids.ts"
import { channels, connectionById, type ConnectionRow } from "#connections/index.ts"
import { addressesOf } from "#contacts/index.ts"
import { record, type ReactionPayload } from "#events/index.ts"
import { insertMessage, messageToSend, renderMarkdown, setDelivery } from "#messages/index.ts"
import { lockTicket, type TicketRow, touch } from "#tickets/index.ts"
import { ticketsWithText } from "./store.ts"

export function replyJobs(kit: Kit): Job[] {
  return [
    {
      name: "send-message",
      run: (payload) => sendMessage(kit, payload as ReactionPayload),
      gaveUp: (payload) => giveUp(kit, payload as ReactionPayload),
    },
    fixedTextJob(kit, "send-greeting", "greeting"),
    fixedTextJob(kit, "send-farewell", "farewellText"),
  ]
}

function fixedTextJob(kit: Kit, name: string, which: "greeting" | "farewellText"): Job {
  return {
    name,
    run: (payload) => sendFixedText(kit, payload as ReactionPayload, which),
    worthwhile: async (tx, payloads) => {
      const ids = payloads.flatMap(({ ticketId }) => (typeof ticketId === "string" ? [ticketId] : []))
      const withText = await ticketsWithText(tx, which, ids)
      return payloads.filter(({ ticketId }) => typeof ticketId === "string" && withText.has(ticketId))
    },
  }
}

/** One try to send. Throws when trying again makes sense, so that the queue does it; a message sent is not sent again. */
async function sendMessage(kit: Kit, { subjectId }: ReactionPayload): Promise<void> {
  const message = subjectId === null ? undefined : await messageToSend(kit.db, subjectId)
  if (!message || message.deliveryState !== "queued" || message.connectionId === null) return
  const connection = await connectionById(kit.db.kysely, message.connectionId)
  const channel = connection && channels[connection.kind]
  if (!channel) return
  const outcome = await channel.send(
    {
      id: connection.id,
      settings: connection.settings,
      secrets: connection.secrets ? (JSON.parse(kit.secrets.open(connection.secrets)) as Record<string, string>) : {},
    },
    {
      messageId: message.id,
      to: message.contactId === null ? [] : await addressesOf(kit.db, message.contactId),
      content: message.content,
      contentHtml: message.contentHtml,
      replyTo: message.replyTo,
      at: message.sentAt,
    },
  )
  if (outcome.state === "retry") throw new Error(`not sent yet: ${outcome.why}`)
  await inTransaction(kit.db, { actor: system, now: kit.now() }, (act) =>
    outcome.state === "rejected"
      ? setDelivery(act, message.id, "failed", outcome.why)
      : setDelivery(act, message.id, outcome.state),
  )
}

/** Every try failed: the message says so, and whoever wrote it sees it. */
async function giveUp(kit: Kit, { subjectId }: ReactionPayload): Promise<void> {
  if (subjectId === null) return
  await inTransaction(kit.db, { actor: system, now: kit.now() }, (act) =>
    setDelivery(act, subjectId, "failed", "gave_up"),
  )
}

/** The connection's own words, once per event: the message's id outside is made of the event's. */
async function sendFixedText(kit: Kit, payload: ReactionPayload, which: "greeting" | "farewellText"): Promise<void> {
  if (payload.ticketId === null) return
  const ticketId = payload.ticketId
  const cause = { eventId: payload.eventId, depth: payload.depth }
  await inTransaction(kit.db, { actor: system, now: kit.now(), cause }, async (act) => {
    const ticket = await lockTicket(act, ticketId)
    const connection = ticket.connectionId === null ? undefined : await connectionById(act.tx, ticket.connectionId)
    const text = connection?.[which]
    if (!connection || !text || !deserves(ticket, which) || (await saidBefore(act, connection, payload.eventId))) return
    const message = await insertMessage(act, ticket.id, fixedMessage(act, connection, payload.eventId, text))
    await touch(act, ticket.id, { messageId: message.id, sentAt: act.now, unread: "keep", updatedAt: null })
    await record(act, "message.posted", { ticketId: ticket.id, subjectId: message.id, data: { fixed: which } })
  })
}

/** Groups and conversations that an agent already has are not greeted; what was reopened or merged is not said goodbye to. */
function deserves(ticket: TicketRow, which: "greeting" | "farewellText"): boolean {
  if (ticket.isGroup || ticket.kind !== "conversation") return false
  return which === "greeting"
    ? ticket.active && ticket.assigneeId === null && ticket.createdByKind === "contact"
    : !ticket.active && ticket.mergedInto === null
}

const outsideId = (eventId: number) => `fixed-${eventId}`

async function saidBefore(act: Act, connection: ConnectionRow, eventId: number): Promise<boolean> {
  const said = await act.tx
    .selectFrom("messages")
    .select("id")
    .where("connectionId", "=", connection.id)
    .where("externalId", "=", outsideId(eventId))
    .executeTakeFirst()
  return said !== undefined
}

function fixedMessage(act: Act, connection: ConnectionRow, eventId: number, text: string) {
  return {
    id: newId("msg"),
    connectionId: connection.id,
    externalId: outsideId(eventId),
    kind: "message",
    direction: "out",
    senderKind: "bot",
    senderId: null,
    content: text,
    contentHtml: renderMarkdown(text),
    isInternal: false,
    replyTo: null,
    deliveryState: "queued",
    sentAt: act.now,
    now: act.now,
  } as const
}
