// What a rule does to a ticket, action by action, through the verbs that staff use. Nobody's hand: it reopens nothing, and takes no
// ticket from where a person has put it since.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Refusal } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { record } from "#event-log/index.ts"
import { applyFieldAction, fillForTicket } from "#macros/index.ts"
import { insertMessage, noCounterpart, renderMarkdown } from "#messages/index.ts"
import { teamNamesOf } from "#people/index.ts"
import {
  giveToAgent,
  handToTeam,
  isActive,
  lockTicket,
  type Status,
  type TicketRow,
  transition,
} from "#tickets/index.ts"
import type { RuleAction } from "./api-contract.ts"
import type { StoredRule } from "./automation-rule-store.ts"
import { postRuleReply } from "./post-rule-reply.ts"
import type { RuleOccasion } from "./read-occasion.ts"

/** Each has its words: `why.automation_refused_…`. */
const refusals = [
  "gone",
  "given_by_hand",
  "reopens",
  "needs_agent",
  "unresolved",
  "group",
  "ended",
  "blocked",
  "opted_out",
  "unreachable",
  "window_closed",
  "content_too_long",
  "too_often",
  "not_a_person",
  "before_mailbox",
  "answered_once",
  "mailed_often",
  "transition",
  "at_capacity",
  "other",
] as const
export type ActionRefusal = (typeof refusals)[number]

/** Why a verb refused, in a rule's words. What it was given was good once: it is gone. */
export function refusedBecause({ kind, code }: Refusal): ActionRefusal {
  if (kind === "invalid") return "gone"
  return refusals.find((one) => one === code) ?? "other"
}

export type RuleTarget = { ticketId: string; rule: StoredRule; occasion: RuleOccasion }

/** Null: it is done, or there was nothing to do. */
export async function applyRuleAction(act: Act, target: RuleTarget, action: RuleAction): Promise<ActionRefusal | null> {
  const ticket = await lockTicket(act, target.ticketId)
  switch (action.type) {
    case "status":
      return moveTo(act, ticket, action.value as Status)
    case "assign":
    case "team":
      if (await wasGivenByHand(act, ticket.id, target.occasion)) return "given_by_hand"
      if (action.type === "team") await handToTeam(act, ticket, action.value ?? "")
      else await giveToAgent(act, ticket, action.value ?? "")
      return null
    case "reply":
      return sendSavedReply(act, ticket, target.rule, action.value)
    case "note":
      await writeNote(act, ticket, action.value)
      return null
    default:
      await applyFieldAction(act, ticket, action)
      return null
  }
}

/** Who reopens a ticket has it: that takes a person, or the customer. An open conversation has an agent. */
async function moveTo(act: Act, ticket: TicketRow, to: Status): Promise<ActionRefusal | null> {
  if (ticket.status === to) return null
  if (!ticket.active && isActive(ticket.kind, to)) return "reopens"
  if (ticket.kind === "conversation" && to === "open" && ticket.assigneeId === null && !ticket.isGroup)
    return "needs_agent"
  await transition(act, ticket, { to })
  return null
}

/** A person set or cleared its agent or team after what led to the rule. */
async function wasGivenByHand(act: Act, ticketId: string, { eventId }: RuleOccasion): Promise<boolean> {
  const { rows } = await sql`select from events where ticket_id = ${ticketId} and id > ${eventId}
    and kind = 'ticket.assigned' and actor_kind in ('user', 'key') limit 1`.execute(act.tx)
  return rows.length > 0
}

async function sendSavedReply(
  act: Act,
  ticket: TicketRow,
  rule: StoredRule,
  id: string,
): Promise<ActionRefusal | null> {
  const saved = await act.tx
    .selectFrom("savedReplies")
    .select("content")
    .where("id", "=", id)
    .where("visibility", "<>", "me")
    .executeTakeFirst()
  if (!saved) return "gone"
  const { content, unresolved } = await fill(act, ticket, saved.content)
  return unresolved.length > 0 ? "unresolved" : postRuleReply(act, ticket, { ruleId: rule.id, text: content })
}

/** By the ticket's agent, where the text names one. */
async function fill(act: Act, ticket: TicketRow, text: string) {
  const { number, subject, assigneeId, contactId, teamId } = ticket
  const contact = await act.tx.selectFrom("contacts").select("name").where("id", "=", contactId).executeTakeFirst()
  const teamName = teamId === null ? undefined : (await teamNamesOf(act.tx, [teamId])).get(teamId)
  const team = teamName === undefined ? null : { name: teamName }
  return fillForTicket(act.tx, { id: assigneeId }, { number, subject, contact: contact ?? null, team }, text)
}

/** For staff alone, as nobody's words: it answers nothing and touches nothing. */
async function writeNote(act: Act, ticket: TicketRow, text: string): Promise<void> {
  const { content } = await fill(act, ticket, text)
  const message = await insertMessage(act, ticket.id, {
    id: newId("msg"),
    connectionId: ticket.connectionId,
    externalId: null,
    kind: "message",
    direction: "out",
    senderKind: "system",
    senderId: null,
    content,
    contentHtml: renderMarkdown(content),
    isInternal: true,
    replyTo: null,
    deliveryState: "received",
    sentAt: act.now,
    now: act.now,
    position: null,
    ...noCounterpart,
  })
  await record(act, "message.noted", { ticketId: ticket.id, subjectId: message.id })
}
