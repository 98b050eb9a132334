import type { Act } from "#kernel/act.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { can, namesOf, type Principal, userFacts } from "#people/index.ts"
import { assign, type Assignment, teamFor } from "./assign.ts"
import { refuseFullAgent } from "./capacity.ts"
import { refuseMerged } from "../lifecycle/transition.ts"
import type { Status, TicketKind } from "../lifecycle/lifecycle-table.ts"
import type { TicketRow } from "../ticket-row.ts"

/**
 * Somebody gives, takes, leaves or moves a locked ticket. Closed and resolved ones too: who looks after it should it come
 * back; they are no load. Giving it to who has it is never refused.
 * Refuses: 400 people who are no staff or not of the team asked for; 403 teams that are not theirs (leads: without a reason);
 * 409 `merged`, `already_assigned` (taking a colleague's without `override` or having read it) and `at_capacity` (leads and
 * admins may override).
 */
export async function assignByHand(
  act: Act,
  who: Principal,
  ticket: TicketRow,
  wanted: Assignment,
  hasRead = false,
): Promise<TicketRow> {
  refuseMerged(ticket)
  await refuseTakingSilently(act, ticket, wanted, hasRead)
  const { agentId = ticket.assigneeId } = wanted
  const teamId = await teamFor(act, ticket, agentId, wanted.teamId)
  const isGiven = agentId !== null && agentId !== ticket.assigneeId
  // A user in no team takes for themselves what they may see: that moves nothing.
  const isOwnClaim = agentId === who.id && teamId === ticket.teamId
  if ((isGiven || teamId !== ticket.teamId) && !isOwnClaim) refuseForeignTeam(who, teamId, wanted.override)
  if (isGiven) await refuseUnfit(act, who, ticket, { ...wanted, agentId })
  return assign(act, ticket, wanted)
}

type Fresh = { kind: TicketKind; status: Status }

/** May this agent get the ticket, new or not, by this person's hand? Holds the agent until the transaction ends. */
export async function refuseUnfit(
  act: Act,
  who: Principal,
  ticket: Fresh,
  { agentId, teamId, override }: Assignment & { agentId: string },
): Promise<void> {
  const agent = await userFacts(act, agentId)
  if (!agent || agent.role === "user" || agent.disabled) throw invalidField("agentId", "is not an active agent")
  if (typeof teamId === "string" && agent.teamIds.length > 0 && !agent.teamIds.includes(teamId)) {
    throw invalidField("agentId", "is not in that team")
  }
  if (override && can.overrideAssignment(who)) return
  await refuseFullAgent(act, { id: agentId, capacity: agent.capacity }, ticket)
}

/** A ticket that is about to be made is given to an agent, by the same rules. Returns the team in which it is made. */
export async function assignNewTicket(
  act: Act,
  who: Principal,
  ticket: Fresh & { teamId: string | null },
  agentId: string,
): Promise<string | null> {
  const teamId = await teamFor(act, { ...ticket, assigneeId: null }, agentId, undefined)
  if (agentId !== who.id || teamId !== ticket.teamId) refuseForeignTeam(who, teamId, undefined)
  await refuseUnfit(act, who, ticket, { agentId })
  return teamId
}

/** The rules of giving call it `agentId`; routes that create a ticket or receive a message, `assigneeId`. */
export function namingAssignee(error: unknown): never {
  const [wrong] = error instanceof Refusal ? (error.extra.errors ?? []) : []
  throw wrong?.path === "agentId" ? invalidField("assigneeId", wrong.message) : error
}

/** Agents move and give tickets within their own teams, leads anywhere with a reason, admins always. */
export function refuseForeignTeam(who: Principal, teamId: string | null, override: string | undefined) {
  if (can.giveIntoTeam(who, teamId, override !== undefined)) return
  throw new Refusal("forbidden", "forbidden", "Only a lead (with override) or an admin gives a ticket to another team")
}

async function refuseTakingSilently(act: Act, ticket: TicketRow, wanted: Assignment, hasRead: boolean) {
  const claiming = typeof wanted.agentId === "string" && wanted.agentId === act.actor.id
  if (!claiming || ticket.assigneeId === null || ticket.assigneeId === wanted.agentId) return
  if (hasRead || wanted.override) return
  const name = (await namesOf(act.tx, [ticket.assigneeId])).get(ticket.assigneeId) ?? "somebody"
  throw new Refusal("conflict", "already_assigned", `The ticket is with ${name}`, {
    more: { assignee: { id: ticket.assigneeId, name } },
  })
}
