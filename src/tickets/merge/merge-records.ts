// The rows of merges: what was merged into what, and what undoing it puts back.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { takenBackOrForwardedSql } from "#messages/index.ts"
import type { Status } from "../lifecycle/lifecycle-table.ts"
import type { TicketRow } from "../ticket-row.ts"

export type Merge = {
  sourceId: string
  targetId: string
  status: Status
  threadKey: string | null
  resolvedAt: Date | null
  closedAt: Date | null
  resolution: string | null
  snoozedUntil: Date | null
  unreadMessages: number
  targetFirstResponseAt: Date | null
  adoptedContact: boolean
  adoptedConnection: boolean
  messageIds: string[]
  mergedAt: Date
}

type MergeNotes = Pick<Merge, "adoptedContact" | "adoptedConnection" | "messageIds"> & { reason: string | null }

/** Written while the source is still what it was. */
export async function insertMerge(act: Act, source: TicketRow, target: TicketRow, more: MergeNotes): Promise<void> {
  await sql`
    insert into ticket_merges (source_id, target_id, status, thread_key, resolved_at, closed_at, resolution, snoozed_until,
      unread_messages, target_first_response_at, adopted_contact, adopted_connection, message_ids, reason, merged_at)
    select id, ${target.id}, status, thread_key, resolved_at, closed_at, resolution, snoozed_until, unread_messages,
      ${target.firstResponseAt}::timestamptz, ${more.adoptedContact}, ${more.adoptedConnection}, ${more.messageIds}::text[],
      ${more.reason}, ${act.now} from tickets where id = ${source.id}`.execute(act.tx)
  // Not by the verb, which would count as a second change of both.
  await act.tx
    .insertInto("ticketLinks")
    .values({ fromId: source.id, toId: target.id, type: "merged", createdAt: act.now })
    .execute()
}

export async function mergeOf(act: Act, sourceId: string): Promise<Merge | undefined> {
  const { rows } = await sql<Merge>`
    select source_id, target_id, status, thread_key, resolved_at, closed_at, resolution, snoozed_until, unread_messages,
      target_first_response_at, adopted_contact, adopted_connection, message_ids, merged_at
    from ticket_merges where source_id = ${sourceId}`.execute(act.tx)
  return rows[0]
}

export async function deleteMerge(act: Act, sourceId: string): Promise<void> {
  await act.tx.deleteFrom("ticketMerges").where("sourceId", "=", sourceId).execute()
  await act.tx.deleteFrom("ticketLinks").where("fromId", "=", sourceId).where("type", "=", "merged").execute()
}

/** Is another ticket with a contact still merged into this one? Then what that one brought stays. */
export async function hasOtherSources(act: Act, merge: Merge): Promise<boolean> {
  const { rows } = await sql<{ others: boolean }>`
    select exists (select from ticket_merges m join tickets t on t.id = m.source_id
      where m.target_id = ${merge.targetId} and m.source_id <> ${merge.sourceId} and t.contact_id is not null) as others`.execute(
    act.tx,
  )
  return rows[0]?.others ?? false
}

/**
 * How much of what the source brought may still be unread in `places.at(-1)`: nothing that anybody has read in one of `places`
 * since, or answered there, and nothing that was split off.
 */
export async function stillUnreadOf(act: Act, merge: Merge, places: string[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select least(${merge.unreadMessages}::int, count(*)::int) as n from messages m where m.id = any(${merge.messageIds})
      and m.ticket_id = ${places.at(-1)} and m.direction = 'in' and m.kind = 'message' and not m.is_internal
      and not exists (select from events e left join messages seen on seen.id = e.subject_id
        where e.ticket_id = any(${places}) and e.at >= ${merge.mergedAt} and case e.kind
          when 'ticket.read' then not e.data ? 'unread' or seen.position >= m.position
          when 'message.posted' then not e.data ? 'fixed'
          when 'message.received' then e.data->>'direction' = 'out' end)`.execute(act.tx)
  return rows[0]?.n ?? 0
}

/**
 * What was exchanged with the source's customer on somebody else's ticket since it was merged into that, and how much of it
 * is unread. `followed`: what the source leads to, the root included.
 */
export async function exchangedSince(
  act: Act,
  source: TicketRow,
  root: TicketRow,
  { followed, since }: { followed: string[]; since: Date },
) {
  const nothing: { ids: string[]; unread: number } = { ids: [], unread: 0 }
  if (source.contactId === null || source.contactId === root.contactId) return nothing
  const { rows } = await sql<{ id: string; unread: boolean }>`
    select m.id, m.id in (select id from messages where ticket_id = ${root.id} and direction = 'in' and kind = 'message'
        order by position desc limit ${root.unreadMessages}) as unread
    from messages m join contacts c on c.id = m.contact_id
    where m.ticket_id = ${root.id} and coalesce(m.origin_ticket_id = any(${followed}::text[]), true)
      and m.created_at >= ${since} and coalesce(c.merged_into, c.id) = ${source.contactId}`.execute(act.tx)
  return { ids: rows.map(({ id }) => id), unread: rows.filter(({ unread }) => unread).length }
}

/** When one of the staff first answered in what the ticket holds now. */
export async function firstAnswerAt(act: Act, ticketId: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(sent_at) as at from messages m
    where ticket_id = ${ticketId} and direction = 'out' and sender_kind = 'user' and not is_internal and delivery_state <> 'unreachable'
      and not ${sql.raw(takenBackOrForwardedSql("m"))}
      and not exists (select from events e where e.ticket_id = coalesce(m.origin_ticket_id, m.ticket_id)
        and e.subject_id = m.id and e.data ? 'opening')`.execute(act.tx)
  return rows[0]?.at ?? null
}

/** Puts the row of a merged ticket back: a step of the lifecycle at a time, since the database knows no other way. */
export async function restoreRow(act: Act, merge: Merge, steps: Status[], unreadMessages: number): Promise<void> {
  const { sourceId: id, threadKey, resolvedAt, closedAt, resolution, snoozedUntil } = merge
  const before = { threadKey, resolvedAt, closedAt, resolution, snoozedUntil }
  const marks = { ...before, mergedInto: null, unreadMessages, updatedAt: act.now }
  await act.tx
    .updateTable("tickets")
    .set({ ...marks, version: sql`version + 1` })
    .where("id", "=", id)
    .execute()
  for (const status of steps) await act.tx.updateTable("tickets").set({ status }).where("id", "=", id).execute()
}
