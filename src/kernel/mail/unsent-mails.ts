// What operators do with mail that did not leave: list it, send it again, drop it.
import { sql } from "kysely"
import type { Act } from "../act.ts"
import type { Database } from "../db.ts"
import { mailRetryDays } from "./mail-queue.ts"
import { wakeAfter } from "../database/wake.ts"

export type UnsentMail = {
  id: string
  recipient: string
  state: string
  reason: string | null
  tries: number
  createdAt: Date
}

const most = 1_000

/** What was tried and did not leave, oldest first; at most 1,000. */
export async function unsentMails(db: Database): Promise<UnsentMail[]> {
  const { rows } = await sql<UnsentMail>`select id, recipient, state, reason, tries, created_at from outgoing_emails
    where state in ('failed', 'refused', 'dropped') or (state = 'queued' and reason is not null)
    order by created_at, id limit ${most}`.execute(db.kysely)
  return rows
}

/** Tries these (or all that failed, when none is named) for another three days, from now on; how many. */
export async function retryMails(act: Act, ids: string[]): Promise<number> {
  const { rows } = await sql`update outgoing_emails set state = 'queued', tries = 0, reason = null, due_at = ${act.now},
      give_up_at = ${new Date(act.now.getTime() + mailRetryDays * 86_400_000)}
    where sealed is not null and (state = 'failed' or (state = 'queued' and reason is not null))
      and (${ids.length === 0} or id = any(${ids}::text[])) returning id`.execute(act.tx)
  wakeAfter(act.tx, "mail")
  return rows.length
}

/** Drops these: they are never sent; how many. */
export async function dropMails(act: Act, ids: string[]): Promise<number> {
  const { rows } =
    await sql`update outgoing_emails set state = 'dropped', reason = 'by hand', sealed = null, settled_at = ${act.now}
    where state = 'failed' and id = any(${ids}::text[]) returning id`.execute(act.tx)
  return rows.length
}
