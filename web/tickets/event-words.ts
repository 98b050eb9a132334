import { useTexts } from "../lib/language.tsx"
import { usePeople } from "../settings/people.ts"
import type { Happening } from "./story.ts"
import type { Kind, Phase } from "./ticket.ts"

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
export function useEventWords(kind: Kind): (happening: Happening) => string {
  const { t, has } = useTexts()
  const { teams } = usePeople()
  const teamName = (id: unknown) => teams.find((team) => team.id === id)?.name ?? "?"
  return (happening) => {
    const { action, actor, details } = happening
    const name = actor?.name ?? undefined
    const status = (value: unknown) => t(`status.${phaseOf(kind, String(value))}`)
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
        return assignment(t, teamName, name, happening)
      default: {
        const id = `event.${action}`
        return has(id) ? t(id, { name: name ?? t("message.system") }) : action
      }
    }
  }
}

function assignment(
  t: ReturnType<typeof useTexts>["t"],
  teamName: (id: unknown) => string,
  name: string | undefined,
  { actor, details }: Happening,
): string {
  const { agentId, agentName, previousAgentId, teamId, previousTeamId } = details
  const isTeamOnly = (agentId ?? null) === (previousAgentId ?? null) && teamId !== previousTeamId && Boolean(teamId)
  if (isTeamOnly) return t("event.team", { to: teamName(teamId) })
  if (!agentId) return name ? t("event.unassignedBy", { name }) : t("event.unassigned")
  const to = typeof agentName === "string" ? agentName : "?"
  if (agentId === actor?.id) return t("event.taken", { name: to })
  return name ? t("event.assignedBy", { name, to }) : t("event.assigned", { to })
}
