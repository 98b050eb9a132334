// Follows the log: who is to be notified of what happened. Each event is taken once, by whichever server reads it first.
import { system, transact } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { newId } from "#kernel/ids.ts"
import type { Log } from "#kernel/log.ts"
import type { PollingLoop } from "#kernel/jobs/polling-loop.ts"
import { broadcast } from "#kernel/database/broadcast.ts"
import { type EventKind, followLog, type LoggedEvent, readExclusively } from "#event-log/index.ts"
import type { NotificationKind } from "./api-contract.ts"
import { insertNotifications, type NewNotification, markReadByWork } from "./notification-store.ts"
import { notifyAdminsOfConnections } from "./notify-admins-of-connections.ts"
import { markUnassignedRead, unassignedNotifications } from "./notify-team-of-unassigned.ts"

const reader = "notifications"
const everyMs = 100
const notifiedAtOnce = 50
const notifyingKinds: EventKind[] = [
  "message.noted",
  "message.received",
  "message.attached",
  "ticket.created",
  "ticket.reopened",
  "ticket.assigned",
  "ticket.merged_away",
  "ticket.freed",
  "ticket.routed",
  "ticket.sla_warned",
  "ticket.sla_breached",
  "agreement.escalated",
  "connection.alerted",
]
// A user who does one of these has the ticket open: their notifications of it are read.
const work: EventKind[] = [
  "message.posted",
  "message.noted",
  "ticket.status_changed",
  "ticket.resolved",
  "ticket.closed",
  "ticket.snoozed",
  "ticket.assigned",
]
const kinds = [...new Set([...notifyingKinds, ...work])]

export function startNotifications(kit: Kit, log: Log): PollingLoop {
  return followLog(kit.db, log, { name: reader, read: () => createNotifications(kit), everyMs })
}

/** Makes those of the next events; true when there is more. */
export async function createNotifications(kit: Pick<Kit, "db" | "now">): Promise<boolean> {
  const { more, made } = await transact(kit.db, async (tx) => {
    const taken = await readExclusively(tx, reader, kinds)
    const events = taken?.events ?? []
    const act = { tx, actor: system, now: kit.now() }
    const unassigned = await unassignedNotifications(act, events)
    const fresh = await insertNotifications(act, [...events.flatMap(causedBy), ...unassigned])
    const ofConnections = await notifyAdminsOfConnections(act, events)
    const readByWork = await markReadByWork(act, events.flatMap(workIn))
    const readAsTaken = await markUnassignedRead(
      act,
      events.flatMap(({ ticketId }) => ticketId ?? []),
    )
    return { more: taken?.more ?? false, made: [...fresh, ...ofConnections, ...readByWork, ...readAsTaken] }
  })
  // Lost, they are still in the list; each is sent to its user alone.
  while (made.length > 0)
    broadcast(kit.db, { notified: made.splice(0, notifiedAtOnce).map(({ userId, id }) => [userId, id]) })
  return more
}

function workIn({ id, kind, ticketId, actorKind, actorId }: LoggedEvent) {
  const isPerson = actorKind === "user" || actorKind === "key"
  if (!work.includes(kind) || !isPerson || actorId === null || ticketId === null) return []
  return [{ eventId: id, ticketId, userId: actorId }]
}

/** `userId` null: the ticket's assignee. Nobody is notified of what they did themselves. */
function causedBy(event: LoggedEvent): NewNotification[] {
  const { data, ticketId, actorKind, actorId } = event
  if (ticketId === null) return []
  const messageId = event.kind.startsWith("message.") ? event.subjectId : null
  const about = { ticketId, messageId, byKind: actorKind, byId: actorId, eventId: event.id, createdAt: event.at }
  const notify = (kind: NotificationKind, userId: unknown) =>
    typeof userId === "string" && userId !== actorId ? [{ id: newId("ntf"), kind, userId, ...about }] : []
  const notifyAssignee = (kind: NotificationKind) => [{ id: newId("ntf"), kind, userId: null, ...about }]
  switch (event.kind) {
    case "message.noted":
      return Array.isArray(data["mentions"]) ? data["mentions"].flatMap((userId) => notify("mentioned", userId)) : []
    case "message.received":
    case "message.attached":
      return data["direction"] === "in" && data["blocked"] !== true && data["silent"] !== true
        ? notifyAssignee("answered")
        : []
    case "ticket.freed":
      return freed(event).map((userId) => ({ id: newId("ntf"), kind: "freed", userId, ...about, ...byGone(data) }))
    case "ticket.sla_warned":
    case "ticket.sla_breached": {
      const kind = event.kind === "ticket.sla_warned" ? "sla_warning" : "sla_breached"
      return Array.isArray(data["notifyIds"]) ? data["notifyIds"].flatMap((userId) => notify(kind, userId)) : []
    }
    case "agreement.escalated":
      return Array.isArray(data["notifyIds"]) ? data["notifyIds"].flatMap((userId) => notify("escalated", userId)) : []
    case "ticket.merged_away":
      return notifyAssignee("merged_away")
    case "ticket.created":
    case "ticket.reopened":
    case "ticket.routed":
      return []
    default: {
      const { agentId, previousAgentId } = data
      return agentId === previousAgentId
        ? []
        : [...notify("assigned", agentId), ...notify("unassigned", previousAgentId)]
    }
  }
}

const freed = ({ data }: LoggedEvent): string[] => (Array.isArray(data["leadIds"]) ? data["leadIds"].map(String) : [])

/** The notification is about the account that is gone, and has no author. */
const byGone = (data: LoggedEvent["data"]) => ({ byKind: "user", byId: String(data["previousAgentId"]) })
