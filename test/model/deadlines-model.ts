// The slow reference of deadlines: it asks of every single minute whether people worked in it and whether a target stood.
// Written apart from src/sla, and sharing nothing with it.
import { countMinutes, type SlowCalendar } from "../reference-business-clock.ts"

export const minute = 60_000
type Metric = "first_response" | "next_response" | "resolution"
export const metrics: Metric[] = ["first_response", "next_response", "resolution"]

type Run = {
  metric: Metric
  startedAt: number
  /** From, until; without an end it stands now. */
  pauses: [from: number, until: number | null][]
  outcome: "met" | "breached" | "none" | null
}

export type ModelTicket = {
  id: string
  status: "open" | "pending" | "resolved"
  priority: string
  /** Of the present cycle, its own and the ones that a merged ticket brought. */
  runs: Run[]
  brought: ModelTicket[]
  mergedInto: ModelTicket | null
  wasBreached: boolean
}

export type ModelDesk = {
  calendar: SlowCalendar
  /** Minutes by metric and priority. */
  targets: Record<Metric, Record<string, number>>
  tickets: ModelTicket[]
}

const running = (runs: Run[]) => runs.filter(({ outcome }) => outcome === null)
const isPaused = ({ pauses }: Run) => pauses.at(-1)?.[1] === null

function workedMinutes(calendar: SlowCalendar, { startedAt, pauses }: Run, now: number): number {
  let [from, worked] = [startedAt, 0]
  for (const [begin, end] of pauses) {
    worked += countMinutes(calendar, from, begin)
    from = end ?? now
  }
  return worked + countMinutes(calendar, from, now)
}

const leftOf = (desk: ModelDesk, owner: ModelTicket, run: Run, now: number) =>
  desk.targets[run.metric][owner.priority]! - workedMinutes(desk.calendar, run, now)

/** Everything that runs on the ticket, with whose it is. */
function runsOn(ticket: ModelTicket): { owner: ModelTicket; run: Run }[] {
  return [ticket, ...ticket.brought].flatMap((owner) => running(owner.runs).map((run) => ({ owner, run })))
}

const begin = (metric: Metric, startedAt: number): Run => ({ metric, startedAt, pauses: [], outcome: null })

export function open(desk: ModelDesk, id: string, now: number): void {
  const runs = [begin("first_response", now), begin("resolution", now)]
  const fresh = { brought: [], mergedInto: null, wasBreached: false }
  desk.tickets.push({ id, status: "open", priority: "medium", runs, ...fresh })
}

export function customerWrites(ticket: ModelTicket, now: number): void {
  if (ticket.status === "resolved") return reopen(ticket, now)
  wait(ticket, false, now)
  if (!runsOn(ticket).some(({ run }) => run.metric !== "resolution")) ticket.runs.push(begin("next_response", now))
}

function reopen(ticket: ModelTicket, now: number): void {
  Object.assign(ticket, { status: "open", wasBreached: false, brought: [] })
  ticket.runs = [begin("first_response", now), begin("resolution", now)]
}

export function answer(desk: ModelDesk, ticket: ModelTicket, now: number): void {
  for (const { owner, run } of runsOn(ticket))
    if (run.metric !== "resolution") run.outcome = leftOf(desk, owner, run, now) <= 0 ? "breached" : "met"
}

export function wait(ticket: ModelTicket, stands: boolean, now: number): void {
  ticket.status = stands ? "pending" : "open"
  for (const { run } of runsOn(ticket)) pause(run, stands, now)
}

function pause(run: Run, stands: boolean, now: number): void {
  if (run.metric === "first_response" || isPaused(run) === stands) return
  if (stands) run.pauses.push([now, null])
  else run.pauses.at(-1)![1] = now
}

export function resolve(desk: ModelDesk, ticket: ModelTicket, now: number): void {
  for (const { owner, run } of runsOn(ticket)) {
    const isLate = leftOf(desk, owner, run, now) <= 0
    run.outcome = isLate ? "breached" : run.metric === "resolution" ? "met" : "none"
  }
  ticket.status = "resolved"
}

export function merge(source: ModelTicket, target: ModelTicket, now: number): void {
  source.mergedInto = target
  target.brought.push(source)
  for (const run of running(source.runs)) pause(run, target.status === "pending", now)
}

export function undo(source: ModelTicket, now: number): void {
  const target = source.mergedInto!
  target.brought = target.brought.filter((one) => one !== source)
  source.mergedInto = null
  for (const run of running(source.runs)) pause(run, source.status === "pending", now)
}

type ShownTarget = { metric: Metric; state: string; minutesRemaining: number | null }
export type ExpectedSla = { state: string; targets: ShownTarget[] }

const worst = ["breached", "warning", "paused", "on_track"]

/** What the desk should show of the ticket; to be asked after every step, since breaches are remembered. */
export function shown(desk: ModelDesk, ticket: ModelTicket, now: number): ExpectedSla {
  const on = runsOn(ticket).map(({ owner, run }) => ({ run, left: leftOf(desk, owner, run, now), owner }))
  const targets = metrics.flatMap((metric): ShownTarget[] => {
    // Whatever stands comes last.
    const order = ({ run, left }: (typeof on)[number]) => (isPaused(run) && left > 0 ? 1e9 + left : left)
    const live = on.filter(({ run }) => run.metric === metric).toSorted((a, b) => order(a) - order(b))[0]
    if (live) {
      const state = stateOf(live.run, live.left, desk.targets[metric][live.owner.priority]!)
      return [{ metric, state, minutesRemaining: Math.max(0, live.left) }]
    }
    const last = ticket.runs.findLast((run) => run.metric === metric && run.outcome !== null)
    return last ? [{ metric, state: last.outcome!, minutesRemaining: null }] : []
  })
  const live = targets.filter(({ minutesRemaining }) => minutesRemaining !== null).map(({ state }) => state)
  if (live.includes("breached") || ticket.runs.some(({ outcome }) => outcome === "breached")) ticket.wasBreached = true
  const isMet = ticket.runs.some(({ outcome }) => outcome === "met")
  const over = ticket.wasBreached ? "breached" : isMet ? "met" : "none"
  return { state: worst.find((state) => live.includes(state)) ?? over, targets }
}

function stateOf(run: Run, left: number, target: number): string {
  if (left <= 0) return "breached"
  if (isPaused(run)) return "paused"
  return left <= target / 5 ? "warning" : "on_track"
}
