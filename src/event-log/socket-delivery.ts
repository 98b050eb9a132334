// Real time: what each event says to whom. Only ids leave here; whoever hears it fetches what they may see.
import type { Database } from "#kernel/db.ts"
import type { Log } from "#kernel/log.ts"
import { type PollingLoop, startPollingLoop } from "#kernel/jobs/polling-loop.ts"
import type { SocketEvent } from "#kernel/socket-server.ts"
import { placedTopic } from "./sequencer.ts"
import { lastPosition, type LoggedEvent, readLog } from "./read-log.ts"

/** What a listener must know of a ticket now; given by the module that owns tickets. */
export type TicketAudience = {
  id: string
  number: string
  phase: string
  version: number
  status: string
  teamId: string | null
  assigneeId: string | null
  createdById: string | null
  /** The rooms of customers who see it. */
  customers: string[]
  /** Of each message that was asked for the rooms outside that hear of it, as "message room". */
  hearers: string[]
}

export type AudienceOf = (ticketIds: string[], messageIds?: string[]) => Promise<Map<string, TicketAudience>>

const batch = 500
const everyMs = 25
/** Longer than anybody takes to come in. */
const restsAfterMs = 60_000

type Parts = {
  factsOf: AudienceOf
  emit: (emission: SocketEvent) => void
  onEvent: (event: LoggedEvent) => void
  /** Is a socket open on this server? */
  isHeard: () => boolean
}

export type Delivery = PollingLoop & {
  /** How far it has come; null while nobody hears it. */
  position: () => number | null
  /** To be awaited before a socket is told where the log stands: from then on it hears all that comes. */
  begin: () => Promise<void>
}

/** Follows the log for this server's sockets and hands them what they may hear. Without a socket it follows nothing. */
export function startSocketDelivery(db: Database, log: Log, { factsOf, emit, onEvent, isHeard }: Parts): Delivery {
  let position: number | null = null
  let heardAt = -Infinity
  const begin = async () => {
    heardAt = performance.now()
    if (position !== null) return
    const end = await lastPosition(db)
    position ??= end
  }
  const read = async () => {
    if (isHeard()) heardAt = performance.now()
    else if (performance.now() - heardAt > restsAfterMs) position = null
    if (position === null) return false
    const events = await readLog(db.kysely, position, batch)
    const last = events.at(-1)
    if (!last) {
      // A database that was put back, or a standby that had not everything, goes on from where it is.
      position = Math.min(position, await lastPosition(db))
      return false
    }
    const messages = events.flatMap((e) => (e.kind.startsWith("message.") ? (e.subjectId ?? []) : []))
    const facts = await factsOf([...new Set(events.flatMap((e) => e.ticketId ?? []))], messages)
    for (const event of events) {
      onEvent(event)
      for (const emission of socketEventsFor(event, facts.get(event.ticketId ?? ""))) emit(emission)
    }
    position = last.position
    return events.length === batch
  }
  const loop = startPollingLoop(db, log, { name: "sockets", step: read, everyMs, topics: [placedTopic] })
  return { ...loop, position: () => position, begin }
}

/** Rooms that may know of a ticket: all admins, its team, its people – and those who just lost it. */
export function roomsForEvent(facts: TicketAudience, data: Record<string, unknown>): string[] {
  const users = [facts.assigneeId, facts.createdById, data["previousAgentId"]]
  const teams = [facts.teamId, data["previousTeamId"]]
  return [
    "admins",
    ...teams.filter((id) => typeof id === "string").map((id) => `team:${id}`),
    ...users.filter((id) => typeof id === "string").map((id) => `user:${id}`),
  ]
}

/** What one event says. Notes and staff matters go to staff rooms only; a contact hears of public messages alone. */
export function socketEventsFor(event: LoggedEvent, facts: TicketAudience | undefined): SocketEvent[] {
  if (event.kind === "presence.changed") {
    const body = { userId: event.subjectId, status: event.data["status"], eventId: String(event.position) }
    return [{ rooms: ["staff"], name: "presence", body }]
  }
  if (!facts) return []
  const eventId = String(event.position)
  const ids = { ticketId: facts.id, number: facts.number, phase: facts.phase, version: facts.version, eventId }
  const rooms = roomsForEvent(facts, event.data)
  const action = event.kind === "ticket.created" ? "create" : "update"
  const emissions: SocketEvent[] = []
  // Every list that showed it as closed drops it before the others learn where it is now.
  if (leavesClosed(event))
    emissions.push({ rooms, name: "ticket", body: { ...ids, action: "delete", phase: "closed" } })
  emissions.push({ rooms, name: "ticket", body: { action, ...ids } })
  const named = documentedName(event)
  if (named) emissions.push({ rooms, name: named.name, body: { ...ids, ...named.more } })
  if (event.kind.startsWith("message.")) {
    const change = changesMessage.has(event.kind) ? "update" : "create"
    emissions.push({
      rooms,
      name: "message",
      body: { action: change, ticketId: facts.id, messageId: event.subjectId, eventId },
    })
    const visitors = hearing(facts, event).filter((room) => room.startsWith(visitorRoom("")))
    if (visitors.length > 0) emissions.push({ rooms: visitors, name: "message", body: {} })
  }
  // Not whoever opened it: they may have been staff then, and be somebody else's customer now.
  const theirs = event.kind.startsWith("message.") ? hearing(facts, event).filter(isCustomers) : facts.customers
  if (!toldToCustomers.has(event.kind) || theirs.length === 0) return emissions
  return [...emissions, ...emissions.filter((one) => one.rooms === rooms).map((one) => ({ ...one, rooms: theirs }))]
}

/** Of a visitor's chats: those with all addresses that are known to be theirs. */
export const visitorRoom = (person: string) => `visitor:${person}`
/** Of an account; who is not a customer never joins one. */
export const customerRoom = (userId: string) => `customer:${userId}`
const isCustomers = (room: string) => room.startsWith(customerRoom(""))
const outside = [visitorRoom(""), customerRoom("")]

const hearing = ({ hearers }: TicketAudience, { subjectId }: LoggedEvent) =>
  hearers.flatMap((one) => (one.startsWith(`${subjectId} `) ? [one.slice(`${subjectId} `.length)] : []))

export const isVisibleToContacts = ({ rooms }: SocketEvent) =>
  rooms.every((room) => outside.some((prefix) => room.startsWith(prefix)))

// No notes and nothing of who works on it. What is said of these names no staff.
const toldToCustomers = new Set([
  "ticket.created",
  "message.received",
  "message.posted",
  "message.attached",
  "ticket.status_changed",
  "ticket.reopened",
  "ticket.resolved",
  "ticket.closed",
])

const changesMessage = new Set([
  "message.delivery_changed",
  "message.failure_dismissed",
  "message.files_announced",
  "message.files_changed",
])

const leavesClosed = (event: LoggedEvent) =>
  (event.kind === "ticket.reopened" || event.kind === "ticket.status_changed") && event.data["from"] === "closed"

function documentedName(event: LoggedEvent): { name: string; more: Record<string, unknown> } | null {
  const { data } = event
  switch (event.kind) {
    case "ticket.created":
      return { name: "ticket:created", more: {} }
    case "ticket.updated":
      return { name: "ticket:updated", more: { changes: data["changes"] } }
    case "ticket.snoozed":
    case "ticket.woken":
      return { name: "ticket:updated", more: { changes: ["snoozedUntil"] } }
    case "ticket.assigned":
      return {
        name: "ticket:assigned",
        more: { agentId: data["agentId"], previousAssignee: data["previousAgentId"], assignedBy: event.actorId },
      }
    case "message.received":
    case "message.posted":
    case "message.noted":
    case "message.attached":
      return {
        name: "ticket:message",
        more: { messageId: event.subjectId, isFirstResponse: data["isFirstResponse"] === true },
      }
    case "ticket.status_changed":
    case "ticket.reopened":
      return { name: "ticket:status_changed", more: { previousStatus: data["from"], status: data["to"] } }
    case "ticket.resolved":
      return { name: "ticket:resolved", more: {} }
    case "ticket.closed":
      return { name: "ticket:closed", more: {} }
    default:
      return null
  }
}
