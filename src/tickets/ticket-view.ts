// How a ticket's row becomes the ticket of the API. One piece of SQL for every place that shows one, so that a list of
// fifty is one statement. Names of contacts, people and connections are joined here and nowhere else.
import { can, type Principal, type TicketAccess } from "#people/index.ts"
import type { Param } from "#kernel/db.ts"
import { type StoredSla, ticketSlaSql } from "#sla/index.ts"
import type { Link, ListedTicket, SharedRow, Ticket } from "./api-contract.ts"
import { incidentOf } from "./refuse-personal-text-on-incidents.ts"
import { isActive, kindsWithContact, mergeableKinds, nextStatuses, type Status } from "./lifecycle/lifecycle-table.ts"
import { readableBy } from "./readable-messages.ts"
import type { TicketRow } from "./ticket-row.ts"
import { waitingSinceSql } from "./lifecycle/waiting-since.ts"

const pair = (alias: string, more = "") =>
  `case when ${alias}.id is null then null else json_build_object('id', ${alias}.id, 'name', ${alias}.name${more}) end`

type OwnColumns = Record<"customFields" | "unreadMessages" | "messageCount" | "lastMessageAt", string>

/** What customers read in other words than staff. */
const whole: OwnColumns = {
  customFields: "t.custom_fields",
  unreadMessages: "t.unread_messages",
  messageCount: "t.message_count",
  lastMessageAt: "case when t.message_count > 0 then t.last_message_at end",
}

const ownColumns = ({ customFields, unreadMessages, messageCount, lastMessageAt }: OwnColumns) => `
  t.id, t.number, t.kind, t.thread_key as "threadKey", t.subject, t.description, t.status, t.phase, t.priority, t.channel,
  t.is_group as "isGroup", t.tags, ${customFields} as "customFields", t.campaign_shipment_id as "campaignShipmentId",
  ${unreadMessages} as "unreadMessages", ${messageCount} as "messageCount",
  ${lastMessageAt} as "lastMessageAt", t.reopen_count as "reopenCount",
  t.snoozed_until as "snoozedUntil", t.first_response_at as "firstResponseAt", t.resolved_at as "resolvedAt",
  t.closed_at as "closedAt", ${waitingSinceSql} as "waitingSince", t.survey_score as "surveyScore", t.resolution, t.merged_into as "mergedInto", t.version, t.created_at as "createdAt",
  t.updated_at as "updatedAt", t.created_by_kind as "createdByKind", t.created_by_id as "createdById"`

const columnsOf = (own: OwnColumns) => `${ownColumns(own)},
  ${pair("c")} as contact, ${pair("n", ", 'kind', n.kind")} as connection, ${pair("u")} as assignee, ${pair("m")} as team,
  coalesce((select json_agg(json_build_object('id', g.id, 'name', g.name) order by g.name) from ticket_categories tc
            join categories g on g.id = tc.category_id where tc.ticket_id = t.id), '[]') as categories, ${ticketSlaSql} as sla`

/** Columns of the API's ticket over a row `t`, without `can`. */
export const viewColumns = columnsOf(whole)

const publicFields = `coalesce((select jsonb_object_agg(f.key, f.value) from jsonb_each(t.custom_fields) f
    join custom_fields d on d.key = f.key and d.is_public), '{}')`

/**
 * The same for this reader: customers get the public fields only, and counts of what they may read; nothing else ever leaves
 * the database for them.
 */
export function columnsFor(p: Param, who: Principal): string {
  if (can.beStaff(who)) return viewColumns
  const read = `from messages m where m.ticket_id = t.id and ${readableBy(p, who, "m")}`
  const unread = `from (select * from messages where ticket_id = t.id and direction = 'in' and kind = 'message'
    order by position desc limit t.unread_messages) m where ${readableBy(p, who, "m")}`
  return columnsOf({
    customFields: publicFields,
    unreadMessages: `(select count(*)::int ${unread})`,
    messageCount: `(select count(*)::int ${read})`,
    lastMessageAt: `(select max(m.sent_at) ${read})`,
  })
}

/** The same without a name in it, for a statement that is run with every message: `nameTicket` adds them. */
export const bareColumns = `${ownColumns(whole)}, t.assignee_id as "assigneeId", t.team_id as "teamId",
  array(select tc.category_id from ticket_categories tc where tc.ticket_id = t.id) as "categoryIds"`

export const viewJoins = `
  left join contacts c on c.id = t.contact_id
  left join connections n on n.id = t.connection_id
  left join users u on u.id = t.assignee_id
  left join teams m on m.id = t.team_id`

/** A row of the above, once its SLA is counted (`withSla`). */
export type ViewRow = Omit<Ticket, "can" | "links" | "incident"> & {
  createdByKind: string
  createdById: string | null
  /** To its customer. */
  isSlaVisible: boolean
}

/** The same as the database gives it. */
export type StoredRow<Row extends ViewRow = ViewRow> = Omit<Row, "sla" | "isSlaVisible"> & { sla: StoredSla | null }

/** A row of `bareColumns`. */
type LookedUp = "contact" | "connection" | "assignee" | "team" | "categories" | "sla" | "isSlaVisible"
export type BareRow = Omit<ViewRow, LookedUp> & {
  assigneeId: string | null
  teamId: string | null
  categoryIds: string[]
}

export type ListedRow = ViewRow & {
  previewText: string | null
  previewDirection: "in" | "out" | null
  draftText: string | null
  undelivered: number
}

/** What may be done with the ticket next, by the same rules that will judge it. */
function canOf(who: Principal, row: ViewRow): string[] {
  const facts = factsOf(row)
  if (row.mergedInto !== null) return can.changeTicket(who, facts) ? ["unmerge"] : []
  const abilities: string[] = []
  if (can.assignTicket(who, facts)) abilities.push("assign")
  if (can.answerTicket(who, facts) && kindsWithContact.includes(row.kind)) abilities.push("reply")
  if (can.noteOnTicket(who, facts)) abilities.push("note")
  if (can.changeTicket(who, facts)) abilities.push("edit")
  if (can.linkTicket(who, facts)) abilities.push("link")
  if (can.snoozeTicket(who, facts) && isActive(row.kind, row.status)) abilities.push("snooze")
  if (can.changeTicket(who, facts) && mergeableKinds.includes(row.kind)) abilities.push("merge", "split")
  const next = nextStatuses(row.kind, row.status)
  abilities.push(...next.filter((to) => mayMove(who, facts, row, to)))
  return abilities
}

/** For a customer, `open` means to reopen: what is not over they leave as it is. */
export function mayMove(who: Principal, facts: TicketAccess, { kind, status }: KindAndStatus, to: Status): boolean {
  if (kind === "mirrored" || !can.changeStatus(who, facts, to)) return false
  return can.beStaff(who) || to !== "open" || status === "open" || !isActive(kind, status)
}

type KindAndStatus = Pick<ViewRow, "kind" | "status">

/** What access to the ticket is decided by, from what is shown of it. */
export function factsOf({ assignee, team, contact, ...row }: ViewRow): TicketAccess {
  const ids = { assigneeId: assignee?.id ?? null, teamId: team?.id ?? null, contactId: contact?.id ?? null }
  return { ...ids, createdByKind: row.createdByKind, createdById: row.createdById }
}

/** The same from the row. */
export function accessOf(
  ticket: Pick<TicketRow, "assigneeId" | "teamId" | "createdByKind" | "createdById" | "contactId">,
): TicketAccess {
  const { assigneeId, teamId, createdByKind, createdById, contactId } = ticket
  return { assigneeId, teamId, createdByKind, createdById, contactId }
}

/** `links` are those that `who` may see; lists show none. */
export function toTicket(who: Principal, row: ViewRow, links: Link[] = []): Ticket {
  const ticket = { ...shownToStaff(row), links, can: canOf(who, row) }
  return can.beStaff(who) ? ticket : forCustomer(who, ticket, row.isSlaVisible)
}

function shownToStaff({ createdByKind: _kind, createdById: _id, isSlaVisible: _visible, ...row }: ViewRow) {
  const description = row.kind === "incident" ? null : row.description
  return { ...row, description, incident: incidentOf(row) }
}

/** Whose address was only put on a contact does not learn who that is. Whom nobody knew before the request makes themselves known. */
export const matchesReference = ({ contactId, reads }: Principal, shownId: string | null | undefined) =>
  typeof contactId !== "string" || (reads?.contactIds.some((id) => id === shownId) ?? false)

/** What staff keep to themselves: how they sort and snooze work, and who they are but for the name. */
function forCustomer(who: Principal, ticket: Ticket, isSlaVisible: boolean): Ticket {
  const assignee = ticket.assignee && { id: null, name: ticket.assignee.name }
  return {
    ...ticket,
    assignee,
    contact: matchesReference(who, ticket.contact?.id) ? ticket.contact : null,
    team: null,
    tags: [],
    threadKey: null,
    campaignShipmentId: null,
    snoozedUntil: null,
    surveyScore: null,
    waitingSince: null,
    sla: isSlaVisible && ticket.sla ? { ...ticket.sla, policyId: null } : null,
  }
}

export function toListed(who: Principal, row: ListedRow): ListedTicket {
  const { previewText: _text, previewDirection: _direction, draftText, undelivered, ...ticket } = row
  const failed = can.beStaff(who) ? undelivered : 0
  return {
    ...toTicket(who, ticket),
    preview: previewOf(row),
    draft: draftText !== null,
    draftText,
    undelivered: failed,
  }
}

const previewOf = ({ previewText, previewDirection, lastMessageAt, createdAt }: Omit<ListedRow, "draftText">) =>
  previewText === null || previewDirection === null
    ? null
    : { text: previewText, direction: previewDirection, at: lastMessageAt ?? createdAt }

/** More than a preview shows of a description. */
const previewLength = 300

/** The same row for all staff who may see the ticket: without what depends on the reader, and what no row shows. */
export function toSharedRow(listed: Omit<ListedRow, "draftText">): SharedRow {
  const { previewText: _text, previewDirection: _direction, undelivered, ...row } = listed
  const { customFields: _fields, description, ...shown } = shownToStaff(row)
  const start = description?.slice(0, previewLength) ?? null
  const createdById = row.createdByKind === "user" ? row.createdById : null
  return { ...shown, description: start, createdById, preview: previewOf(listed), undelivered }
}
