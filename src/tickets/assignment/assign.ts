import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { record, recordBatch, type DecisionReason } from "#event-log/index.ts"
import { teamExists, userFacts } from "#people/index.ts"
import { transition, openInBulk, refuseMerged } from "../lifecycle/transition.ts"
import { overrideData } from "../history/field-history.ts"
import { saveFields, saveOwners } from "../ticket-store.ts"
import { type TicketRow } from "../ticket-row.ts"

export type Assignment = {
  agentId?: string | null | undefined
  teamId?: string | null | undefined
  override?: string | undefined
}

/**
 * Gives a locked ticket to an agent, a team, or nobody. A conversation that gains an agent opens, one that loses its
 * agent waits again; a group stays open. Refuses people who are not staff. Asks neither who may do it nor whether the agent
 * has room: for what follows from other acts (a reply takes the ticket). By hand it goes through `assignByHand`.
 */
export async function assign(act: Act, ticket: TicketRow, wanted: Assignment): Promise<TicketRow> {
  const agentId = wanted.agentId === undefined ? ticket.assigneeId : wanted.agentId
  const teamId = await teamFor(act, ticket, agentId, wanted.teamId)
  if (agentId === ticket.assigneeId && teamId === ticket.teamId) return ticket
  refuseMerged(ticket)
  await saveFields(act, ticket.id, { assigneeId: agentId, teamId })
  const overridden = await overrideData(act, ticket.id, wanted.override)
  const { data, ticketId } = factOf(ticket, { agentId, teamId })
  await record(act, "ticket.assigned", { ticketId, data: { ...data, ...overridden } })
  const assigned = { ...ticket, assigneeId: agentId, teamId, version: ticket.version + 1 }
  return openOrWait(act, assigned)
}

export type TicketOwner = { ticket: TicketRow; agentId: string | null; teamId: string | null; why: DecisionReason }

/** The same for many locked tickets at once, each with the reason of the choice; what it costs does not grow with them. */
export async function assignMany(act: Act, owners: TicketOwner[]): Promise<void> {
  if (owners.length === 0) return
  await saveOwners(act, owners)
  const facts = owners.map((owner) => ({ ...factOf(owner.ticket, owner), why: owner.why }))
  await recordBatch(act, "ticket.assigned", facts)
  const opened = owners.filter(({ ticket, agentId }) => agentId !== null && waitsForAgent(ticket))
  await openInBulk(
    act,
    opened.map(({ ticket }) => ticket),
  )
  for (const { ticket, agentId, teamId } of owners.filter((owner) => owner.agentId === null)) {
    await openOrWait(act, { ...ticket, assigneeId: agentId, teamId, version: ticket.version + 1 })
  }
}

const waitsForAgent = ({ kind, status }: TicketRow) => kind === "conversation" && status === "pending"

type OwnerChange = Pick<TicketOwner, "agentId" | "teamId">

const factOf = (ticket: TicketRow, { agentId, teamId }: OwnerChange) => ({
  ticketId: ticket.id,
  data: {
    agentId,
    previousAgentId: ticket.assigneeId,
    teamId,
    previousTeamId: ticket.teamId,
  },
})

async function openOrWait(act: Act, ticket: TicketRow): Promise<TicketRow> {
  if (ticket.kind !== "conversation" || !ticket.active) return ticket
  if (ticket.assigneeId !== null) return transition(act, ticket, { to: "open" })
  return ticket.isGroup ? ticket : transition(act, ticket, { to: "pending" })
}

/** The agent's own team wins over the ticket's when they do not belong to it; a team asked for is checked. */
export async function teamFor(
  act: Act,
  ticket: Pick<TicketRow, "assigneeId" | "teamId">,
  agentId: string | null,
  wantedTeam: string | null | undefined,
): Promise<string | null> {
  if (typeof wantedTeam === "string" && !(await teamExists(act, wantedTeam))) {
    throw invalidField("teamId", "is not a team")
  }
  const teamId = wantedTeam === undefined ? ticket.teamId : wantedTeam
  if (agentId === null || agentId === ticket.assigneeId) return teamId
  const agent = await userFacts(act, agentId)
  if (!agent || agent.role === "user" || agent.disabled) throw invalidField("agentId", "is not an active agent")
  return teamOf(agent.teamIds, teamId)
}

/** Where a ticket goes with an agent: it stays in a team of theirs, else to their first. Who stands in none moves nothing. */
export function teamOf(agentTeamIds: string[], teamId: string | null): string | null {
  if (teamId !== null && agentTeamIds.includes(teamId)) return teamId
  return agentTeamIds.toSorted()[0] ?? teamId
}
