import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import type { CycleSummary } from "./sla-state.ts"
import type { Target } from "./apply-facts-to-targets.ts"

type StoredTarget = Omit<Target, "pauses"> & { pauses: [from: string, until: string][] }

const targetColumns = sql`id, ticket_id, counted_on, cycle, metric, policy_id, calendar_id, minutes, started_at, started_by,
  pauses, paused_at, warn_at, due_at, left_ms, warned_at, breached_at, ended_at, outcome, wakes_at`

const toTarget = (row: StoredTarget): Target =>
  Object.assign(row, {
    pauses: row.pauses.map(([from, until]) => ({ from: new Date(from), until: new Date(until) })),
  })

/** What runs on these tickets, and on the ones on which theirs is counted. Targets change under the lock on the reader `sla` alone. */
export async function runningTargetsOn(act: Act, ticketIds: string[]): Promise<Target[]> {
  const { rows } = await sql<StoredTarget>`
    select ${targetColumns} from sla_targets where ended_at is null and counted_on in (
      select unnest(${ticketIds}::text[])
      union select counted_on from sla_targets where ticket_id = any(${ticketIds}::text[]) and ended_at is null)
    order by id`.execute(act.tx)
  return rows.map(toTarget)
}

/** What these tickets had, in all their cycles. */
export async function endedTargetsOf(act: Act, ticketIds: string[]): Promise<Target[]> {
  const { rows } = await sql<StoredTarget>`
    select ${targetColumns} from sla_targets where ticket_id = any(${ticketIds}::text[]) and ended_at is not null`.execute(
    act.tx,
  )
  return rows.map(toTarget)
}

export async function hasRunningTargets(from: Kysely<DB>): Promise<boolean> {
  // By the first of the index: most targets have ended, and for "is there any" a plan may read them all.
  const { rows } = await sql<{ some: boolean }>`
    select (select min(counted_on) from sla_targets where ended_at is null) is not null as some`.execute(from)
  return rows[0]!.some
}

/** How these tickets stand in their cycle, as far as they ever had a target. */
export async function cycleSummaries(from: Kysely<DB>, ticketIds: string[]): Promise<Map<string, CycleSummary>> {
  const { rows } = await sql<CycleSummary>`
    select ticket_id, cycle, policy_id, state, due_at, paused_at, breached_at, has_met, is_running from ticket_sla
    where ticket_id = any(${ticketIds}::text[])`.execute(from)
  return new Map(rows.map((row) => [row.ticketId, row]))
}

/** The tickets on which something is due to fire, the longest overdue first. */
export async function ticketsWithAlarms(act: Act, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct counted_on as id from (
      select counted_on from sla_targets where wakes_at <= ${act.now}::timestamptz order by wakes_at limit ${most}) due`.execute(
    act.tx,
  )
  return rows.map(({ id }) => id)
}

/** Targets as they are now; those without an id are new. */
export async function saveTargets(act: Act, changed: readonly Target[]): Promise<void> {
  const [made, kept] = [changed.filter(({ id }) => id === null), changed.filter(({ id }) => id !== null)]
  if (made.length > 0) await insertTargets(act, made.map(toRecord))
  if (kept.length > 0) await updateTargets(act, kept.map(changesOf))
}

const pausesOf = ({ pauses }: Target) => pauses.map(({ from, until }) => [from, until])
const toRecord = (target: Target) => ({ ...target, pauses: pausesOf(target) })

/** What may change of a target. Nulls are left out, which reads the same: most are, and a recount writes two hundred thousand. */
const changesOf = (target: Target) => ({
  id: target.id,
  countedOn: target.countedOn,
  policyId: target.policyId ?? undefined,
  calendarId: target.calendarId ?? undefined,
  minutes: target.minutes ?? undefined,
  pauses: pausesOf(target),
  pausedAt: target.pausedAt ?? undefined,
  warnAt: target.warnAt ?? undefined,
  dueAt: target.dueAt ?? undefined,
  leftMs: target.leftMs ?? undefined,
  warnedAt: target.warnedAt ?? undefined,
  breachedAt: target.breachedAt ?? undefined,
  endedAt: target.endedAt ?? undefined,
  outcome: target.outcome ?? undefined,
  wakesAt: target.wakesAt ?? undefined,
})

const record = sql`r (id bigint, "ticketId" text, "countedOn" text, cycle int, metric text, "policyId" text, "calendarId" text,
  minutes int, "startedAt" timestamptz, "startedBy" text, pauses jsonb, "pausedAt" timestamptz, "warnAt" timestamptz,
  "dueAt" timestamptz, "leftMs" bigint, "warnedAt" timestamptz, "breachedAt" timestamptz, "endedAt" timestamptz, outcome text, "wakesAt" timestamptz)`

async function insertTargets(act: Act, rows: readonly object[]) {
  await sql`
    insert into sla_targets (ticket_id, counted_on, cycle, metric, policy_id, calendar_id, minutes, started_at, started_by, pauses,
      paused_at, warn_at, due_at, left_ms, warned_at, breached_at, ended_at, outcome, wakes_at)
    select r."ticketId", r."countedOn", r.cycle, r.metric, r."policyId", r."calendarId", r.minutes, r."startedAt", r."startedBy",
      r.pauses, r."pausedAt", r."warnAt", r."dueAt", r."leftMs", r."warnedAt", r."breachedAt", r."endedAt", r.outcome, r."wakesAt"
    from json_to_recordset(${JSON.stringify(rows)}::json) as ${record}`.execute(act.tx)
}

async function updateTargets(act: Act, rows: readonly object[]) {
  await sql`
    update sla_targets t set counted_on = r."countedOn", policy_id = r."policyId", calendar_id = r."calendarId",
      minutes = r.minutes, pauses = r.pauses, paused_at = r."pausedAt", warn_at = r."warnAt", due_at = r."dueAt", left_ms = r."leftMs",
      warned_at = r."warnedAt", breached_at = r."breachedAt", ended_at = r."endedAt", outcome = r.outcome, wakes_at = r."wakesAt"
    from json_to_recordset(${JSON.stringify(rows)}::json) as ${record} where t.id = r.id`.execute(act.tx)
}

export async function saveSummaries(act: Act, summaries: readonly CycleSummary[]): Promise<void> {
  if (summaries.length === 0) return
  await sql`
    insert into ticket_sla (ticket_id, cycle, policy_id, state, due_at, paused_at, breached_at, has_met, is_running)
    select r."ticketId", r.cycle, r."policyId", r.state, r."dueAt", r."pausedAt", r."breachedAt", r."hasMet", r."isRunning"
    from json_to_recordset(${JSON.stringify(summaries)}::json) as r ("ticketId" text, cycle int, "policyId" text, state text,
      "dueAt" timestamptz, "pausedAt" timestamptz, "breachedAt" timestamptz, "hasMet" boolean, "isRunning" boolean)
    on conflict (ticket_id) do update set cycle = excluded.cycle, policy_id = excluded.policy_id, state = excluded.state,
      due_at = excluded.due_at, paused_at = excluded.paused_at, breached_at = excluded.breached_at, has_met = excluded.has_met,
      is_running = excluded.is_running`.execute(act.tx)
}
