// What conditions ask of a ticket: how it is read, and in which words it is asked.
import type { ConditionFacts } from "./evaluate-conditions.ts"

export type TicketFacts = {
  id: string
  kind: string
  subject: string
  description: string
  priority: string
  channel: string
  tags: string[]
  categoryIds: string[]
  connectionId: string | null
  teamId: string | null
  customFields: Record<string, unknown>
  tier: string | null
  language: string | null
  emails: string[]
}

/** SQL over `tickets t` and its contact `c`. */
export const ticketFactColumns = `t.id, t.kind, t.subject, left(t.description, 4000) as description, t.priority, t.channel, t.tags,
  array(select category_id from ticket_categories g where g.ticket_id = t.id) as category_ids, t.connection_id, t.team_id,
  t.custom_fields, c.tier, c.language,
  array(select value from contact_identities i where i.contact_id = t.contact_id and i.kind = 'email' and i.scope = '') as emails`

export function conditionFacts(ticket: TicketFacts): ConditionFacts {
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
