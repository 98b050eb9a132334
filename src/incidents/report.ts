// Failures become tickets: find or open one per shipment and trigger, and tell it what is new. However many are reported at
// once, the number of statements is the same.
import type { Act } from "#kernel/act.ts"
import { runIn } from "#kernel/db.ts"
import { Refusal } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { type Fact, recordAllStatement, type Why } from "#events/index.ts"
import { readSetting } from "#settings/index.ts"
import { type ActiveTicket, lockThreads, openThreads, raiseTickets, touchTickets } from "#tickets/index.ts"
import type { IncidentPriority, Metadata } from "./contract.ts"
import { type Identity, subjectOf, threadKeyOf } from "./fingerprint.ts"
import { carrierOf, foldWord } from "./words.ts"
import { type Facts, scoreOf } from "./score.ts"
import { riskOf } from "./risk.ts"
import {
  countRepeats,
  type Entry,
  entryCounts,
  growIncidents,
  type Growth,
  insertIncidents,
  knownRefs,
  type LinkedRef,
  linkRefs,
  type Ref,
  type Repeats,
  writeEntries,
} from "./store/report.ts"

/** What is known of the shipment when it is reported. */
export type Parcel = Pick<Facts, "canonical" | "isFinal" | "movedAt">

export type Report = {
  identity: Identity
  priority: IncidentPriority
  actionRef: string
  eventRef: string | null
  metadata: Metadata
  parcel: Parcel
  why: Why
}

/** `isNews`: its ref was not known to the thread. `ticketId` is null only for a ref whose ticket is gone. */
export type Found = { ticketId: string; created: boolean; isNews: boolean }

type Thread = { key: string; reports: Report[]; first: Report; priority: IncidentPriority }

// So many entries tell each repeat by itself; what follows is counted by the hour.
const toldOneByOne = 100

/** What became of each report, in their order. */
export async function reportIncidents(act: Act, reports: Report[]): Promise<Found[]> {
  if (reports.length === 0) return []
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
  await tell(act, { fresh, tickets, opened, linked })
  return outcomes(reports, { tickets, opened, knownIds, linked: new Set(linked.map(nameOf)) })
}

function threadsOf(reports: Report[]): Map<string, Thread> {
  const threads = new Map<string, Thread>()
  for (const report of reports) {
    const key = threadKeyOf(report.identity)
    const thread = threads.get(key) ?? { key, reports: [], first: report, priority: report.priority }
    thread.reports.push(report)
    if (report.priority === "alta") thread.priority = "alta"
    threads.set(key, thread)
  }
  return threads
}

const nameOf = ({ threadKey, kind, ref }: Ref) => `${threadKey} ${kind} ${ref}`

function actionRefOf({ identity, actionRef }: Report): Ref {
  return { threadKey: threadKeyOf(identity), kind: "action", ref: actionRef }
}

function refsOf({ key, reports }: Thread): Ref[] {
  const refs = reports.flatMap(({ actionRef, eventRef }): Ref[] => [
    { threadKey: key, kind: "action", ref: actionRef },
    ...(eventRef === null ? [] : [{ threadKey: key, kind: "event" as const, ref: eventRef }]),
  ])
  return [...new Map(refs.map((ref) => [nameOf(ref), ref])).values()]
}

type Tickets = { tickets: Map<string, ActiveTicket>; opened: Set<string> }

/** Who loses a race to open a thread joins the winner's; twice lost means that it is opened and closed all the time. */
async function findOrOpen(act: Act, threads: Thread[]): Promise<Tickets> {
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

const words = { alta: "high", media: "medium" } as const

async function open(act: Act, threads: Thread[]): Promise<ActiveTicket[]> {
  if (threads.length === 0) return []
  const teamId = await readSetting(act, "incidents.teamId")
  const wanted = threads.map(({ key, first, priority }) => ({
    id: newId("tkt"),
    threadKey: key,
    subject: subjectOf(first.identity),
    priority: words[priority],
    kind: "incident" as const,
    status: "open" as const,
    teamId,
  }))
  return openThreads(act, wanted)
}

/** The incidents of the tickets that were opened, with what their timelines and refs hold from the start. */
async function bear(act: Act, born: Thread[], grownTo: (threadKey: string) => Growth): Promise<void> {
  if (born.length === 0) return
  const risk = await riskOf(act)
  const rows = born.map(({ key, first: { identity, metadata, parcel }, priority }) => {
    const [carrier, city] = [carrierOf(metadata.transportadora ?? ""), foldWord(metadata.ciudad_de_destino ?? "")]
    const { total } = scoreOf({ ...parcel, novedad: metadata.novedad ?? null, carrier, city }, risk, act.now)
    // A whole connection that fails goes before every parcel.
    const score = identity.cause === null ? total : 100
    return { ...grownTo(key), ...identity, priority: words[priority], metadata, carrier, city, ...parcel, score }
  })
  await insertIncidents(act, rows)
}

type News = Tickets & { fresh: Thread[]; linked: LinkedRef[] }

/** The timeline of each, the log, and what grew. */
async function tell(act: Act, { fresh, tickets, opened, linked }: News): Promise<void> {
  const joined = fresh.map(({ key }) => tickets.get(key)!.id).filter((id) => !opened.has(id))
  const told = await entryCounts(act, joined)
  const newRefs = Map.groupBy(linked, ({ ticketId }) => ticketId)
  const entries: Entry[] = []
  const repeats: Repeats[] = []
  const raised: string[] = []
  for (const { key, first, priority } of fresh) {
    const { id, priority: was } = tickets.get(key)!
    const isRaised = priority === "alta" && was !== "high"
    if (isRaised) raised.push(id)
    if (opened.has(id)) entries.push(created(id, first, priority))
    const before = (told.get(id) ?? 0) + (opened.has(id) ? 1 : 0)
    const each = repeatsOf(newRefs.get(id) ?? [], opened.has(id) ? first.actionRef : null)
    const singly = each.slice(0, Math.max(0, toldOneByOne - before))
    const rest = each.slice(singly.length)
    entries.push(...singly.map((details, i) => repeated(id, { ...details, ...(isRaised && i === 0 && { priority }) })))
    if (rest.length > 0) repeats.push({ ticketId: id, times: rest.length, details: rest.at(-1)! })
  }
  await writeEntries(act, entries)
  await countRepeats(act, repeats)
  const perTicket = Map.groupBy(entries, ({ ticketId }) => ticketId)
  const grownTo = (key: string) => {
    const { id: ticketId } = tickets.get(key)!
    return { ticketId, entries: perTicket.get(ticketId)?.length ?? 0, refs: newRefs.get(ticketId)?.length ?? 0 }
  }
  const born = fresh.filter(({ key }) => opened.has(tickets.get(key)!.id))
  await bear(act, born, grownTo)
  await growIncidents(
    act,
    fresh.filter(({ key }) => !opened.has(tickets.get(key)!.id)).map(({ key }) => grownTo(key)),
  )
  const renewed = joined.filter((id) => newRefs.has(id))
  await touchTickets(act, renewed)
  await raiseTickets(act, raised, "high")
  const by = { actor: act.actor, subjectId: null }
  const facts: Fact[] = [
    ...born.map(({ key, first }) => {
      return { ...by, kind: "ticket.created" as const, ticketId: tickets.get(key)!.id, why: first.why }
    }),
    ...renewed.map((ticketId) => {
      const data = { refs: newRefs.get(ticketId)!.length, ...(raised.includes(ticketId) && { priority: "high" }) }
      return { ...by, kind: "incident.repeated" as const, ticketId, data }
    }),
  ]
  if (facts.length > 0) await runIn(act.tx, recordAllStatement(facts, act.now))
}

const created = (ticketId: string, { identity }: Report, priority: IncidentPriority): Entry => ({
  ticketId,
  action: "TICKET_CREATED",
  actor: "system",
  details: { trigger: identity.trigger, priority },
})

const repeated = (ticketId: string, details: Record<string, unknown>): Entry => ({
  ticketId,
  action: "DUPLICATE_TRIGGER_RECEIVED",
  actor: "system",
  details,
})

/** One for each new action; the movement that came with it is told along. `opening` is told by the creation itself. */
function repeatsOf(refs: LinkedRef[], opening: string | null): Record<string, unknown>[] {
  const events = refs.filter(({ kind }) => kind === "event").map(({ ref }) => ref)
  const actions = refs.filter(({ kind, ref }) => kind === "action" && ref !== opening)
  return actions.map(({ ref }, i) => ({
    newActionRefs: [ref],
    ...(opening === null && events[i] !== undefined && { newEventRefs: [events[i]] }),
  }))
}

type Known = Tickets & { knownIds: Map<string, string>; linked: Set<string> }

function outcomes(reports: Report[], { tickets, opened, knownIds, linked }: Known): Found[] {
  const toCreate = new Set(opened)
  const toTell = new Set(linked)
  return reports.map((report) => {
    const ref = actionRefOf(report)
    const ticketId = tickets.get(ref.threadKey)?.id ?? knownIds.get(nameOf(ref))!
    return { ticketId, created: toCreate.delete(ticketId), isNews: toTell.delete(nameOf(ref)) }
  })
}
