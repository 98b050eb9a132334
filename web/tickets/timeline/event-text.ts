import { useQuery } from "@tanstack/react-query"
import type { TextId } from "#texts/languages-and-text-ids.ts"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { useStaffAndTeams } from "../../people/user-and-team-queries.ts"
import { categoriesQuery } from "../fields/category-queries.ts"
import { customFieldsQuery } from "../fields/custom-field-queries.ts"
import { creationText } from "./creation-text.ts"
import type { TimelineEvent } from "./timeline-queries.ts"
import type { SlaTarget } from "../sla/nearest-deadline.ts"
import type { Kind, Phase } from "../ticket.ts"

const phaseOfStatus: Record<string, Phase> = {
  pending: "waiting",
  open: "active",
  in_progress: "active",
  closing: "resolved",
  resolved: "resolved",
  closed: "closed",
}

/** A pending conversation waits for an agent, a pending support ticket for the customer. */
const phaseOf = (kind: Kind, status: string): Phase =>
  kind === "conversation" && status === "pending" ? "new" : (phaseOfStatus[status] ?? "active")

/** One sentence for a fact of the timeline. */
export function useEventText(kind: Kind): (happening: TimelineEvent) => string {
  const { t, has } = useTexts()
  const { teams } = useStaffAndTeams()
  const changes = useChangeWords()
  const when = useTimeFormat()
  const teamName = (id: unknown) => teams.find((team) => team.id === id)?.name ?? "?"
  const plainly = (happening: TimelineEvent) => {
    const { action, actor, details } = happening
    const name = actor.name ?? undefined
    const status = (value: unknown) => t(`status.${phaseOf(kind, String(value))}`)
    switch (action) {
      case "ticket.created":
        return t(...creationText(details))
      case "ticket.closed":
      case "ticket.resolved":
      case "ticket.reopened": {
        const word = action.slice("ticket.".length) as "closed" | "resolved" | "reopened"
        return name && actor.type === "user" ? t(`event.${word}By`, { name }) : t(`event.${word}`)
      }
      case "ticket.status_changed": {
        const step = { from: status(details["from"]), to: status(details["to"]) }
        return name ? t("event.statusBy", { name, ...step }) : t("event.status", step)
      }
      case "ticket.assigned":
        return assignment(t, teamName, name, happening)
      case "ticket.closing_announced":
        return t("event.ticket.closing_announced", { when: when.full(String(details["closesAt"])) })
      case "survey.answered":
        return t("event.survey.answered", { score: Number(details["score"]) })
      case "ticket.updated":
        return changes(happening) || t("event.ticket.updated", { name: name ?? t("message.system") })
      case "ticket.sla_warned":
      case "ticket.sla_breached":
      case "ticket.escalated":
        return t(`event.${action}`, { metric: t(`sla.metric.${details["metric"] as SlaTarget["metric"]}`) })
      default: {
        const id = `event.${action}`
        return has(id) ? t(id, { name: name ?? t("message.system") }) : action
      }
    }
  }
  return (happening) => {
    const text = plainly(happening)
    const reason = happening.details["override"]
    return typeof reason === "string" ? t("event.because", { text, reason }) : text
  }
}

/** What each changed field was and became; nothing when the log does not say. */
function useChangeWords(): (happening: TimelineEvent) => string {
  const { t, has } = useTexts()
  const { data } = useQuery(customFieldsQuery)
  const categories = useQuery(categoriesQuery).data?.items ?? []
  const labelOf = (field: string) => {
    const id = `field.ticket.${field}`
    if (has(id)) return t(id)
    const key = field.replace(/^customFields\./, "")
    return data?.items.find((one) => one.key === key)?.label ?? key
  }
  const say = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === "") return t("details.none")
    if (Array.isArray(value)) return value.map((one) => say(field, one)).join(", ") || t("details.none")
    if (typeof value === "boolean") return t(value ? "details.yes" : "details.no")
    if (typeof value !== "string" && typeof value !== "number") return JSON.stringify(value)
    const text = `${value}`
    if (field === "priority" && has(`priority.${text}`)) return t(`priority.${text}` as TextId)
    return categories.find((one) => one.id === text)?.name ?? text
  }
  return ({ actor, details }) => {
    const fields = Array.isArray(details["fields"]) ? (details["fields"] as FieldStep[]) : []
    const steps = fields.map((one) => {
      const values = { field: labelOf(one.field), from: say(one.field, one.old), to: say(one.field, one.new) }
      return t("event.step", values)
    })
    return steps.length > 0 ? `${actor.name ?? t("message.system")}: ${steps.join(" · ")}` : ""
  }
}

interface FieldStep {
  field: string
  old: unknown
  new: unknown
}

function assignment(
  t: ReturnType<typeof useTexts>["t"],
  teamName: (id: unknown) => string,
  name: string | undefined,
  { actor, details }: TimelineEvent,
): string {
  const { agentId, agentName, previousAgentId, teamId, previousTeamId } = details
  const isTeamOnly = (agentId ?? null) === (previousAgentId ?? null) && teamId !== previousTeamId && Boolean(teamId)
  if (isTeamOnly) return t("event.team", { to: teamName(teamId) })
  if (!agentId) return name ? t("event.unassignedBy", { name }) : t("event.unassigned")
  const to = typeof agentName === "string" ? agentName : "?"
  if (agentId === actor.id) return t("event.taken", { name: to })
  return name ? t("event.assignedBy", { name, to }) : t("event.assigned", { to })
}
