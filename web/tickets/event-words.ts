import { useTexts } from "../lib/language.tsx"
import { usePeople } from "../settings/people.ts"
import type { Happening } from "./story.ts"
import type { Phase } from "./ticket.ts"

const phaseOfStatus: Record<string, Phase> = {
  pending: "waiting",
  open: "active",
  in_progress: "active",
  closing: "resolved",
  resolved: "resolved",
  closed: "closed",
}

/** One sentence for a fact of the timeline. */
export function useEventWords(): (happening: Happening) => string {
  const { t, has } = useTexts()
  const nameOf = useNames()
  return ({ action, actor, details }) => {
    const name = actor?.name ?? (actor?.type === "user" ? nameOf("user", actor.id) : undefined)
    const status = (value: unknown) => t(`status.${phaseOfStatus[String(value)] ?? "active"}`)
    switch (action) {
      case "ticket.closed":
      case "ticket.resolved":
      case "ticket.reopened": {
        const word = action.slice("ticket.".length) as "closed" | "resolved" | "reopened"
        return name && actor?.type === "user" ? t(`event.${word}By`, { name }) : t(`event.${word}`)
      }
      case "ticket.status_changed": {
        const step = { from: status(details["from"]), to: status(details["to"]) }
        return name ? t("event.statusBy", { name, ...step }) : t("event.status", step)
      }
      case "ticket.assigned":
        return assignment(t, nameOf, name, actor?.id ?? null, details)
      default: {
        const id = `event.${action}`
        return has(id) ? t(id, { name: name ?? t("message.system") }) : action
      }
    }
  }
}

type NameOf = (kind: "user" | "team", id: unknown) => string | undefined

function assignment(
  t: ReturnType<typeof useTexts>["t"],
  nameOf: NameOf,
  name: string | undefined,
  actorId: string | null,
  details: Record<string, unknown>,
): string {
  const { agentId, previousAgentId, teamId, previousTeamId } = details
  if (agentId === previousAgentId && teamId !== previousTeamId && teamId)
    return t("event.team", { to: nameOf("team", teamId) ?? "?" })
  if (!agentId) return name ? t("event.unassignedBy", { name }) : t("event.unassigned")
  const to = nameOf("user", agentId) ?? "?"
  if (agentId === actorId) return t("event.taken", { name: to })
  return name ? t("event.assignedBy", { name, to }) : t("event.assigned", { to })
}

function useNames(): NameOf {
  const { users, teams } = usePeople()
  return (kind, id) => (kind === "user" ? users : teams).find((one) => one.id === id)?.name
}
