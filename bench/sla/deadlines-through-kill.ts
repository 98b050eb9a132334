// Deadlines that fall due within one minute on two servers, of which one is killed in the middle.
import { setTimeout as wait } from "node:timers/promises"
import { type BenchPostgres, createApiKeys, queryRows } from "../postgres-for-bench.ts"
import { startServer } from "../server-process.ts"
import { createPolicy } from "./create-policy.ts"

export type DeadlinesResult = { deadlines: number; warnings: Fired; breaches: Fired }
/** `lateSeconds`: from the instant to the event in the log, as everybody reads it. */
type Fired = { once: number; more: number; lateSeconds: { p50: number; worst: number } }

const targetMinutes = 2
const overSeconds = 60
/** Until the first is due: the servers read the tickets of the log meanwhile. */
const leadSeconds = 40
const patienceSeconds = 60

export async function benchDeadlines(ground: BenchPostgres, deadlines: number): Promise<DeadlinesResult> {
  const url = await ground.database("deadlines")
  const { admin } = await createApiKeys(url)
  const [one, other] = await Promise.all([1, 2].map(() => startServer(ground, { databaseUrl: url })))
  try {
    await createPolicy(one!.base, admin, { firstResponse: { medium: targetMinutes } })
    const began = performance.now()
    await openTickets(url, deadlines)
    await wait(1_000 * (leadSeconds + overSeconds / 2) - (performance.now() - began))
    await one!.stop("SIGKILL")
    await untilBreached(url, deadlines)
    return {
      deadlines,
      warnings: await firedOf(url, "ticket.sla_warned", "warn_at"),
      breaches: await firedOf(url, "ticket.sla_breached", "due_at"),
    }
  } finally {
    await Promise.all([one!.stop("SIGKILL"), other!.stop()])
    await ground.drop(url)
  }
}

/** So long ago that they fall due one after the other in a minute that begins soon. */
function openTickets(url: string, count: number) {
  const openedAt = `now() + interval '1 second' * (${leadSeconds} + ${overSeconds}.0 * n / ${count}) - interval '${targetMinutes} minutes'`
  return queryRows(
    url,
    `with opened as (
       insert into tickets (id, kind, status, subject, channel, last_message_at, created_by_kind, created_at, updated_at)
       select 'tkt_bench' || n, 'support', 'open', 'Ticket ' || n, 'web', ${openedAt}, 'system', ${openedAt}, ${openedAt}
       from generate_series(1, ${count}) n returning id, created_at)
     insert into events (at, kind, ticket_id, actor_kind) select created_at, 'ticket.created', id, 'system' from opened order by created_at`,
  )
}

async function untilBreached(url: string, deadlines: number) {
  for (let tries = 0; tries < 2 * (overSeconds + patienceSeconds); tries++) {
    const [row] = await queryRows<{ n: number }>(
      url,
      "select count(distinct ticket_id)::int as n from events where kind = 'ticket.sla_breached' and position is not null",
    )
    if (row!.n >= deadlines) return
    await wait(500)
  }
}

async function firedOf(url: string, kind: string, instant: "warn_at" | "due_at"): Promise<Fired> {
  const [row] = await queryRows<{ once: number; more: number; p50: number; worst: number }>(
    url,
    `select count(*) filter (where times = 1)::int as once, count(*) filter (where times > 1)::int as more,
       percentile_cont(0.5) within group (order by late)::float8 as p50, max(late)::float8 as worst
     from (select count(*) as times, max(extract(epoch from e.placed_at - s.${instant})) as late
       from events e join sla_targets s on s.ticket_id = e.ticket_id and s.metric = 'first_response'
       where e.kind = $1 group by e.ticket_id) fired`,
    [kind],
  )
  const { once, more, ...lateSeconds } = row!
  return { once, more, lateSeconds }
}
