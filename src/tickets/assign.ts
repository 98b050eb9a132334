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

/** By whose hand, when a person assigns. `hasRead`: they sent a matching If-Match, so they know who has the ticket. */
export type Hand = { who: Principal; hasRead: boolean }

/**
 * Gives a locked ticket to an agent, a team, or nobody. A conversation that gains an agent opens, one that loses its
 * agent waits again; a group stays open. Refuses: people who are not staff; (403) a move to a team that is not theirs;
 * and (409) taking a colleague's ticket without `override` or having read it.
 */
export async function assign(
  act: Act,
  ticket: TicketRow,
  wanted: Assignment,
  hand: Hand | null = null,
): Promise<TicketRow> {
  const agentId = wanted.agentId === undefined ? ticket.assigneeId : wanted.agentId
  const teamId = await teamFor(act, ticket, agentId, wanted.teamId)
  if (agentId === ticket.assigneeId && teamId === ticket.teamId) return ticket
  if (hand && teamId !== ticket.teamId) refuseForeignTeam(hand.who, teamId, wanted.override)
  await refuseTakingSilently(act, ticket, agentId, wanted.override, hand?.hasRead === true)
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

/** Wherever the ticket goes, with its agent or by itself: agents move it among their own teams only. */
function refuseForeignTeam(who: Principal, teamId: string | null, override: string | undefined) {
  if (who.role === "admin" || teamId === null || who.teamIds.includes(teamId)) return
  if (who.role === "lead" && override) return
  throw new Refusal("forbidden", "forbidden", "Only a lead (with override) or an admin moves a ticket to another team")
}
