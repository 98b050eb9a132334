import type { Act } from "#kernel/act.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { record } from "#events/index.ts"
import { namesOf, type Principal, teamExists, userFacts } from "#people/index.ts"
import { change } from "./change.ts"
import { saveFields, type TicketRow } from "./store.ts"

export type Assignment = {
  agentId?: string | null | undefined
  teamId?: string | null | undefined
  override?: string | undefined
}

/**
 * Gives a locked ticket to an agent, a team, or nobody. A conversation that gains an agent opens, one that loses its
 * agent waits again; a group stays open. Refuses: people who are not staff, and (409) taking a colleague's ticket
 * without `override` or having read it (`hasRead`: the caller sent a matching If-Match).
 */
export async function assign(act: Act, ticket: TicketRow, wanted: Assignment, hasRead = false): Promise<TicketRow> {
  const agentId = wanted.agentId === undefined ? ticket.assigneeId : wanted.agentId
  const teamId = await teamFor(act, ticket, agentId, wanted.teamId)
  if (agentId === ticket.assigneeId && teamId === ticket.teamId) return ticket
  await refuseTakingSilently(act, ticket, agentId, wanted.override, hasRead)
  await saveFields(act, ticket.id, { assigneeId: agentId, teamId })
  await record(act, "ticket.assigned", {
    ticketId: ticket.id,
    data: {
      agentId,
      previousAgentId: ticket.assigneeId,
      teamId,
      previousTeamId: ticket.teamId,
      ...(wanted.override && { override: true }),
    },
  })
  const assigned = { ...ticket, assigneeId: agentId, teamId, version: ticket.version + 1 }
  return openOrWait(act, assigned)
}

async function openOrWait(act: Act, ticket: TicketRow): Promise<TicketRow> {
  if (ticket.kind !== "conversation" || !ticket.active) return ticket
  if (ticket.assigneeId !== null) return change(act, ticket, { to: "open" })
  return ticket.isGroup ? ticket : change(act, ticket, { to: "pending" })
}

/** The agent's own team wins over the ticket's when they do not belong to it; a team asked for is checked. */
async function teamFor(act: Act, ticket: TicketRow, agentId: string | null, wantedTeam: string | null | undefined) {
  if (wantedTeam !== undefined && wantedTeam !== null && !(await teamExists(act, wantedTeam))) {
    throw invalidField("teamId", "is not a team")
  }
  const teamId = wantedTeam === undefined ? ticket.teamId : wantedTeam
  if (agentId === null || agentId === ticket.assigneeId) return teamId
  const agent = await userFacts(act, agentId)
  if (!agent || agent.role === "user" || agent.disabled) throw invalidField("agentId", "is not an active agent")
  if (teamId !== null && (agent.teamIds.includes(teamId) || agent.teamIds.length === 0)) return teamId
  return agent.teamIds.toSorted()[0] ?? teamId
}

async function refuseTakingSilently(
  act: Act,
  ticket: TicketRow,
  agentId: string | null,
  override: string | undefined,
  hasRead: boolean,
) {
  const claiming = agentId !== null && agentId === act.actor.id
  if (!claiming || ticket.assigneeId === null || ticket.assigneeId === agentId || hasRead || override) return
  const name = (await namesOf(act.tx, [ticket.assigneeId])).get(ticket.assigneeId) ?? "somebody"
  throw new Refusal("conflict", "already_assigned", `The ticket is with ${name}`, {
    more: { assignee: { id: ticket.assigneeId, name } },
  })
}

/** What the caller may do with teams and agents at all; the scope of an agent is their own teams. */
export function refuseForeignTeam(who: Principal, wanted: Assignment) {
  if (who.role === "admin" || wanted.teamId === undefined || wanted.teamId === null) return
  const theirs = [...who.teamIds, ...who.ledTeamIds]
  if (theirs.includes(wanted.teamId)) return
  if (who.role === "lead" && wanted.override) return
  throw new Refusal("forbidden", "forbidden", "Only a lead (with override) or an admin moves a ticket to another team")
}
