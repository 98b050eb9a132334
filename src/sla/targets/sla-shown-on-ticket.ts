// How a ticket stands, as the API shows it: read with the ticket's row, and counted by the clocks of its calendars.
import type { Kysely } from "kysely"
import type { NextHours } from "#calendars/index.ts"
import type { DB } from "#db/types.ts"
import { clocksOf, type ClockOf } from "./calendar-clocks.ts"
import { type Metric, metrics, type TicketSla } from "../api-contract.ts"
import { stateOf } from "./sla-state.ts"
import { targetMs, workedMs } from "./working-time-clock.ts"

/** SQL of a ticket `t`: null when it never had a target. Of each metric what runs, else what ran last in this cycle. */
export const ticketSlaSql = `(select json_build_object('policyId', s.policy_id, 'isVisible', p.visible_to_customer,
    'pausedAt', s.paused_at, 'breachedAt', s.breached_at, 'state', s.state,
    'targets', array(select json_build_object('metric', g.metric, 'calendarId', g.calendar_id, 'minutes', g.minutes,
        'startedAt', g.started_at, 'pauses', g.pauses, 'pausedAt', g.paused_at, 'warnAt', g.warn_at, 'dueAt', g.due_at,
        'endedAt', g.ended_at, 'outcome', g.outcome)
      from (select distinct on (metric) * from (
          select * from sla_targets where counted_on = t.id and ended_at is null
          union all select * from sla_targets where ticket_id = t.id and cycle = s.cycle and ended_at is not null) every
        where minutes is not null
        order by metric, ended_at is null desc, case when ended_at is null then due_at end,
          case when ended_at is null then left_ms end, id desc) g))
  from ticket_sla s left join sla_policies p on p.id = s.policy_id where s.ticket_id = t.id)`

type StoredTarget = {
  metric: Metric
  calendarId: string | null
  minutes: number
  startedAt: string
  pauses: [from: string, until: string][]
  outcome: "met" | "breached" | "none" | null
} & Record<"pausedAt" | "warnAt" | "dueAt" | "endedAt", string | null>

/** What `ticketSlaSql` gives. */
export type StoredSla = Pick<TicketSla, "policyId" | "state"> & {
  isVisible: boolean | null
  pausedAt: string | null
  breachedAt: string | null
  targets: StoredTarget[]
}

const toDate = (text: string | null) => (text === null ? null : new Date(text))
const minuteMs = 60_000

/** Rows with their SLA as it is now, in place of what is stored of it. */
export async function withSla<Row extends { sla: StoredSla | null }>(
  from: Kysely<DB>,
  rows: readonly Row[],
  now: Date,
) {
  const running = rows.flatMap(({ sla }) => sla?.targets.filter(({ endedAt }) => endedAt === null) ?? [])
  const clockOf = await clocksOf(
    from,
    running.map(({ calendarId }) => calendarId),
  )
  return rows.map(({ sla, ...row }) => ({
    ...row,
    sla: sla && toTicketSla(sla, clockOf, now),
    isSlaVisible: sla?.isVisible === true,
  }))
}

/** Null without a target: the policy grants none. */
function toTicketSla(sla: StoredSla, clockOf: ClockOf, now: Date): TicketSla | null {
  if (sla.targets.length === 0) return null
  const { policyId, state, pausedAt, breachedAt } = sla
  const byMetric = new Map(sla.targets.map((target) => [target.metric, target]))
  const targets = metrics.flatMap((metric) => {
    const target = byMetric.get(metric)
    return target ? [toShown(target, clockOf, now)] : []
  })
  return { policyId, state, pausedAt: toDate(pausedAt), breachedAt: toDate(breachedAt), targets }
}

const noHours: NextHours = { closesAt: null, opensAt: null }

function toShown(target: StoredTarget, clockOf: ClockOf, now: Date): TicketSla["targets"][number] {
  const { metric, minutes, outcome } = target
  const [warnAt, dueAt] = [toDate(target.warnAt), toDate(target.dueAt)]
  const [pausedAt, endedAt] = [toDate(target.pausedAt), toDate(target.endedAt)]
  const state = stateOf({ endedAt, outcome, minutes, warnAt, dueAt, pausedAt }, now)
  if (endedAt !== null) return { metric, dueAt, state, minutesRemaining: null, percentRemaining: null, ...noHours }
  const pauses = target.pauses.map(([from, until]) => ({ from: new Date(from), until: new Date(until) }))
  const run = { startedAt: new Date(target.startedAt), pauses, pausedAt }
  const left = Math.max(0, targetMs(minutes) - workedMs(clockOf(target.calendarId), run, now))
  return {
    metric,
    dueAt,
    state,
    minutesRemaining: Math.floor(left / minuteMs),
    percentRemaining: Math.round((left / targetMs(minutes)) * 1_000) / 10,
    ...(pausedAt === null ? clockOf(target.calendarId).hours(now) : noHours),
  }
}
