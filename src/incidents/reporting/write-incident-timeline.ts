// What is new is written down: in each incident's timeline, in its counts and in the log. What was just opened is not read back.
import type { Act } from "#kernel/act.ts"
import { runIn } from "#kernel/db.ts"
import { type BatchEvent, recordBatchStatement } from "#event-log/index.ts"
import { raisePriorities, touchTicketsOfThreads } from "#tickets/index.ts"
import type { IncidentTicket } from "../api-contract.ts"
import type { Part, Tickets, WrittenEntries } from "./incident-report-types.ts"
import type { Report, IncidentThread } from "./incident-report-types.ts"
import { riskOf } from "../severity/risky-cities-and-carriers.ts"
import { scoreOf } from "../severity/score-stuck-shipment.ts"
import {
  countRepeats,
  type TimelineEntry,
  entryCounts,
  growIncidents,
  insertIncidents,
  type LinkedRef,
  writeEntries,
} from "./reported-incident-store.ts"
import { newIncidentView, ticketPriority } from "../incident-view.ts"
import { carrierOf, foldStatus } from "../carriers/status-mapping.ts"

export type IncidentChanges = Tickets & { fresh: IncidentThread[]; linked: LinkedRef[] }

// So many repeats have an entry of their own; later ones are counted by the hour.
const mostOneByOne = 100

/** Gives the incidents that were opened, as they are now. */
export async function writeTimeline(
  act: Act,
  { fresh, tickets, opened, linked }: IncidentChanges,
): Promise<IncidentTicket[]> {
  const ids = fresh.map(({ key }) => tickets.get(key)!.id)
  const counts = await entryCounts(
    act,
    ids.filter((id) => !opened.has(id)),
  )
  const newRefs = Map.groupBy(linked, ({ ticketId }) => ticketId)
  const all = fresh.map((thread) => {
    const { id: ticketId, priority } = tickets.get(thread.key)!
    const isRaised = thread.priority === "alta" && priority !== "high"
    const part = { ...thread, ticketId, isOpened: opened.has(ticketId), isRaised, refs: newRefs.get(ticketId) ?? [] }
    return writtenEntries(part, counts.get(ticketId) ?? 0)
  })
  await writeEntries(
    act,
    all.flatMap(({ entries }) => entries),
  )
  await countRepeats(
    act,
    all.flatMap(({ repeats }) => repeats),
  )
  const created = all.filter(({ isOpened }) => isOpened)
  await insertTickets(act, created)
  await renew(
    act,
    all.filter(({ isOpened, refs }) => !isOpened && refs.length > 0),
  )
  await raisePriorities(
    act,
    all.flatMap(({ ticketId, isRaised }) => (isRaised ? [ticketId] : [])),
    "high",
  )
  const facts = all.flatMap((one) => factOf(act, one))
  if (facts.length > 0) await runIn(act.tx, recordBatchStatement(facts, act.now))
  return created.map((one) => newIncidentView(one, act.now))
}

function writtenEntries(part: Part, before: number): WrittenEntries {
  const { ticketId, isOpened, isRaised, first, priority, refs } = part
  const opening = isOpened ? [created(ticketId, first, priority)] : []
  const each = repeatsOf(refs, isOpened ? first.actionRef : null)
  const singly = each.slice(0, Math.max(0, mostOneByOne - before - opening.length))
  const rest = each.slice(singly.length)
  const entries = singly.map((details, i) =>
    repeated(ticketId, { ...details, ...(isRaised && i === 0 && { priority }) }),
  )
  const repeats = rest.length > 0 ? [{ ticketId, times: rest.length, details: rest.at(-1)! }] : []
  return { ...part, entries: [...opening, ...entries], repeats }
}

const created = (ticketId: string, { identity }: Report, priority: IncidentThread["priority"]): TimelineEntry => ({
  ticketId,
  action: "TICKET_CREATED",
  actor: "system",
  details: { trigger: identity.trigger, priority },
})

const repeated = (ticketId: string, details: Record<string, unknown>): TimelineEntry => ({
  ticketId,
  action: "DUPLICATE_TRIGGER_RECEIVED",
  actor: "system",
  details,
})

/** One for each new action; the movement that came with it is part of it. `opening` is written by the creation itself. */
function repeatsOf(refs: LinkedRef[], opening: string | null): Record<string, unknown>[] {
  const events = refs.filter(({ kind }) => kind === "event").map(({ ref }) => ref)
  const actions = refs.filter(({ kind, ref }) => kind === "action" && ref !== opening)
  return actions.map(({ ref }, i) => ({
    newActionRefs: [ref],
    ...(opening === null && events[i] !== undefined && { newEventRefs: [events[i]] }),
  }))
}

const growthOf = ({ ticketId, entries, refs }: WrittenEntries) => ({
  ticketId,
  entries: entries.length,
  refs: refs.length,
})

/** The incidents of the tickets that were opened. */
async function insertTickets(act: Act, created: WrittenEntries[]): Promise<void> {
  if (created.length === 0) return
  const risk = await riskOf(act)
  const rows = created.map((one) => {
    const { identity, metadata, shipment } = one.first
    const [carrier, city] = [carrierOf(metadata.transportadora ?? ""), foldStatus(metadata.ciudad_de_destino ?? "")]
    const { total } = scoreOf({ ...shipment, novedad: metadata.novedad ?? null, carrier, city }, risk, act.now)
    // A whole connection that fails goes before every shipment.
    const score = identity.cause === null ? total : 100
    const priority = ticketPriority(one.priority)
    return { ...growthOf(one), ...identity, priority, metadata, carrier, city, ...shipment, score }
  })
  await insertIncidents(act, rows)
}

async function renew(act: Act, renewed: WrittenEntries[]): Promise<void> {
  await growIncidents(act, renewed.map(growthOf))
  await touchTicketsOfThreads(
    act,
    renewed.map(({ ticketId }) => ticketId),
  )
}

function factOf({ actor }: Act, { ticketId, isOpened, isRaised, first, refs }: WrittenEntries): BatchEvent[] {
  const about = { actor, subjectId: null, ticketId }
  if (isOpened) return [{ ...about, kind: "ticket.created", why: first.why }]
  if (refs.length === 0) return []
  return [{ ...about, kind: "incident.repeated", data: { refs: refs.length, ...(isRaised && { priority: "high" }) } }]
}
