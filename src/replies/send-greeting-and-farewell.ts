// What a connection says of its own accord: its greeting to a new conversation, its farewell to a closed one.
import { sql } from "kysely"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { newId } from "#kernel/ids.ts"
import type { FilledTemplate } from "#channels/index.ts"
import { connectionById, type ConnectionRow } from "#connections/index.ts"
import { anyIsBlocked } from "#contacts/index.ts"
import { record, type ReactionPayload } from "#event-log/index.ts"
import { type Counterpart, insertMessage, renderMarkdown, replyRecipient, saveSealedContent } from "#messages/index.ts"
import { lockTicket, type TicketRow, applyMessageEffect } from "#tickets/index.ts"
import { queueSend } from "#outbox/index.ts"
import { automaticMailRefusal, type AutomaticMailRefusal } from "./may-get-automatic-mail.ts"
import { replyMode } from "./reply-options.ts"
import { saveAutomaticMail } from "./mails/save-reply-mail.ts"

export const fixedTextJobs = (kit: Kit): Job[] => [
  fixedTextJob(kit, "send-greeting", "greeting"),
  fixedTextJob(kit, "send-farewell", "farewellText"),
]

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

/** The connection's own words, once per event, however often the job is done: the log shows what an event has led to. */
async function sendFixedText(kit: Kit, payload: ReactionPayload, which: "greeting" | "farewellText"): Promise<void> {
  if (payload.ticketId === null) return
  const ticketId = payload.ticketId
  const cause = { eventId: payload.eventId, depth: payload.depth }
  await inTransaction(kit.db, { actor: system, now: kit.now(), cause }, async (act) => {
    const ticket = await lockTicket(act, ticketId)
    const connection = ticket.connectionId === null ? undefined : await connectionById(act.tx, ticket.connectionId)
    const text = connection?.[which]
    if (!connection || !text || !deserves(ticket, which) || (await saidBefore(act, ticket.id, payload.eventId, which)))
      return
    await postIfAllowed(act, ticket, { connection, text, which })
  })
}

/** To who wrote last; nothing is sent to somebody blocked, or whom the channel lets nobody write to now. */
export async function postIfAllowed(act: Act, ticket: TicketRow, automatic: Omit<AutomaticText, "to">) {
  const to = await replyRecipient(act.tx, ticket)
  const { connection } = automatic
  if ((await anyIsBlocked(act.tx, [to.contactId])) || !(await mayBeWrittenTo(act, to, connection))) return
  await postAutomaticText(act, ticket.id, { ...automatic, to })
}

type Which =
  | "greeting"
  | "farewellText"
  | "newAddress"
  | "outOfHoursText"
  | "closing"
  | "survey"
  | "reopening"
  | `rule ${string}`

type AutomaticText = {
  connection: ConnectionRow
  to: Counterpart
  text: string
  which: Which
  /** Where text does not go. */
  template?: FilledTemplate
  /** What its recipient gets instead, where that holds a link which lets them in. */
  sealed?: { content: string | null; template: string | null }
}

// What follows an end that people made; the others answer what came by themselves.
const noAnswers = new Set<Which>(["closing", "survey", "reopening", "newAddress", "farewellText"])

/**
 * Sends it as nobody's words: it answers nothing, and touches nothing of the ticket but its thread. Not to machines that write mails:
 * null when it was sent, else why not.
 */
export async function postAutomaticText(
  act: Act,
  ticketId: string,
  automatic: AutomaticText,
): Promise<AutomaticMailRefusal | null> {
  const { connection, to, text, which, template = null, sealed = { content: null, template: null } } = automatic
  const refusal = await automaticMailRefusal(act, { ticketId, connection, to, isAnswer: !noAnswers.has(which) })
  if (refusal !== null) return refusal
  const message = await insertMessage(act, ticketId, { ...automaticMessage(act, connection.id, text), ...to })
  const recipient = to.identityId ?? ticketId
  if (sealed.content !== null) await saveSealedContent(act, message.id, sealed.content)
  const send = { messageId: message.id, connectionId: connection.id, recipient, template }
  await saveAutomaticMail(act, connection, message, to.address)
  await queueSend(act, { ...send, sealedTemplate: sealed.template })
  await applyMessageEffect(act, ticketId, { unread: "keep", touches: false, answers: false })
  const data = { fixed: which, contactId: to.contactId }
  await record(act, "message.posted", { ticketId, subjectId: message.id, data })
  return null
}

/** Groups and conversations that an agent already has are not greeted; what was reopened or merged is not said goodbye to. */
function deserves(ticket: TicketRow, which: "greeting" | "farewellText"): boolean {
  if (ticket.isGroup || ticket.kind !== "conversation") return false
  return which === "greeting"
    ? ticket.active && ticket.assigneeId === null && ticket.createdByKind === "contact"
    : !ticket.active && ticket.mergedInto === null
}

/** None of these is worth a template. */
async function mayBeWrittenTo(act: Act, { identityId }: Counterpart, connection: ConnectionRow): Promise<boolean> {
  return (await replyMode(act.tx, { connectionId: connection.id, identityId }, connection, act.now)).mode === "text"
}

// Under the ticket's lock: of two servers that do the same job, the second sees what the first has recorded. One event may lead to
// several texts: the end of a ticket to a farewell and to a survey.
export async function saidBefore(act: Act, ticketId: string, eventId: number, which: Which): Promise<boolean> {
  const said = await act.tx
    .selectFrom("events")
    .select("id")
    .where("ticketId", "=", ticketId)
    .where("causeId", "=", eventId)
    .where("kind", "=", "message.posted")
    .where(sql`data ->> 'fixed'`, "=", which)
    .executeTakeFirst()
  return said !== undefined
}

/** Nobody's words; without a connection they go nowhere by themselves. */
export function automaticMessage(act: Act, connectionId: string | null, text: string) {
  const id = newId("msg")
  return {
    id,
    connectionId,
    externalId: connectionId === null ? null : id,
    kind: "message",
    direction: "out",
    senderKind: "bot",
    senderId: null,
    content: text,
    contentHtml: renderMarkdown(text),
    isInternal: false,
    replyTo: null,
    deliveryState: connectionId === null ? "sent" : "queued",
    sentAt: act.now,
    now: act.now,
    position: null,
  } as const
}

/** Of these tickets, the ones whose connection has such a text of its own. */
async function ticketsWithText(tx: Act["tx"], which: "greeting" | "farewellText", ticketIds: string[]) {
  const column = sql.ref(which === "greeting" ? "n.greeting" : "n.farewell_text")
  const rows = await sql<{ id: string }>`
    select t.id from tickets t join connections n on n.id = t.connection_id
    where t.id = any(${ticketIds}) and coalesce(${column}, '') <> ''`.execute(tx)
  return new Set(rows.rows.map(({ id }) => id))
}
