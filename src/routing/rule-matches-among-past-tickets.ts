// Which past tickets the conditions of a rule hold for, shown while it is written.
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Database } from "#kernel/db.ts"
import { type Condition, conditionFacts, failingConditions, ticketFactColumns } from "#conditions/index.ts"
import type { QueuedTicket } from "./routing-queue.ts"

/** Looking is bounded: the newest of the time asked for, and of those that differ or match some to look at. */
const examinedAtMost = 1_000
const shownAtMost = 50

type Past = QueuedTicket & { number: string; status: string; isGroup: boolean; createdAt: Date }

async function newestTickets(from: Kysely<DB>): Promise<Past[]> {
  const rows = await sql<Past>`
    select t.number, t.status, t.is_group, t.created_at, ${sql.raw(ticketFactColumns)}
    from tickets t left join contacts c on c.id = t.contact_id
    where t.kind in ('support', 'conversation')
    order by t.created_at desc, t.id desc limit ${examinedAtMost + 1}`.execute(from)
  return rows.rows
}

const shown = ({ id, number, subject, status, createdAt }: Past) => ({ id, number, subject, status, createdAt })

/** Which of the newest tickets these conditions hold for. */
export async function matchesOf({ kysely }: Database, conditions: Condition[]) {
  const past = await newestTickets(kysely)
  const examined = past.slice(0, examinedAtMost)
  const matching = examined.filter((ticket) => failingConditions(conditions, conditionFacts(ticket)) === null)
  const isCapped = past.length > examined.length
  return {
    examined: examined.length,
    isCapped,
    matched: matching.length,
    items: matching.slice(0, shownAtMost).map(shown),
  }
}
