// Tickets come into being, one or many, by a message or by hand, as a statement or as part of a larger one: the only insert.
import type { Act, Actor } from "#kernel/act.ts"
import { countWord, rowsSql } from "#kernel/database/rows-sql.ts"
import { runIn, type Statement, statement } from "#kernel/db.ts"
import type { Status, TicketKind } from "./lifecycle/lifecycle-table.ts"
import type { MessageTotals } from "./message-effects-on-ticket.ts"

/** `firstAt` and `lastAt`: of the messages that it begins with, when there are any. */
export type NewTicket = Pick<MessageTotals, "unread" | "messages" | "waitingFrom"> & {
  id: string
  kind: TicketKind
  subject: string
  threadKey: string | null
  status: Status
  channel: string
  contactId: string | null
  connectionId: string | null
  isGroup: boolean
  assigneeId: string | null
  teamId: string | null
  campaignShipmentId: string | null
  firstAt: Date | null
  lastAt: Date | null
  createdByKind: string
  createdById: string | null
}

/** What is said of a ticket that is opened otherwise than by a message. */
export type TicketDetails = {
  description: string
  priority: string
  requesterIdentityId: string | null
  tags: string[]
  customFields: Record<string, unknown>
}

/** Who made it. Behind a key stands its user: one word for both, so that one index finds what somebody made. */
export const creatorOf = ({ kind, id }: Actor) => ({ createdByKind: kind === "key" ? "user" : kind, createdById: id })

/** The columns of a new ticket as its record has them. */
export const ticketRecord = `id text, kind text, subject text, "threadKey" text, status text, channel text, "contactId" text, "connectionId" text,
  "isGroup" boolean, "assigneeId" text, "teamId" text, "campaignShipmentId" text, unread int, messages int,
  "waitingFrom" timestamptz, "firstAt" timestamptz, "lastAt" timestamptz, "createdByKind" text, "createdById" text`

export const detailsRecord = `description text, priority text, "requesterIdentityId" text, tags text[], "customFields" jsonb`

// What of them says itself: the column, and the SQL of its value.
export const detailColumns = {
  description: "r.description",
  priority: "r.priority",
  requester_identity_id: `r."requesterIdentityId"`,
  tags: "r.tags",
  custom_fields: `r."customFields"`,
}

/**
 * The insert of tickets as part of a larger statement, from rows `r` with the columns above. Each gets its number from the sequence,
 * and the default team where there is none, or where its own is gone.
 */
export function insertTicketsSql(at: string, from: string, details: Record<string, string> = {}): string {
  const closedAt = `case when r.status = 'closed' then ${at} end`
  const columns = {
    id: "r.id",
    kind: "r.kind",
    subject: "r.subject",
    thread_key: `r."threadKey"`,
    status: "r.status",
    channel: "r.channel",
    contact_id: `r."contactId"`,
    connection_id: `r."connectionId"`,
    is_group: `r."isGroup"`,
    assignee_id: `r."assigneeId"`,
    team_id: `coalesce((select id from teams where id = r."teamId"), (select id from teams where is_default))`,
    campaign_shipment_id: `r."campaignShipmentId"`,
    unread_messages: "r.unread",
    message_count: "r.messages",
    waiting_since: `r."waitingFrom"`,
    first_message_at: `r."firstAt"`,
    last_message_at: `coalesce(r."lastAt", ${at})`,
    resolved_at: closedAt,
    closed_at: closedAt,
    created_by_kind: `r."createdByKind"`,
    created_by_id: `r."createdById"`,
    created_at: at,
    updated_at: at,
    ...details,
  }
  return `insert into tickets (${Object.keys(columns).join(", ")}) select ${Object.values(columns).join(", ")} from ${from}`
}

const ofFreeThreads = `order by r."threadKey" on conflict (thread_key) where active do nothing returning id`

/** Makes tickets. Gives the `id` of those whose thread had no active one. */
export function insertTicketsStatement(tickets: readonly NewTicket[], now: Date): Statement {
  return statement(
    `insert-tickets-${countWord(tickets)}`,
    (p) => `${insertTicketsSql(`${p(now)}::timestamptz`, rowsSql(p, tickets, ticketRecord))} ${ofFreeThreads}`,
  )
}

const blank = {
  threadKey: null,
  contactId: null,
  connectionId: null,
  isGroup: false,
  assigneeId: null,
  teamId: null,
  campaignShipmentId: null,
  unread: 0,
  messages: 0,
  waitingFrom: null,
  firstAt: null,
  lastAt: null,
  subject: "",
  description: "",
  priority: "medium",
  requesterIdentityId: null,
  tags: [],
  customFields: {},
}

type TicketOpening = Pick<NewTicket, "id" | "kind" | "status" | "channel"> & Partial<NewTicket & TicketDetails>

/** Makes tickets that begin without a message. Gives the ids of those whose thread had no active one; waits for who is making one. */
export async function insertTickets(act: Act, openings: readonly TicketOpening[]): Promise<Set<string>> {
  const rows = openings.map((one) => ({ ...blank, ...creatorOf(act.actor), ...one }))
  const made = await runIn<{ id: string }>(
    act.tx,
    statement("", (p) => {
      const from = rowsSql(p, rows, `${ticketRecord}, ${detailsRecord}`)
      return `${insertTicketsSql(`${p(act.now)}::timestamptz`, from, detailColumns)} ${ofFreeThreads}`
    }),
  )
  return new Set(made.map(({ id }) => id))
}
