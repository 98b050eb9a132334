// What hangs on the thread, in order: days, messages, and the acts that changed the ticket's course.
import { isSameDay, type TimeZone } from "../../lib/formats/format-time.ts"
import type { Message } from "../messages/message-queries.ts"
import { reactionsByMessage, type Reaction } from "../messages/reactions-by-message.ts"
import type { TimelineEvent } from "./timeline-queries.ts"

export type TimelineItem =
  | { type: "day"; key: string; at: string }
  | { type: "message"; key: string; at: string; message: Message; reactions: Reaction[]; continues: boolean }
  | { type: "event"; key: string; at: string; happening: TimelineEvent }

const shown = new Set([
  "ticket.created",
  "ticket.reopened",
  "ticket.closed",
  "ticket.resolved",
  "ticket.status_changed",
  "ticket.closing_announced",
  "ticket.sla_breached",
  "ticket.escalated",
  "survey.sent",
  "survey.answered",
  "ticket.assigned",
  "ticket.merged",
  "ticket.merged_away",
  "message.attached",
  "automation.applied",
  "automation.refused",
])
/** Shown where a rule did them. */
const shownOfRules = new Set(["ticket.updated", "ticket.snoozed"])

/** Did a rule do it? */
export const isByRule = ({ action, why }: TimelineEvent) =>
  why?.code?.startsWith("automation_") === true && !action.startsWith("automation.")

const isShown = (happening: TimelineEvent) =>
  shown.has(happening.action) || (isByRule(happening) && shownOfRules.has(happening.action))

/** `isWhole`: the oldest message is loaded; before that, acts older than the loaded messages stay away. */
export function timelineItems(
  messages: Message[],
  happenings: TimelineEvent[],
  isWhole: boolean,
  zone: TimeZone,
): TimelineItem[] {
  const since = isWhole ? "" : (messages[0]?.createdAt ?? "")
  const acts = quietDoubles(happenings)
    .map((happening, index): TimelineItem => {
      const { timestamp: at, action } = happening
      return { type: "event", key: `${at} ${action} ${index}`, at, happening }
    })
    .filter((item) => item.type === "event" && isShown(item.happening) && item.at >= since)
  const grouped = reactionsByMessage(messages, isWhole)
  const said = grouped.said.map((message): TimelineItem => {
    const reactions = grouped.reactions.get(message.id) ?? []
    return { type: "message", key: message.id, at: message.sentAt, message, reactions, continues: false }
  })
  return withDays([...merge(said, acts)], zone)
}

/** Closing is shown once: its own fact says it better than the step of the status that came with it. */
export function quietDoubles(happenings: TimelineEvent[]): TimelineEvent[] {
  const closedAt = new Set(
    happenings
      .filter((one) => /^ticket\.(closed|resolved|reopened|assigned|created)$/.test(one.action))
      .map((one) => one.timestamp),
  )
  return happenings.filter((one) => one.action !== "ticket.status_changed" || !closedAt.has(one.timestamp))
}

/** Both lists are in order already; at the same instant the message comes first, as it caused the act. */
function merge(said: TimelineItem[], acts: TimelineItem[]): TimelineItem[] {
  return [...said, ...acts].toSorted((a, b) => {
    if (a.at !== b.at) return a.at < b.at ? -1 : 1
    return Number(a.type === "event") - Number(b.type === "event")
  })
}

function withDays(items: TimelineItem[], zone: TimeZone): TimelineItem[] {
  const result: TimelineItem[] = []
  let before: TimelineItem | undefined
  for (const item of items) {
    if (!before || !isSameDay(before.at, item.at, zone))
      result.push({ type: "day", key: `day ${item.at}`, at: item.at })
    const last = result.at(-1)
    result.push(
      item.type === "message" && last?.type === "message"
        ? { ...item, continues: follows(last.message, item.message) }
        : item,
    )
    before = item
  }
  return result
}

/** The same person within five minutes, in the same tone: the name need not be said again. */
function follows(before: Message, message: Message) {
  return (
    before.sender.id === message.sender.id &&
    before.sender.type === message.sender.type &&
    before.isInternal === message.isInternal &&
    before.kind === message.kind &&
    Date.parse(message.sentAt) - Date.parse(before.sentAt) < 300_000
  )
}
