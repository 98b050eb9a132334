// Failures become tickets: find or open one per shipment and trigger. However many are reported at once, the number of
// statements is the same.
import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { readSetting } from "#settings/index.ts"
import { type ActiveTicket, incidentKey, insertTickets, lockThreads } from "#tickets/index.ts"
import { subjectOf } from "./guia-format-and-incident-subject.ts"
import { knownRefs, linkRefs, type Ref } from "./reported-incident-store.ts"
import { writeTimeline } from "./write-incident-timeline.ts"
import { ticketPriority } from "../incident-view.ts"
import type { Report, ReportOutcome, IncidentThread, ReportedIncident, Tickets } from "./incident-report-types.ts"

/** What became of each report, in their order. */
export async function reportIncidents(act: Act, reports: Report[]): Promise<ReportOutcome> {
  if (reports.length === 0) return { found: [], created: [] }
  const threads = threadsOf(reports)
  const known = await knownRefs(act, [...threads.values()].flatMap(refsOf))
  const knownIds = new Map(known.map((ref) => [nameOf(ref), ref.ticketId]))
  const isFresh = (report: Report) => !knownIds.has(nameOf(actionRefOf(report)))
  const fresh = [...threads.values()].flatMap((thread) => {
    const first = thread.reports.find(isFresh)
    return first ? [{ ...thread, first }] : []
  })
  const { tickets, opened } = await findOrOpen(act, fresh)
  const linked = await linkRefs(
    act,
    fresh.flatMap((thread) => refsOf(thread).map((ref) => ({ ...ref, ticketId: tickets.get(thread.key)!.id }))),
  )
  const created = await writeTimeline(act, { fresh, tickets, opened, linked })
  return { found: outcomes(reports, { tickets, opened, knownIds, linked: new Set(linked.map(nameOf)) }), created }
}

function threadsOf(reports: Report[]): Map<string, IncidentThread> {
  const threads = new Map<string, IncidentThread>()
  for (const report of reports) {
    const key = incidentKey(report.identity)
    const thread = threads.get(key) ?? { key, reports: [], first: report, priority: report.priority }
    thread.reports.push(report)
    if (report.priority === "alta") thread.priority = "alta"
    threads.set(key, thread)
  }
  return threads
}

const nameOf = ({ threadKey, kind, ref }: Ref) => `${threadKey} ${kind} ${ref}`

function actionRefOf({ identity, actionRef }: Report): Ref {
  return { threadKey: incidentKey(identity), kind: "action", ref: actionRef }
}

function refsOf({ key, reports }: IncidentThread): Ref[] {
  const refs = reports.flatMap(({ actionRef, eventRef }): Ref[] => [
    { threadKey: key, kind: "action", ref: actionRef },
    ...(eventRef === null ? [] : [{ threadKey: key, kind: "event" as const, ref: eventRef }]),
  ])
  return [...new Map(refs.map((ref) => [nameOf(ref), ref])).values()]
}

/** Who loses a race to open a thread joins the winner's; twice lost means that it is opened and closed all the time. */
async function findOrOpen(act: Act, threads: IncidentThread[]): Promise<Tickets> {
  const tickets = new Map<string, ActiveTicket>()
  const opened = new Set<string>()
  for (let look = 0; look < 2; look++) {
    const missing = () => threads.filter(({ key }) => !tickets.has(key))
    for (const ticket of await lockThreads(
      act,
      missing().map(({ key }) => key),
    ))
      tickets.set(ticket.threadKey, ticket)
    for (const ticket of await open(act, missing())) {
      tickets.set(ticket.threadKey, ticket)
      opened.add(ticket.id)
    }
    if (missing().length === 0) return { tickets, opened }
  }
  throw new Refusal("unavailable", "unavailable", "The incident is changing all the time; try again", {
    retryAfterSeconds: 1,
  })
}

async function open(act: Act, threads: IncidentThread[]): Promise<ActiveTicket[]> {
  if (threads.length === 0) return []
  const teamId = await readSetting(act, "incidents.teamId")
  const wanted = threads.map(({ key, first, priority }) => ({
    id: newId("tkt"),
    threadKey: key,
    subject: subjectOf(first.identity),
    priority: ticketPriority(priority),
    kind: "incident" as const,
    status: "open" as const,
    channel: "api",
    teamId,
    createdByKind: act.actor.kind,
  }))
  const opened = await insertTickets(act, wanted)
  return wanted.filter(({ id }) => opened.has(id))
}

type KnownTickets = Tickets & { knownIds: Map<string, string>; linked: Set<string> }

function outcomes(reports: Report[], { tickets, opened, knownIds, linked }: KnownTickets): ReportedIncident[] {
  const toCreate = new Set(opened)
  const toReport = new Set(linked)
  return reports.map((report) => {
    const ref = actionRefOf(report)
    const ticketId = tickets.get(ref.threadKey)?.id ?? knownIds.get(nameOf(ref))!
    return { ticketId, created: toCreate.delete(ticketId), isNew: toReport.delete(nameOf(ref)) }
  })
}
