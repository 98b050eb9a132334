// What rules and escalations do with a ticket's agent and team.
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { record } from "#event-log/index.ts"
import { userFacts } from "#people/index.ts"
import type { TicketRow } from "../ticket-row.ts"
import { refuseMerged } from "../lifecycle/transition.ts"
import { assign } from "./assign.ts"
import { refuseFullAgent } from "./capacity.ts"

/** Hands a locked ticket to a team. The agent stays if they are of that team; else somebody of it is looked for. */
export async function handToTeam(act: Act, ticket: TicketRow, teamId: string): Promise<void> {
  if (ticket.teamId === teamId) return
  const previousAgentId = ticket.assigneeId
  const agent = previousAgentId === null ? null : await userFacts(act, previousAgentId)
  const stays = agent?.teamIds.includes(teamId) === true
  await assign(act, ticket, { teamId, agentId: stays ? previousAgentId : null })
  if (stays) return
  const data = { previousAgentId, leadIds: [], teamGiven: true }
  await record(act, "ticket.freed", { ticketId: ticket.id, data })
}

/** Gives a locked ticket to an agent. Refuses: who is no active agent (400), who has no room (409 `at_capacity`). */
export async function giveToAgent(act: Act, ticket: TicketRow, agentId: string): Promise<void> {
  refuseMerged(ticket)
  if (ticket.assigneeId === agentId) return
  const agent = await userFacts(act, agentId)
  if (!agent || agent.role === "user" || agent.disabled) throw invalidField("agentId", "is not an active agent")
  await refuseFullAgent(act, { id: agentId, capacity: agent.capacity }, ticket)
  await assign(act, ticket, { agentId })
}
