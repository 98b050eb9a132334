// How often a rule would have acted in the last week, shown while it is written. Tickets are asked as they are now.
import { type Kysely, type RawBuilder, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Kit } from "#kernel/kit.ts"
import { mapYielding } from "#kernel/map-without-blocking-event-loop.ts"
import { type Condition, failingConditions } from "#conditions/index.ts"
import type { PreviewAnswer, Trigger } from "./api-contract.ts"
import { refuseMisplaced } from "./change-automation-rules.ts"
import { factColumns, type FactRow, openings, toFacts } from "./read-rule-facts.ts"
import { messagesThatWaited, saidByPeople } from "./waiting-messages.ts"

const weekMs = 7 * 86_400_000
const examinedAtMost = 1_000
const shownAtMost = 50
/** The log is read backwards no further than this. */
const eventsAtMost = 50_000

type Past = FactRow & { number: string; at: Date; previousStatus: string | null }

type Preview = { trigger: Trigger; conditions: Condition[] }

export async function previewRule({ db, now }: Pick<Kit, "db" | "now">, asked: Preview): Promise<PreviewAnswer> {
  refuseMisplaced(asked.trigger, asked.conditions)
  const past = await pastOf(db.kysely, asked.trigger, now())
  const examined = past.slice(0, examinedAtMost)
  const openAt = await openings(db.kysely, asked.conditions)
  const found = await mapYielding(examined, (one) =>
    failingConditions(asked.conditions, toFacts(one, one, openAt(one.at))) === null ? [one] : [],
  )
  const matching = found.flat()
  const items = matching.slice(0, shownAtMost)
  return {
    examined: examined.length,
    isCapped: past.length > examined.length,
    matched: matching.length,
    items: items.map(({ id, number, subject, status, at }) => ({ id, number, subject, status, at })),
  }
}

/** What led to rules of this kind, the newest first. */
async function pastOf(from: Kysely<DB>, trigger: Trigger, now: Date): Promise<Past[]> {
  const since = new Date(now.getTime() - weekMs)
  switch (trigger.type) {
    case "ticket_created":
      return past(
        from,
        sql`t.created_at as at, null as previous_status`,
        sql`tickets t left join messages m on false`,
        {
          where: sql`t.created_at > ${since}`,
          by: sql`t.created_at desc, t.id desc`,
        },
      )
    case "message_received":
      return past(
        from,
        sql`m.created_at as at, null as previous_status`,
        sql`messages m join tickets t on t.id = m.ticket_id`,
        {
          where: sql`${sql.raw(saidByPeople)} and m.direction = 'in' and m.created_at > ${since}`,
          by: sql`m.created_at desc`,
        },
      )
    case "status_changed": {
      const order = { where: sql`true`, by: sql`e.position desc` }
      const step = sql`e.at, e.data ->> 'from' as previous_status, e.data ->> 'to' as next_status`
      const steps = await past<Past & { nextStatus: string }>(from, step, newestSteps(since), order)
      return steps.map(({ nextStatus, ...one }) => ({ ...one, status: nextStatus }))
    }
    case "waiting": {
      const { minutes, waitsFor } = trigger
      // The wait was over in that week; the message that began it came in so long before.
      const later = (at: Date, by: number) => new Date(at.getTime() + by * 60_000)
      const arrived = { after: later(since, -minutes), upTo: later(now, -minutes) }
      const waited = await messagesThatWaited(from, waitsFor, { ...arrived, minutes, limit: examinedAtMost + 1 })
      return waited.map((one) => ({ ...one, at: later(one.arrivedAt, minutes), previousStatus: null }))
    }
  }
}

type Part = RawBuilder<unknown>

async function past<Row = Past>(from: Kysely<DB>, more: Part, source: Part, { where, by }: { where: Part; by: Part }) {
  const { rows } = await sql<Row>`
    select ${sql.raw(factColumns)}, t.number, ${more} from ${source} left join contacts c on c.id = t.contact_id
    where t.kind in ('support', 'conversation') and t.merged_into is null and ${where}
    order by ${by} limit ${examinedAtMost + 1}`.execute(from)
  return rows
}

/** Steps of tickets. */
const newestSteps = (since: Date) => sql`
  (select * from events where events.position > 0 order by position desc limit ${eventsAtMost}) e
    join tickets t on t.id = e.ticket_id and e.kind in ('ticket.status_changed', 'ticket.reopened') and e.at > ${since}
    left join messages m on false`
