import { type Database, type Param, statement } from "#kernel/db.ts"
import type { TicketAudience, TicketNow } from "#event-log/index.ts"
import type { Kit } from "#kernel/kit.ts"
import { withSla } from "#sla/index.ts"
import { readableIdentitiesJoin } from "#people/index.ts"
import { exchangedWithSql } from "./readable-messages.ts"
import { previewColumns, previewJoin } from "./list/preview-columns.ts"
import { type ListedRow, type StoredRow, toSharedRow, viewColumns, viewJoins } from "./ticket-view.ts"
import { exchangedSql } from "./visible-tickets-conditions.ts"

const theirs = { contact: "s.contact_id", contacts: "s.contact_ids", identities: "s.identity_ids" }

/** SQL of the rooms of customers `u` who are one of the contacts. */
const roomsSql = (contacts: string) => `contact_identities e
    join users u on lower(u.email) = e.value and u.role = 'user' and u.disabled_at is null ${readableIdentitiesJoin("e.value")}
  where e.contact_id in (${contacts}) and e.kind = 'email' and e.scope = ''`

// A customer finds a message by a ticket that they see: the one on which it is, or one that was merged into that.
const findable = `exists (
    with recursive led (id) as (select t.id union select k.id from led join tickets k on k.merged_into = led.id)
    select from led join tickets v on v.id = led.id where v.contact_id = s.contact_id and ${exchangedSql(theirs, "v")})`

/** Which customers and visitors a message `m` is sent to: the customers whose list shows it, and the visitor of a chat with whom it was exchanged. */
const messageRoomsSql = (messages: string) => `array(
    select m.id || ' customer:' || u.id from messages m
      cross join ${roomsSql("t.contact_id, (select coalesce(k.merged_into, k.id) from contacts k where k.id = m.contact_id)")}
      and m.id = any(${messages}) and m.ticket_id = t.id and ${exchangedWithSql(theirs, "m")} and ${findable}
    union all select m.id || ' visitor:' || coalesce(v.confirmed_for, v.id) from messages m
      join contact_identities v on v.id = m.identity_id and v.kind = 'visitor'
    where m.id = any(${messages}) and m.ticket_id = t.id and not m.is_internal)`

/** To whom tickets are sent. */
export async function ticketAudience(db: Database, ids: string[]): Promise<Map<string, TicketAudience>> {
  if (ids.length === 0) return new Map()
  const rows = await db.run<TicketAudience>(
    statement(
      "ticket-audience",
      (p) =>
        `select t.id, number, phase, version, status, ${audienceColumns(p, [])} from tickets t where t.id = any(${p(ids)})`,
    ),
  )
  return new Map(rows.map((row) => [row.id, row]))
}

type FullRow = TicketAudience & Omit<ListedRow, "draftText">

/** The same, to whom these messages on them are sent, and what lists show of the tickets now, in one query. */
export async function ticketsNow(
  { db, now }: Pick<Kit, "db" | "now">,
  ids: string[],
  messageIds: string[] = [],
): Promise<Map<string, TicketNow>> {
  if (ids.length === 0) return new Map()
  const rows = await db.run<StoredRow<FullRow>>(
    statement(
      "tickets-now",
      (p) => `select ${viewColumns}, ${previewColumns}, ${audienceColumns(p, messageIds)}
        from tickets t ${viewJoins} ${previewJoin("true")} where t.id = any(${p(ids)})`,
    ),
  )
  return new Map((await withSla(db.kysely, rows, now())).map((row) => [row.id, nowOf(row)]))
}

function nowOf({ teamId, assigneeId, customers, messageRooms, ...listed }: FullRow): TicketNow {
  const row = toSharedRow(listed)
  const { id, number, phase, version, status, createdById } = row
  const audience = { id, number, phase, version, status, teamId, assigneeId, createdById, customers, messageRooms }
  return { ...audience, row, isSlaVisible: listed.isSlaVisible }
}

const audienceColumns = (p: Param, messageIds: string[]) => `t.team_id as "teamId", t.assignee_id as "assigneeId",
  case t.created_by_kind when 'user' then t.created_by_id end as "createdById",
  array(select 'customer:' || u.id from ${roomsSql("t.contact_id")} and ${exchangedSql(theirs)}) as customers,
  ${messageRoomsSql(`${p(messageIds)}::text[]`)} as "messageRooms"`
