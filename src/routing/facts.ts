import type { Facts } from "./conditions.ts"
import type { Queued } from "./queue.ts"

/** A ticket as conditions see it. */
export function factsOf(ticket: Queued): Facts {
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
