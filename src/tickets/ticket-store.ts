import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { rowsSql } from "#kernel/database/rows-sql.ts"
import { type Database, type Param, runIn, type Statement, statement } from "#kernel/db.ts"
import { notFound } from "#kernel/errors.ts"
import { can, type Principal } from "#people/index.ts"
import { withSla } from "#sla/index.ts"
import type { Status } from "./lifecycle/lifecycle-table.ts"
import { readTicketReference, ticketOfNumberSql } from "./numbers/find-ticket-by-number-or-alias.ts"
import { scopeCondition } from "./visible-tickets-conditions.ts"
import { accessOf, columnsFor, type StoredRow, type ViewRow, viewColumns, viewJoins } from "./ticket-view.ts"
import type { TicketRow } from "./ticket-row.ts"

const columns = sql`id, number, kind, thread_key, status, active, contact_id, requester_identity_id, connection_id, is_group, assignee_id, team_id,
  subject, description, priority, tags, custom_fields, snoozed_until, unread_messages, first_response_at, created_by_kind, created_by_id, version, reopen_count, cycle, resolved_at,
  closed_at, merged_into, created_at`

/** Locks the row until the transaction ends, so that what the verb decides stays true. */
export async function lockTicket(act: Act, id: string): Promise<TicketRow> {
  const rows = await sql<TicketRow>`select ${columns} from tickets where id = ${id} for update`.execute(act.tx)
  const row = rows.rows[0]
  if (!row) throw notFound("ticket")
  return row
}

/** Locks those of these tickets that nobody works on right now. */
export async function lockFreeTickets(act: Act, ids: string[]): Promise<TicketRow[]> {
  const rows = await sql<TicketRow>`
    select ${columns} from tickets where id = any(${ids}::text[]) for update skip locked`.execute(act.tx)
  return rows.rows
}

/** Locks several, in the order that all keep who lock more than one, so that no two ever wait for each other: by what never changes. */
export async function lockInOrder(act: Act, ids: string[]): Promise<Map<string, TicketRow>> {
  const rows = await sql<TicketRow>`
    select ${columns} from tickets where id = any(${ids}) order by id for update`.execute(act.tx)
  return new Map(rows.rows.map((row) => [row.id, row]))
}

/** Locks all tickets of these contacts, in that order too. */
export async function lockTicketsOf(act: Act, contactIds: string[]): Promise<TicketRow[]> {
  const rows = await sql<TicketRow>`
    select ${columns} from tickets where contact_id = any(${contactIds}) order by id for update`.execute(act.tx)
  return rows.rows
}

/** What `ref` means for this reader, unlocked; null also when they may not see it. */
export async function findVisible(db: Pick<Database, "kysely">["kysely"], who: Principal, ref: string) {
  const found = await runIn<{ id: string; mergedInto: string | null }>(
    db,
    visible(`t.id, t.merged_into as "mergedInto"`, who, ref),
  )
  return found[0] ?? null
}

/** Finds what `ref` means for this reader, locks it, and refuses what they may not see exactly as what is not there. */
export async function lockVisible(act: Act, who: Principal, ref: string): Promise<TicketRow> {
  const ticket = await lockTicket(act, await idVisible(act, who, ref))
  refuseUnseen(who, ticket)
  return ticket
}

/** It may have gone out of sight while we waited for it. */
export function refuseUnseen(who: Principal, ticket: TicketRow) {
  if (!can.seeTicket(who, accessOf(ticket))) throw notFound("ticket")
}

export async function idVisible(act: Act, who: Principal, ref: string): Promise<string> {
  const found = await runIn<{ id: string }>(act.tx, visible("t.id", who, ref))
  if (!found[0]) throw notFound("ticket")
  return found[0].id
}

/** Without its SLA: for what asks who may see it, and fills in texts. */
export async function viewOne(db: Database, who: Principal, ref: string): Promise<ViewRow> {
  const rows = await db.run<StoredRow>(visible((p) => columnsFor(p, who), who, ref))
  if (!rows[0]) throw notFound("ticket")
  return { ...rows[0], sla: null, isSlaVisible: false }
}

/** The ticket by id in the verb's own transaction, for its answer. */
export async function viewIn(act: Act, id: string): Promise<ViewRow> {
  const [row] = await withSla(act.tx, await runIn<StoredRow>(act.tx, viewById(id)), act.now)
  if (!row) throw notFound("ticket")
  return row
}

export function viewById(id: string): Statement {
  return statement("ticket-by-id", (p) => `select ${viewColumns} from tickets t ${viewJoins} where t.id = ${p(id)}`)
}

function visible(what: string | ((p: Param) => string), who: Principal, ref: string): Statement {
  const meant = readTicketReference(ref)
  if (!meant) throw notFound("ticket")
  const joins = typeof what === "string" ? "" : viewJoins
  return {
    ...statement("", (p) => {
      const id = "id" in meant ? p(meant.id) : ticketOfNumberSql(p, meant)
      return `select ${typeof what === "string" ? what : what(p)} from tickets t ${joins} where t.id = ${id} and ${scopeCondition(p, who)}`
    }),
  }
}

/** Saves a step of the lifecycle with the marks that go with it. Raises the version. */
export async function saveStatus(act: Act, ticket: TicketRow, to: Status, marks: Record<string, unknown>) {
  await act.tx
    .updateTable("tickets")
    .set({ status: to, version: sql`version + 1`, updatedAt: act.now, ...marks })
    .where("id", "=", ticket.id)
    .execute()
}

/** The same step for several; none of them leaves or enters an end of its life. */
export async function saveStatuses(act: Act, ids: string[], to: Status) {
  await sql`update tickets set status = ${to}, version = version + 1, updated_at = ${act.now}
    where id = any(${ids}::text[])`.execute(act.tx)
}

/** Each of these tickets to its new owner, in one statement. */
export async function saveOwners(
  act: Act,
  owners: { ticket: { id: string }; agentId: string | null; teamId: string | null }[],
) {
  const rows = owners.map(({ ticket, agentId, teamId }) => ({ id: ticket.id, agent: agentId, team: teamId }))
  await sql`
    update tickets t set assignee_id = o.agent, team_id = o.team, version = t.version + 1, updated_at = ${act.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as o (id text, agent text, team text)
    where t.id = o.id`.execute(act.tx)
}

/** A ticket that had no thread has this one from now on. Nothing that people see as a change. */
export async function giveThread(act: Act, id: string, threadKey: string): Promise<void> {
  await act.tx.updateTable("tickets").set({ threadKey }).where("id", "=", id).where("threadKey", "is", null).execute()
}

export async function saveFields(act: Act, id: string, fields: Record<string, unknown>) {
  await act.tx
    .updateTable("tickets")
    .set({ ...fields, version: sql`version + 1`, updatedAt: act.now })
    .where("id", "=", id)
    .execute()
}

export async function saveUnread(act: Act, id: string, unreadMessages: number) {
  await act.tx.updateTable("tickets").set({ unreadMessages }).where("id", "=", id).execute()
}

/** Of these tickets, the ones this person may see. */
export async function visibleAmong(db: Database, who: Principal, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db.run<{ id: string }>(
    statement("", (p) => `select t.id from tickets t where t.id = any(${p(ids)}) and ${scopeCondition(p, who)}`),
  )
  return new Set(rows.map((row) => row.id))
}

/** Gives each of these tickets its categories and no others. */
export async function saveCategories(act: Act, tickets: readonly { id: string; categoryIds: readonly string[] }[]) {
  if (tickets.length === 0) return
  const ids = tickets.map(({ id }) => id)
  await sql`delete from ticket_categories where ticket_id = any(${ids}::text[])`.execute(act.tx)
  const rows = tickets.flatMap(({ id, categoryIds }) =>
    [...new Set(categoryIds)].map((categoryId) => ({ id, categoryId })),
  )
  if (rows.length === 0) return
  const insert = (p: Param) => `insert into ticket_categories (ticket_id, category_id)
    select r.id, r."categoryId" from ${rowsSql(p, rows, `id text, "categoryId" text`)}`
  await runIn(act.tx, statement("", insert))
}

/** In the order of their ids. */
export async function categoriesOf(act: Act, ticketId: string): Promise<string[]> {
  const rows = await act.tx
    .selectFrom("ticketCategories")
    .select("categoryId")
    .where("ticketId", "=", ticketId)
    .orderBy("categoryId")
    .execute()
  return rows.map(({ categoryId }) => categoryId)
}

/** Which of these categories do not exist? */
export async function unknownCategories(act: Act, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const known = await act.tx.selectFrom("categories").select("id").where("id", "in", ids).execute()
  return ids.filter((id) => !known.some((k) => k.id === id))
}
