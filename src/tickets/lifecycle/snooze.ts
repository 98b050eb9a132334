// A snoozed ticket: it is in no open view until then, or until its customer writes. It stops nothing else.
import type { Timer } from "#timers/index.ts"
import { sql } from "kysely"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { statement } from "#kernel/db.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import type { Log } from "#kernel/log.ts"
import { startPollingLoop } from "#kernel/jobs/polling-loop.ts"
import { wakeAfter } from "#kernel/database/wake.ts"
import { record } from "#event-log/index.ts"
import { saveFields } from "../ticket-store.ts"
import { type TicketRow } from "../ticket-row.ts"

const longestDays = 3_660
const wokenAtOnce = 100
const lookEveryMs = 500

/** Puts a locked ticket off. Refuses: an instant that has passed or is more than ten years away; what is not open (409). */
export async function snooze(act: Act, ticket: TicketRow, until: Date): Promise<void> {
  if (until <= act.now) throw invalidField("until", "must be in the future")
  if (until.getTime() - act.now.getTime() > longestDays * 86_400_000)
    throw invalidField("until", `must be within ${longestDays} days`)
  if (!ticket.active) throw new Refusal("conflict", "transition", `A ticket that is ${ticket.status} cannot be put off`)
  if (ticket.snoozedUntil?.getTime() === until.getTime()) return
  await saveFields(act, ticket.id, { snoozedUntil: until })
  wakeAfter(act.tx, "snooze")
  await record(act, "ticket.snoozed", { ticketId: ticket.id, data: { until: until.toISOString() } })
}

/** Takes it back into the open views; one that is there already stays as it is. */
export async function unsnooze(act: Act, ticket: Pick<TicketRow, "id" | "snoozedUntil">): Promise<void> {
  if (ticket.snoozedUntil === null) return
  await saveFields(act, ticket.id, { snoozedUntil: null })
  await record(act, "ticket.woken", { ticketId: ticket.id })
}

/** Wakes what has slept long enough, some at a time; true when there may be more. What others hold is woken next time. */
export async function unsnoozeDue(kit: Pick<Kit, "db" | "now">): Promise<boolean> {
  const now = kit.now()
  // Looked for outside of a transaction, which would wake every loop, this one too; by the first, for "is any due by this instant"
  // may be answered by reading all tickets.
  const due = await kit.db.run(
    statement(
      "snooze-due",
      (p) => `select from (select min(snoozed_until) as at from tickets) first where at <= ${p(now)}::timestamptz`,
    ),
  )
  if (due.length === 0) return false
  return inTransaction(kit.db, { actor: system, now }, async (act) => {
    // Nobody changed the ticket: its `updatedAt` stays.
    const woken = await sql<{ id: string }>`
      update tickets set snoozed_until = null, version = version + 1 where id in (
        select id from tickets where snoozed_until <= ${now} order by snoozed_until limit ${wokenAtOnce} for update skip locked)
      returning id`.execute(act.tx)
    for (const { id } of woken.rows) await record(act, "ticket.woken", { ticketId: id })
    return woken.rows.length === wokenAtOnce
  })
}

export const snoozeTimer: Timer = {
  topic: "snooze",
  dueSql: "select min(snoozed_until) from tickets where snoozed_until is not null",
}

export function startUnsnoozing(kit: Kit, log: Log) {
  return startPollingLoop(kit.db, log, { name: "snooze", step: () => unsnoozeDue(kit), everyMs: lookEveryMs })
}
