// What each event says to whom. Rows go to staff who may see the ticket now; everybody else gets ids and fetches.
import type { SocketEvent } from "#kernel/socket-server.ts"
import type { LoggedEvent } from "./read-log.ts"

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
  /** Of each message that was asked for the customers' and visitors' rooms that it is sent to, as "message room". */
  messageRooms: string[]
}

/** The same, what a row of a list shows of it to all staff who may see it, and whether its customer sees its deadlines. */
export type TicketNow = TicketAudience & { row: Record<string, unknown>; isSlaVisible: boolean }

/** Of the row, what the built-in views count by. */
export type TicketSummary = Record<
  "kind" | "status" | "phase" | "snoozedUntil" | "undelivered" | "createdById" | "sla",
  unknown
> &
  Record<"team" | "assignee", { id: string } | null>

/** The summaries before of those of these tickets that are known, which are remembered as they are now. */
export type SummariesBefore = (now: Map<string, TicketNow>) => Map<string, TicketSummary>

export type LoadTickets = (ticketIds: string[], messageIds?: string[]) => Promise<Map<string, TicketNow>>

/** One event about each ticket in place of one about several. */
export const eventsByTicket = (events: LoggedEvent[]): LoggedEvent[] =>
  events.flatMap((event) =>
    movedDeadlines(event).length > 0 ? movedDeadlines(event).map((id) => ({ ...event, ticketId: id })) : event,
  )

/** Of several tickets, by their ids; none when they are too many to be named. */
const movedDeadlines = ({ kind, data: { ticketIds } }: LoggedEvent): string[] =>
  kind === "tickets.deadlines_moved" && Array.isArray(ticketIds) ? ticketIds : []

/** Everything that is shown has to be fetched anew, for nobody says what of it has changed. */
export const asksToFetchAnew = ({ kind, ticketId, data }: LoggedEvent) =>
  kind === "import.finished" ||
  (kind === "tickets.deadlines_moved" && ticketId === null && data["ticketIds"] === undefined)

/**
 * What the events of one batch say, in their order; `now` are the tickets by id as they are when the batch is read. Without `was`
 * their client may know of them already: nothing is said of how tickets stood before.
 */
export function socketEventsOf(
  events: LoggedEvent[],
  now: Map<string, TicketNow>,
  was?: SummariesBefore,
): SocketEvent[] {
  const byTicket = Map.groupBy(events, ({ ticketId }) => ticketId)
  const before = was?.(now)
  return events.flatMap((event) => {
    if (event.kind === "presence.changed") return presenceEvent(event)
    if (asksToFetchAnew(event)) return { rooms: ["staff", customersRoom], name: "resync", body: { of: "tickets" } }
    const ticket = now.get(event.ticketId ?? "")
    if (!ticket) return []
    const own = byTicket.get(event.ticketId)!
    const rowEvents = own.at(-1) === event ? rowEventsOf(own, ticket, before) : []
    return [...staffEvents(event, ticket), ...rowEvents, ...customerEvents(event, ticket)]
  })
}

const presenceEvent = ({ subjectId, data, position }: LoggedEvent): SocketEvent => ({
  rooms: ["staff"],
  name: "presence",
  body: { userId: subjectId, status: data["status"], eventId: String(position) },
})

/** The staff who may see a ticket now: all admins, its team, its people. Staff alone join these rooms. */
export function staffRooms({ teamId, assigneeId, createdById }: TicketAudience): string[] {
  return ["admins", ...teamRooms(teamId), ...userRooms(assigneeId, createdById)]
}

const summaryRooms = ({ team, assignee }: TicketSummary) => [...teamRooms(team?.id), ...userRooms(assignee?.id)]

/** Those who had it before this event. */
export const previousRooms = ({ data }: LoggedEvent) => [
  ...teamRooms(data["previousTeamId"]),
  ...userRooms(data["previousAgentId"]),
]

const teamRooms = (...ids: unknown[]) => ids.filter((id) => typeof id === "string").map((id) => `team:${id}`)
const userRooms = (...ids: unknown[]) => ids.filter((id) => typeof id === "string").map((id) => `user:${id}`)

/**
 * How the ticket stands after its last event of the batch, once: its row to those who may see it, and to those who lost it no
 * more than that they did.
 */
function rowEventsOf(
  events: LoggedEvent[],
  ticket: TicketNow,
  summaries: Map<string, TicketSummary> | undefined,
): SocketEvent[] {
  const rooms = staffRooms(ticket)
  const was = summaries?.get(ticket.id)
  // What is loaded may be newer than these events: then somebody lost it already, by one that is still to come.
  const before = [...events.flatMap(previousRooms), ...(was ? summaryRooms(was) : [])]
  const lost = [...new Set(before)].filter((room) => !rooms.includes(room))
  const action = events.some(({ kind }) => kind === "ticket.created") ? "create" : "update"
  const ids = idsOf(ticket, events.at(-1)!)
  const previous = summaries && action === "create" ? { was: null } : was && { was }
  const shown = { rooms, name: "ticket", body: { action, ...ids, row: ticket.row, ...previous } }
  if (lost.length === 0) return [shown]
  const gone = { action: "delete", ...ids, isVisible: false, ...previous }
  return [shown, { rooms: lost, except: rooms, name: "ticket", body: gone }]
}

const idsOf = ({ id, number, phase, version }: TicketAudience, { position }: LoggedEvent) => {
  return { ticketId: id, number, phase, version, eventId: String(position) }
}

/** The documented names, to staff who see the ticket or just lost it: ids and what changed. */
function staffEvents(event: LoggedEvent, ticket: TicketAudience): SocketEvent[] {
  const rooms = alarmRooms(event, ticket) ?? [...staffRooms(ticket), ...previousRooms(event)]
  const visitors = roomsOfMessage(ticket, event).filter((room) => room.startsWith(visitorRoom("")))
  const toVisitors = visitors.length > 0 ? [{ rooms: visitors, name: "message", body: {} }] : []
  return [...namedEvents(event, ticket, rooms), ...toVisitors]
}

/** Warnings and breaches are for those who are to act on them. */
function alarmRooms({ kind, data }: LoggedEvent, { assigneeId }: TicketAudience): string[] | null {
  if (kind !== "ticket.sla_warned" && kind !== "ticket.sla_breached") return null
  const leadIds = Array.isArray(data["leadIds"]) ? data["leadIds"] : []
  return ["admins", ...userRooms(assigneeId, ...leadIds)]
}

/** Not to its creator: they may have been staff then, and be somebody else's customer now. */
function customerEvents(event: LoggedEvent, ticket: TicketNow): SocketEvent[] {
  if (event.kind === "tickets.deadlines_moved" && !ticket.isSlaVisible) return []
  const isMessage = event.kind.startsWith("message.")
  const rooms = isMessage ? roomsOfMessage(ticket, event).filter(isCustomers) : ticket.customers
  if (!customersKinds.has(event.kind) || rooms.length === 0) return []
  const action = event.kind === "ticket.created" ? "create" : "update"
  const moved = { rooms, name: "ticket", body: { action, ...idsOf(ticket, event) } }
  const [named, ...others] = namedEvents(event, ticket, rooms)
  // Every list that showed it as closed drops it before it learns where the ticket is now.
  return named?.body["action"] === "delete" ? [named, moved, ...others] : [moved, ...(named ? [named] : []), ...others]
}

function namedEvents(event: LoggedEvent, ticket: TicketAudience, rooms: string[]): SocketEvent[] {
  const ids = idsOf(ticket, event)
  const emissions: SocketEvent[] = []
  if (leavesClosed(event))
    emissions.push({ rooms, name: "ticket", body: { ...ids, action: "delete", phase: "closed" } })
  const named = documentedName(event)
  if (named) emissions.push({ rooms, name: named.name, body: { ...ids, ...named.more } })
  if (event.kind.startsWith("message.")) {
    const action = changesMessage.has(event.kind) ? "update" : "create"
    const body = { action, ticketId: ticket.id, messageId: event.subjectId, eventId: ids.eventId }
    emissions.push({ rooms, name: "message", body })
  }
  return emissions
}

/** Of a visitor's chats: those with all addresses that are known to be theirs. */
export const visitorRoom = (person: string) => `visitor:${person}`
/** Of all visitors of a chat, by its connection. */
export const visitorsOfConnectionRoom = (connectionId: string) => `visitors-of:${connectionId}`
/** All of them: who is not a customer never joins it. */
export const customersRoom = "customers"
/** Of an account; who is not a customer never joins one. */
export const customerRoom = (userId: string) => `customer:${userId}`
const isCustomers = (room: string) => room.startsWith(customerRoom(""))
const outside = [visitorRoom(""), customerRoom("")]

const roomsOfMessage = ({ messageRooms }: TicketAudience, { subjectId }: LoggedEvent) =>
  messageRooms.flatMap((one) => (one.startsWith(`${subjectId} `) ? [one.slice(`${subjectId} `.length)] : []))

export const isVisibleToContacts = ({ rooms }: SocketEvent) =>
  rooms.every((room) => outside.some((prefix) => room.startsWith(prefix)))

// No notes and nothing of who works on it. What is said of these names no staff.
const customersKinds = new Set([
  "ticket.created",
  "message.received",
  "message.posted",
  "message.attached",
  "ticket.status_changed",
  "ticket.reopened",
  "ticket.resolved",
  "ticket.closed",
  "tickets.deadlines_moved",
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
    case "survey.answered":
      return { name: "ticket:updated", more: { changes: ["surveyScore"] } }
    case "ticket.assigned":
      return {
        name: "ticket:assigned",
        more: { agentId: data["agentId"], previousAssignee: data["previousAgentId"], assignedBy: event.actorId },
      }
    case "message.received":
    case "message.posted":
    case "message.forwarded":
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
    case "ticket.sla_warned": {
      const { metric, minutesRemaining, quiet } = data
      return quiet === true ? null : { name: "ticket:sla:warning", more: { metric, minutesRemaining } }
    }
    case "ticket.sla_breached":
      return data["quiet"] === true ? null : { name: "ticket:sla:breached", more: { metric: data["metric"] } }
    default:
      return null
  }
}
