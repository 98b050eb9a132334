import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import type { DecisionReason } from "#event-log/index.ts"
import { anyIsBlocked } from "#contacts/index.ts"
import { isLinkViewer, isPrincipal } from "#people/index.ts"
import { readSetting } from "#settings/index.ts"
import { transition, refuseMerged } from "./transition.ts"
import type { Values } from "../fields/validate-field-values.ts"
import { lockActiveTicket, lockFollowUp } from "../merge/follow-merge.ts"
import { link } from "../links/links.ts"
import { openSupportTicket } from "../creation/open-support-ticket.ts"
import { customerReplyEffect, type SupportDays } from "./reopen-rule.ts"
import { categoriesOf, lockTicket } from "../ticket-store.ts"
import { type TicketRow } from "../ticket-row.ts"

/**
 * The customer writes on a locked ticket, or wants to go on with it. Returns the ticket that it goes on with: the same,
 * come back to life when need be; another one that has its thread by now; or one that follows it, made the first time.
 * Refuses (409) what was merged into another one. Somebody blocked wakes nothing. A race for the thread shows as
 * `thread_busy` with a cause.
 */
export async function reopenForCustomer(act: Act, ticket: TicketRow): Promise<TicketRow> {
  refuseMerged(ticket)
  const own = ((isPrincipal(act.actor) || isLinkViewer(act.actor)) && act.actor.contactId) || ticket.contactId
  if (await anyIsBlocked(act.tx, [own])) return ticket
  const reopenDays = await readSetting(act, "support.reopenDays")
  const coming = customerReplyEffect(ticket, act.now, reopenDays)
  if (coming.action === "stays") return ticket
  if (coming.action === "follows_up") {
    const follower = await lockFollowUp(act, ticket)
    return follower ? reopenForCustomer(act, follower) : followUp(act, ticket, coming.inputs)
  }
  try {
    const why = ticket.active ? {} : { why: whichTicket("reopened", "reopened_support", { status: ticket.status }) }
    return await transition(act, ticket, { to: coming.to, ...why })
  } catch (error) {
    const busy = error instanceof Refusal && error.code === "thread_busy" && ticket.threadKey !== null
    // The transaction is over: run once more, it sees who has the thread now.
    if (busy && error.cause !== undefined) throw error
    const holder = busy ? await lockActiveTicket(act, ticket.threadKey!) : null
    if (!holder) throw error
    return holder
  }
}

/** A new ticket of the same customer on the same matter, where those who knew the old one will see it. */
async function followUp(act: Act, closed: TicketRow, inputs: SupportDays): Promise<TicketRow> {
  const ticket = await openSupportTicket(act, {
    subject: closed.subject,
    description: "",
    priority: closed.priority,
    tags: closed.tags,
    categoryIds: await categoriesOf(act, closed.id),
    customFields: closed.customFields as Values,
    contactId: closed.contactId,
    requesterIdentityId: closed.requesterIdentityId,
    teamId: closed.teamId,
    why: whichTicket("created", "created_support_closed", inputs),
  })
  await link(act, { from: closed.id, to: ticket.id, type: "follow_up" })
  return lockTicket(act, ticket.id)
}

const whichTicket = (answer: string, code: string, inputs: DecisionReason["inputs"]): DecisionReason => ({
  question: "which_ticket",
  answer,
  code,
  inputs,
  rejected: [],
})
