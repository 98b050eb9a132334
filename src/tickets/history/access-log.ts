import { sql } from "kysely"
import { type Database, statement } from "#kernel/db.ts"
import { rowsSql } from "#kernel/database/rows-sql.ts"
import { eventRecord, recordBatchSql, toEventRecord } from "#event-log/index.ts"
import type { Kit } from "#kernel/kit.ts"
import { type Purge, purgeRows } from "#kernel/jobs/cleanup.ts"
import { can, type Principal, type TicketAccess } from "#people/index.ts"
import { viewOne } from "../ticket-store.ts"
import { factsOf, type ViewRow } from "../ticket-view.ts"

/** One ticket as its reader sees it, noted when it is none of theirs. */
export async function viewWithAccessLog(
  { db, now }: Pick<Kit, "db" | "now">,
  who: Principal,
  ref: string,
): Promise<ViewRow> {
  const row = await viewOne(db, who, ref)
  await noteLook(db, who, { ...factsOf(row), id: row.id }, now())
  return row
}

/**
 * An admin sees everything, but reading what is none of theirs leaves a trace: one event for each of them, ticket and day
 * (in UTC). It has the ticket as its subject only, so that it is no part of the ticket's story and moves no screen.
 */
async function noteLook(db: Database, who: Principal, ticket: TicketAccess & { id: string }, now: Date) {
  if (!can.admin(who) || can.seeTicket({ ...who, role: "agent" }, ticket)) return
  await db.run(
    statement("ticket-look", (p) => {
      const looked = `looked as (insert into ticket_access_log (user_id, ticket_id, day)
        values (${p(who.id)}, ${p(ticket.id)}, (${p(now)}::timestamptz at time zone 'UTC')::date) on conflict do nothing returning ticket_id)`
      const event = toEventRecord({ kind: "ticket.looked_at", actor: who, ticketId: null, subjectId: ticket.id })
      const from = `(select r.*, null as team_id, null as assignee_id from ${rowsSql(p, [event], eventRecord)}, looked) r`
      return `with ${looked} ${recordBatchSql(`${p(now)}::timestamptz`, from)}`
    }),
  )
  db.wakes.wake("log")
}

/** Accesses count by day; those of past days are in the log. */
export const purgeAccessLog: Purge = (act) =>
  purgeRows(act, "ticketAccessLog", sql`day < ${act.now}::timestamptz::date - 1`)
