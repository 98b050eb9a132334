// Warnings and breaches become facts of the log: whom to notify stands in them, and what else the policy wants done.
import { type Act, system } from "#kernel/act.ts"
import { runIn } from "#kernel/db.ts"
import { wakeAfter } from "#kernel/database/wake.ts"
import { type BatchEvent, type DecisionReason, recordBatchStatement } from "#event-log/index.ts"
import { teamLeadsOf } from "#people/index.ts"
import type { ClockOf } from "./calendar-clocks.ts"
import type { Escalation, Policy } from "../policies/api-contract.ts"
import { type Alarm, alarmsOf, type Target } from "./apply-facts-to-targets.ts"
import { targetMs, workedMs } from "./working-time-clock.ts"
import type { TrackedTicket } from "./ticket-facts-for-targets.ts"

const minuteMs = 60_000

/** `isQuiet`: recorded, and nobody is notified. */
export type AlarmContext = {
  tickets: ReadonlyMap<string, TrackedTicket>
  policies: readonly Policy[]
  clockOf: ClockOf
  isQuiet: (target: Target) => boolean
}

/** Records the warnings and breaches that are due on these targets, and gives them with the mark that it was done. */
export async function recordAlarms(act: Act, targets: readonly Target[], context: AlarmContext): Promise<Target[]> {
  const due = targets.map((target) => ({ target, alarms: alarmsOf(target, act.now) }))
  const facts: BatchEvent[] = []
  const leads = leadsByTeam(act)
  for (const { target, alarms } of due)
    for (const alarm of alarms) {
      // People are notified of the breach alone when both are overdue.
      const isQuiet = context.isQuiet(target) || (alarm === "warning" && alarms.includes("breach"))
      facts.push(...(await factsOf(act, target, alarm, { ...context, leads, isSilent: isQuiet })))
    }
  if (facts.length > 0) {
    await runIn(act.tx, recordBatchStatement(facts, act.now))
    wakeAfter(act.tx, "log")
  }
  return due.map(({ target, alarms }) => (alarms.length === 0 ? target : marked(target, alarms)))
}

const marked = (target: Target, alarms: readonly Alarm[]): Target => ({
  ...target,
  ...(alarms.includes("warning") && { warnedAt: target.warnAt }),
  ...(alarms.includes("breach") && { breachedAt: target.dueAt }),
})

type Recording = AlarmContext & { leads: (teamId: string | null) => Promise<string[]>; isSilent: boolean }

async function factsOf(act: Act, target: Target, alarm: Alarm, recording: Recording): Promise<BatchEvent[]> {
  const { countedOn: ticketId, metric, cycle, dueAt, policyId } = target
  const kind = alarm === "warning" ? "ticket.sla_warned" : "ticket.sla_breached"
  const left = alarm === "warning" ? { minutesRemaining: minutesLeft(target, act.now, recording.clockOf) } : {}
  const about = { targetId: target.id, metric, cycle, dueAt: dueAt?.toISOString() ?? null, ...left }
  const why = reasonOf(target, alarm)
  const ofTicket = { actor: system, ticketId, subjectId: policyId }
  if (recording.isQuiet(target)) return [{ kind, ...ofTicket, data: { ...about, quiet: true }, why }]
  const escalations = escalationsOf(recording.policies, target, alarm)
  const notified = recording.isSilent ? { quiet: true } : await recipients(recording, ticketId, escalations)
  return [
    { kind, ...ofTicket, data: { ...about, ...notified }, why },
    ...consequences(escalations).map((data) => {
      return { kind: "ticket.escalated" as const, ...ofTicket, data: { on: alarm, metric, ...data } }
    }),
  ]
}

/** Working minutes, rounded down. */
function minutesLeft(target: Target, now: Date, clockOf: ClockOf): number {
  const left = targetMs(target.minutes ?? 0) - workedMs(clockOf(target.calendarId), target, now)
  return Math.max(0, Math.floor(left / minuteMs))
}

const escalationsOf = (policies: readonly Policy[], { policyId, metric }: Target, alarm: Alarm): Escalation[] =>
  (policies.find(({ id }) => id === policyId)?.escalations ?? []).filter(
    (one) => one.on === alarm && (one.metric === undefined || one.metric === metric),
  )

/** Unless the policy names others, the assignee and the leads. `leadIds`: for the sockets. */
async function recipients({ tickets, leads }: Recording, ticketId: string, escalations: readonly Escalation[]) {
  const ticket = tickets.get(ticketId)
  const leadIds = await leads(ticket?.teamId ?? null)
  const named = escalations.flatMap(({ notify }) => (notify ? [notify] : []))
  const roles = named.length > 0 ? named.flat() : ["assignee", "leads"]
  const ids = roles.flatMap((role) =>
    role === "assignee" ? (ticket?.assigneeId ?? []) : role === "leads" ? leadIds : role,
  )
  return { leadIds, notifyIds: [...new Set(ids)] }
}

const ranks: readonly string[] = ["low", "medium", "high", "urgent"]

/** The highest priority and the last team that is named; nothing when neither is. */
function consequences(escalations: readonly Escalation[]) {
  const raised = escalations.flatMap(({ raisePriorityTo }) => raisePriorityTo ?? [])
  const priority = raised.toSorted((a, b) => ranks.indexOf(b) - ranks.indexOf(a))[0]
  const teamId = escalations.flatMap((one) => one.teamId ?? []).at(-1)
  if (priority === undefined && teamId === undefined) return []
  return [{ ...(priority !== undefined && { priority }), ...(teamId !== undefined && { teamId }) }]
}

function reasonOf({ metric, policyId, minutes }: Target, alarm: Alarm): DecisionReason {
  const inputs = { policy: policyId, metric, minutes }
  return { question: "deadline", answer: alarm, code: `sla_${alarm}`, inputs, rejected: [] }
}

function leadsByTeam(act: Act) {
  const known = new Map<string | null, Promise<string[]>>()
  return (teamId: string | null) => {
    const leads = known.get(teamId) ?? teamLeadsOf(act, teamId)
    known.set(teamId, leads)
    return leads
  }
}
