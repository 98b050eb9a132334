import type { ConditionFacts } from "#conditions/index.ts"
import type { QueuedTicket } from "./routing-queue.ts"

/** A ticket as conditions see it. */
export function conditionFacts(ticket: QueuedTicket): ConditionFacts {
  const { kind, subject, description, priority, channel, tags, connectionId, teamId, customFields } = ticket
  return {
    kind,
    subject,
    description,
    priority,
    channel,
    tags,
    connectionId,
    teamId,
    customFields,
    categoryId: ticket.categoryIds,
    "customer.tier": ticket.tier,
    "customer.email": ticket.emails,
    "customer.language": ticket.language,
  }
}
