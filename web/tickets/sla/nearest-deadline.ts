// Which of a ticket's deadlines counts now, and how it stands. Pure.
import type { Ticket } from "../ticket.ts"

type Sla = Ticket["sla"]
export type SlaTarget = NonNullable<Sla>["targets"][number]
export type SlaState = SlaTarget["state"]

export const isRunning = ({ minutesRemaining }: SlaTarget) => minutesRemaining !== null

/** As it stands at this instant (ms): what is shown may have been sent a while ago. */
export function stateAt(target: SlaTarget, now: number): SlaState {
  const { state, dueAt } = target
  const isOver = isRunning(target) && dueAt !== null && Date.parse(dueAt) <= now
  return isOver ? "breached" : state
}

/** When it begins to be counted (again), where working hours are over at this instant (ms); what is late waits for nobody. */
export function startOf(target: SlaTarget, now: number): string | null {
  const { opensAt, closesAt } = target
  const isClosed = closesAt === null || Date.parse(closesAt) <= now
  return isClosed && opensAt !== null && now < Date.parse(opensAt) && stateAt(target, now) !== "breached"
    ? opensAt
    : null
}

const never = "9999"
const byDeadline = (a: SlaTarget, b: SlaTarget) => ((a.dueAt ?? never) < (b.dueAt ?? never) ? -1 : 1)

/** Of what runs the one that is due first; what stands comes last. */
export const nearestTarget = (sla: Sla): SlaTarget | undefined => sla?.targets.filter(isRunning).toSorted(byDeadline)[0]

/** By what lists are sorted: the due time of what runs and is not paused, or a text that comes after all of them. */
export const deadlineOf = (sla: Sla | undefined): string =>
  sla?.targets
    .filter((one) => isRunning(one) && (sla.pausedAt === null || one.metric === "first_response"))
    .map(({ dueAt }) => dueAt ?? never)
    .toSorted()[0] ?? never
