import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { type Database, statement } from "#kernel/db.ts"
import { countCap, toPage, readCursor } from "#kernel/http/pagination.ts"
import { type Purge, purgeRows } from "#kernel/jobs/cleanup.ts"
import { can, type Principal } from "#people/index.ts"
import { readTicketReference, visibleAmong } from "#tickets/index.ts"
import { alertsFor } from "./alerts-of-notification.ts"
import type { Notification, NotificationKind, NotificationsQuery, ReadBody } from "./api-contract.ts"
import { preferencesOf } from "./preference-store.ts"

export type NewNotification = {
  id: string
  kind: NotificationKind
  /** Null: the current assignee, unless they did it. */
  userId: string | null
  ticketId: string
  messageId: string | null
  byKind: string
  byId: string | null
  eventId: number
  createdAt: Date
}

/** Made before, or covered by an unread one of the same ticket: not again. Reactions and notices answer nobody. */
export async function insertNotifications(
  act: Act,
  rows: NewNotification[],
): Promise<{ id: string; userId: string }[]> {
  if (rows.length === 0) return []
  const made = await sql<{ id: string; userId: string }>`
    insert into notifications (id, user_id, kind, ticket_id, message_id, by_kind, by_id, event_id, created_at)
    select r.id, u.id, r.kind, r."ticketId", r."messageId", r."byKind", r."byId", r."eventId", r."createdAt"
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (id text, kind text, "userId" text, "ticketId" text,
      "messageId" text, "byKind" text, "byId" text, "eventId" bigint, "createdAt" timestamptz)
      cross join lateral (select id, assignee_id from tickets where id = r."ticketId" offset 0) t
      join users u on u.id = coalesce(r."userId", t.assignee_id) and u.role <> 'user' and u.disabled_at is null
      left join notification_preferences wish on wish.user_id = u.id
    where u.id is distinct from r."byId" and coalesce((wish.kinds -> r.kind ->> 'list')::boolean, true)
      -- A later assignee is notified of that, not of what was before.
      and (r."userId" is not null or not exists (select from events e
        where e.ticket_id = t.id and e.id > r."eventId" and e.kind = 'ticket.assigned'))
      and (r.kind <> 'answered' or (select m.kind from messages m where m.id = r."messageId") = 'message')
    order by r."eventId" on conflict do nothing returning id, user_id`.execute(act.tx)
  return made.rows
}

/** Notifications that a user got before they worked on the ticket are read; one id for each user, for their bell. */
export async function markReadByWork(
  act: Act,
  works: { eventId: number; ticketId: string; userId: string }[],
): Promise<{ id: string; userId: string }[]> {
  if (works.length === 0) return []
  const read = await sql<{ id: string; userId: string }>`with read as (
      update notifications n set read_at = ${act.now}
      from (select "ticketId", "userId", max("eventId") as "eventId"
        from json_to_recordset(${JSON.stringify(works)}::json) as w ("eventId" bigint, "ticketId" text, "userId" text)
        group by 1, 2) w
      where n.user_id = w."userId" and n.ticket_id = w."ticketId" and n.event_id < w."eventId" and n.read_at is null
      returning n.id, n.user_id)
    select min(id) as id, user_id from read group by user_id`.execute(act.tx)
  return read.rows
}

type Row = Omit<Notification, "by" | "alerts"> & {
  byKind: string
  byId: string | null
  byName: string | null
}

/** In one line, and of a message that was moved to another ticket nothing: that one may be out of sight. */
const excerptSql = `nullif(left(btrim(regexp_replace(left(m.content, 400), '\\s+', ' ', 'g')), 140), '')`

/** The newest first. */
export async function notificationsOf(db: Database, who: Principal, query: NotificationsQuery) {
  const after = readCursor(query.cursor, 2)
  const rows = await db.run<Row>(
    statement("", (p) => {
      const unread = query.unread === undefined ? "" : `and n.read_at is ${query.unread ? "" : "not"} null`
      const from = after ? `and (n.created_at, n.id) < (${p(after[0])}::timestamptz, ${p(after[1])}::text)` : ""
      return `select n.id, n.kind, case when t.id is not null then json_build_object('id', t.id, 'number', t.number,
            'subject', t.subject, 'status', t.status, 'channel', t.channel) end as ticket,
          case when k.id is not null then json_build_object('id', k.id, 'name', k.name) end as connection, n.message_id as "messageId", ${excerptSql} as excerpt, n.by_kind as "byKind", n.by_id as "byId", coalesce(u.name, c.name) as "byName",
          n.created_at as "createdAt", n.read_at as "readAt"
        from notifications n left join tickets t on t.id = n.ticket_id left join connections k on k.id = n.connection_id
          left join messages m on n.kind in ('answered', 'new_unassigned') and m.id = n.message_id and m.ticket_id = t.id
          left join users u on u.id = n.by_id left join contacts c on n.by_kind = 'contact' and c.id = n.by_id
        where n.user_id = ${p(who.id)} ${inSight(who)} ${unread} ${from}
        order by n.created_at desc, n.id desc limit ${p(query.limit + 1)}`
    }),
  )
  const visible = await visibleAmong(
    db,
    who,
    rows.flatMap(({ ticket }) => ticket?.id ?? []),
  )
  const { preferences, timezone } = await preferencesOf(db, who.id)
  const alertsOf = alertsFor(preferences, timezone)
  const shape = ({ byKind: type, byId, byName, ticket, ...row }: Row): Notification => {
    const by = { type, id: byId, name: byName }
    const shown = { ...row, alerts: alertsOf(row) }
    if (ticket && visible.has(ticket.id)) return { ...shown, ticket, by }
    // A colleague is known anyway; who the customer was, and what they wrote, is the ticket's.
    const hidden = { messageId: null, excerpt: null, ticket: null }
    return { ...shown, ...hidden, by: type === "user" ? by : { type, id: null, name: null } }
  }
  const [counted, unread] = [await countOf(db, who, query.unread), await countOf(db, who, true)]
  return { ...toPage(rows, query.limit, counted, shape, (row) => [row.createdAt.toISOString(), row.id]), unread }
}

/** SQL: those of connections are for who looks after them today. */
const inSight = (who: Principal) => (can.manageConnections(who) ? "" : "and n.connection_id is null")

/** How many there are, read or unread or both, counting no further than lists do. */
async function countOf(db: Database, who: Principal, unread: boolean | undefined): Promise<number> {
  const rows = await db.run<{ n: number }>(
    statement("", (p) => {
      const only = unread === undefined ? "" : `and read_at is ${unread ? "" : "not"} null`
      return `select count(*) as n from (
        select from notifications n where user_id = ${p(who.id)} ${inSight(who)} ${only} limit ${countCap + 1}) counted`
    }),
  )
  return rows[0]?.n ?? 0
}

/**
 * Marks these as read, those of a ticket, or all; others' are left alone. `unread`: how many are unread then; `read`: one of those
 * marked.
 */
export async function markRead(act: Act, userId: string, { ids, ticket }: ReadBody) {
  const only = ids ? sql`and id = any(${ids}::text[])` : ticket === undefined ? sql`` : sql`and ${isOfTicket(ticket)}`
  const marked = await sql<{ id: string | null }>`with marked as (update notifications set read_at = ${act.now}
      where user_id = ${userId} and read_at is null ${only} returning id)
    select min(id) as id from marked`.execute(act.tx)
  const left = await sql<{ n: number }>`
    select count(*) as n from notifications where user_id = ${userId} and read_at is null`.execute(act.tx)
  return { unread: left.rows[0]?.n ?? 0, read: marked.rows[0]?.id ?? null }
}

function isOfTicket(written: string) {
  const ref = readTicketReference(written)
  if (ref === null) throw invalidField("ticket", "must be the id or number of a ticket")
  return "id" in ref
    ? sql`ticket_id = ${ref.id}`
    : sql`ticket_id in (select id from tickets where number = ${ref.number})`
}

const keptDays = 90

const unreadKeptDays = 365

/** What was read long ago, and what nobody will read any more. */
export const purgeNotifications: Purge = (act) =>
  purgeRows(
    act,
    "notifications",
    sql`(read_at < ${act.now}::timestamptz - make_interval(days => ${keptDays})
      or created_at < ${act.now}::timestamptz - make_interval(days => ${unreadKeptDays}))`,
  )
