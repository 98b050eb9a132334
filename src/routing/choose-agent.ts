// Who takes a ticket, and why. It knows only its arguments: the ticket, the rules, the teams, and who is there with how much.
import type { DecisionReason } from "#event-log/index.ts"
import { type Condition, type ConditionFacts, failingConditions } from "#conditions/index.ts"

export type Rule = {
  id: string
  version: number
  enabled: boolean
  conditions: Condition[]
  action: {
    type: "assign_agent" | "assign_team" | "round_robin"
    agentId?: string | undefined
    teamId?: string | undefined
  }
}

/** Staff who are switched on. */
export type Agent = {
  id: string
  presence: "online" | "busy" | "away" | "offline" | "outside_hours"
  load: number
  capacity: number
  teamIds: string[]
}

export type Team = {
  id: string
  isDefault: boolean
  autoAssign: string[]
  /** Whose turn it was last. */
  turn: string | null
  /** Tickets of the team wait already: who comes later waits behind them. */
  hasBacklog: boolean
}

/** Rules in the order in which they are asked; agents in the order of their ids. */
export type RoutingSnapshot = { rules: Rule[]; teams: Map<string, Team>; agents: Map<string, Agent> }

export type TicketToRoute = {
  facts: ConditionFacts
  kind: string
  weight: number
  teamId: string | null
  assigneeId: string | null
  isGroup: boolean
  /** Somebody chose the team when they made the ticket: no rule takes it elsewhere. */
  teamGiven: boolean
}

/** `waits`: for somebody of the team to have room. */
export type RoutingChoice = { agentId: string | null; teamId: string | null; waits: boolean; why: DecisionReason }

type RejectedAgents = DecisionReason["rejected"]
type NoAgent = { refused: string; others?: RejectedAgents }

export const isAutomatic = (team: Team | undefined, kind: string) => team?.autoAssign.includes(kind) ?? false
const isPresent = (agent: Agent) => agent.presence === "online" || agent.presence === "busy"
const hasRoom = (agent: Agent, weight: number) => agent.load + weight <= agent.capacity

/** Who should have a ticket that was created without an agent, or came back. Changes nothing. */
export function choose(ticket: TicketToRoute, snapshot: RoutingSnapshot): RoutingChoice {
  const rejected: RejectedAgents = []
  if (ticket.assigneeId !== null) {
    const agent = snapshot.agents.get(ticket.assigneeId)
    if (ticket.isGroup) return kept(ticket, "kept_group")
    if (agent && isPresent(agent)) return kept(ticket, "kept_agent")
    rejected.push({ candidate: ticket.assigneeId, because: agent?.presence ?? "agent_gone" })
  }
  for (const rule of snapshot.rules) {
    if (!rule.enabled) continue
    const failed = failingConditions(rule.conditions, ticket.facts)
    const result = failed ? { refused: "conditions" } : applied(rule, ticket, snapshot)
    if (!("refused" in result)) return withRejected(result, rejected, { rule: rule.id, ruleVersion: rule.version })
    rejected.push({ candidate: rule.id, because: result.refused }, ...(result.others ?? []))
  }
  const team = homeOf(ticket, snapshot)
  if (!team) return withRejected({ agentId: null, teamId: null, waits: false, why: why("nobody", "no_team") }, rejected)
  const result = isAutomatic(team, ticket.kind) ? inTurn(team, ticket, snapshot) : onlyTeam(team, "team_picks")
  if (!("refused" in result)) return withRejected(result, rejected)
  // There is nowhere else to go: it waits for somebody to join.
  return withRejected({ ...onlyTeam(team, "nobody_joined"), waits: true }, rejected)
}

/** Somebody of the team for the ticket that waited longest; null while nobody has room. */
export function chooseForQueue(ticket: TicketToRoute, teamId: string, snapshot: RoutingSnapshot): RoutingChoice | null {
  const team = snapshot.teams.get(teamId)
  const result = team && inTurn({ ...team, hasBacklog: false }, ticket, snapshot)
  if (!result || "refused" in result || result.waits) return null
  return { ...result, why: { ...result.why, code: "drained" } }
}

/** Notes a choice in the world, so that the next one is made with it. */
export function applyChoice(
  snapshot: RoutingSnapshot,
  ticket: TicketToRoute,
  { agentId, teamId, why: { code } }: RoutingChoice,
): void {
  const agent = snapshot.agents.get(agentId ?? "")
  if (agent && agentId !== ticket.assigneeId) agent.load += ticket.weight
  const team = snapshot.teams.get(teamId ?? "")
  if (agent && team && inTurnCodes.has(code)) team.turn = agent.id
}
const inTurnCodes = new Set(["next_in_turn", "drained"])

function applied(rule: Rule, ticket: TicketToRoute, snapshot: RoutingSnapshot): RoutingChoice | NoAgent {
  const { type, agentId, teamId } = rule.action
  if (type === "assign_agent") return toAgent(snapshot.agents.get(agentId ?? ""), teamId, ticket, snapshot)
  const team = teamId === undefined ? homeOf(ticket, snapshot) : snapshot.teams.get(teamId)
  if (!team) return { refused: "team_gone" }
  const refused = refusedFor(team, ticket, snapshot)
  if (refused) return { refused }
  if (membersOf(team, snapshot).length === 0) return { refused: "team_empty" }
  if (type === "assign_team" || !isAutomatic(team, ticket.kind)) return onlyTeam(team, "rule_team")
  return inTurn(team, ticket, snapshot)
}

function toAgent(
  agent: Agent | undefined,
  wanted: string | undefined,
  ticket: TicketToRoute,
  snapshot: RoutingSnapshot,
): RoutingChoice | NoAgent {
  if (!agent) return { refused: "agent_gone" }
  if (!isPresent(agent)) return { refused: agent.presence }
  if (!hasRoom(agent, ticket.weight)) return { refused: "full" }
  const home = wanted ?? ticket.teamId
  const teamId = home !== null && agent.teamIds.includes(home) ? home : (agent.teamIds[0] ?? ticket.teamId)
  const refused = refusedFor(snapshot.teams.get(teamId ?? ""), ticket, snapshot)
  if (refused) return { refused }
  return {
    agentId: agent.id,
    teamId,
    waits: false,
    why: why("assigned", "rule_agent", { agent: agent.id, team: teamId }),
  }
}

// A rule acts where the team that has the ticket or the one that gets it lets such tickets be given out.
function refusedFor(team: Team | undefined, ticket: TicketToRoute, snapshot: RoutingSnapshot): string | null {
  if (ticket.teamGiven && team?.id !== ticket.teamId) return "team_given"
  const lets = isAutomatic(team, ticket.kind) || isAutomatic(snapshot.teams.get(ticket.teamId ?? ""), ticket.kind)
  return lets ? null : "not_automatic"
}

function homeOf(ticket: TicketToRoute, { teams }: RoutingSnapshot): Team | undefined {
  return teams.get(ticket.teamId ?? "") ?? [...teams.values()].find((team) => team.isDefault)
}

/** The next of the team by id after the agent who had the last turn, online before busy; who is away loses no turn of others. */
function inTurn(team: Team, ticket: TicketToRoute, snapshot: RoutingSnapshot): RoutingChoice | NoAgent {
  const members = membersOf(team, snapshot)
  if (members.length === 0) return { refused: "team_empty" }
  const free = members.filter((agent) => isPresent(agent) && hasRoom(agent, ticket.weight))
  const online = free.filter((agent) => agent.presence === "online")
  const pool = online.length > 0 ? online : free
  const next = pool.find((agent) => agent.id > (team.turn ?? "")) ?? pool[0]
  if (!next || team.hasBacklog) return waiting(team, members, ticket)
  const others = members
    .filter((agent) => agent !== next)
    .map((agent) => ({ candidate: agent.id, because: whyNot(agent, ticket, pool) }))
  const inputs = { agent: next.id, team: team.id, load: next.load, capacity: next.capacity, lastTurn: team.turn }
  return {
    agentId: next.id,
    teamId: team.id,
    waits: false,
    why: { ...why("assigned", "next_in_turn", inputs), rejected: others },
  }
}

function waiting(team: Team, members: Agent[], ticket: TicketToRoute): RoutingChoice {
  const present = members.filter(isPresent)
  const full = present.every((agent) => !hasRoom(agent, ticket.weight))
  const nobody = members.some(({ presence }) => presence === "outside_hours") ? "nobody_in_hours" : "nobody_there"
  const code = present.length === 0 ? nobody : full ? "everybody_full" : "older_first"
  const rejected = members.map((agent) => ({ candidate: agent.id, because: whyNot(agent, ticket, []) }))
  const inputs = { team: team.id, present: present.length, members: members.length }
  return { agentId: null, teamId: team.id, waits: true, why: { ...why("waits", code, inputs), rejected } }
}

function whyNot(agent: Agent, ticket: TicketToRoute, pool: Agent[]): string {
  if (!isPresent(agent)) return agent.presence
  if (!hasRoom(agent, ticket.weight)) return "full"
  return pool.includes(agent) ? "later_turn" : agent.presence === "busy" ? "busy" : "older_first"
}

const membersOf = (team: Team, { agents }: RoutingSnapshot) =>
  [...agents.values()].filter((agent) => agent.teamIds.includes(team.id))

const onlyTeam = (team: Team, code: string): RoutingChoice => ({
  agentId: null,
  teamId: team.id,
  waits: false,
  why: why("team", code, { team: team.id }),
})

const kept = ({ assigneeId, teamId }: TicketToRoute, code: string): RoutingChoice => ({
  agentId: assigneeId,
  teamId,
  waits: false,
  why: why("kept", code, { agent: assigneeId }),
})

function why(answer: string, code: string, inputs: DecisionReason["inputs"] = {}): DecisionReason {
  return { question: "who_takes_it", answer, code, inputs, rejected: [] }
}

const rejectedAtMost = 50

function withRejected(
  choice: RoutingChoice,
  before: RejectedAgents,
  inputs: DecisionReason["inputs"] = {},
): RoutingChoice {
  const { why: given } = choice
  const rejected = [...before, ...given.rejected].slice(0, rejectedAtMost)
  return { ...choice, why: { ...given, inputs: { ...given.inputs, ...inputs }, rejected } }
}
